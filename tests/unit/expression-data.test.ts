import { describe, expect, test } from "vitest";
import {
  compileExpression,
  ExpressionError,
} from "../../shared/connectors/expressions/expression.ts";
import { patientBudget } from "../support/patient-budget.ts";

const payload = JSON.parse(`{
  "user": {}, "answers": [{ "field": { "ref": "email" } }, { "field": { "ref": "seats" } }],
  "tags": ["a", "b"], "sizes": [3, 1, 2, 3], "html": "<b>Hello</b> there",
  "__proto__": { "kept": true }, "constructor": "builder", "toString": "text", "then": "later"
}`);

function evaluate(expression: string, input: unknown = payload, budget = patientBudget()) {
  return compileExpression(expression).evaluate(input, budget);
}

describe("reads and gives as plain data", () => {
  test.each<[string, unknown]>([
    ["constructor", "builder"],
    ["$$.toString", "text"],
    ["`__proto__`.kept", true],
    ['$lookup($, "__proto__")', { kept: true }],
    ["$.valueOf", undefined],
    ['$lookup($, "hasOwnProperty")', undefined],
    ["user.constructor", undefined],
    ["tags.length", undefined],
    ["html.length", undefined],
    ["$string.implementation", undefined],
    ["[function($x){ $x }].environment", undefined],
    ["$spread([$string]).implementation", undefined],
    ["$string([function($x){ $x }])", '[""]'],
    ["($__proto__ := 1; $constructor := 2; $__proto__ + $constructor)", 3],
    ["$merge([{'__proto__': {'polluted': 1}}, {'a': 1}]).polluted", undefined],
  ])("%s", async (expression, value) => {
    expect(await evaluate(expression)).toEqual(value);
  });

  test("a field named __proto__", async () => {
    const given = await evaluate("$", JSON.parse('{"__proto__": {"a": 1}, "constructor": 2}'));
    expect(JSON.stringify(given)).toBe('{"__proto__":{"a":1},"constructor":2}');
    expect(Object.getPrototypeOf(given)).toBe(Object.prototype);
    const built = await evaluate("{'__proto__': {'a': 1}}");
    expect(JSON.stringify(built)).toBe('{"__proto__":{"a":1}}');
  });

  test("lists and objects without anything of jsonata's", async () => {
    const lists = await evaluate("[tags.$uppercase($), $map(sizes, $string)[]]") as unknown[];
    expect(Object.getOwnPropertyNames(lists)).toEqual(["0", "1", "2", "3", "4", "5", "length"]);
    const sequence = await evaluate("answers.field.ref") as unknown[];
    expect(Object.getOwnPropertyNames(sequence)).toEqual(["0", "1", "length"]);
    expect(Object.getPrototypeOf(await evaluate("$merge(answers)"))).toBe(Object.prototype);
  });

  test("and leaves the payload as it was", async () => {
    const input = { list: [], one: [1], o: { a: 1 } };
    const budget = patientBudget();
    await evaluate("[list{'a': 1}, one[], $merge([o, {'b': 2}])]", input, budget);
    expect(await evaluate("$count(list)", input, budget)).toBe(0);
    expect(input).toEqual({ list: [], one: [1], o: { a: 1 } });
    expect(Object.getOwnPropertyNames(input.one)).toEqual(["0", "length"]);
  });
});

describe("says why it fails:", () => {
  test.each([
    ['"abc" + 1', 'The left side of the "+" operator must evaluate to a number (column 7).'],
    ['$number("abc")', 'Unable to cast value to a number: "abc" (column 8).'],
    ['$error("no lead")', "no lead (column 7)."],
    [
      "$uppercase(1)",
      'Argument 1 of function "uppercase" does not match function signature (column 11).',
    ],
    ["$uppercase", "The expression gives a function; it must give data."],
    ["{'a': [$trim]}", "The expression gives a function; it must give data."],
    ["1/0", "The expression gives a number that is not finite."],
    ["$eval('1 + 1')", /^\$eval reads JSON: Must be valid JSON/],
    ["$base64encode('€')", "The text cannot be converted: base64 holds characters up to ÿ."],
    ["$sort(answers)", /^\$sort needs a function to compare by/],
  ])("%s", async (expression, message) => {
    const failed = evaluate(expression);
    await expect(failed).rejects.toThrow(ExpressionError);
    await expect(failed).rejects.toThrow(message);
  });

  test("in at most 300 characters", async () => {
    const error = await evaluate("$error($pad('', 9999, '😀'))").catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ExpressionError);
    const { message } = error as ExpressionError;
    expect(message.length).toBeLessThanOrEqual(320);
    expect(message.isWellFormed()).toBe(true);
  });
});

test("the same expression evaluates several payloads at once", async () => {
  const expression = compileExpression(
    "($own := name; $map([1..300], function($n){ $own & $n })[-1] & $match(name, /\\d/).match)",
  );
  const names = Array.from({ length: 10 }, (_, index) => `n${index}-`);
  const given = await Promise.all(
    names.map((name) => expression.evaluate({ name }, patientBudget())),
  );
  expect(given).toEqual(names.map((name, index) => `${name}300${index}`));
});

test("an expression is compiled once", () => {
  expect(compileExpression("a.b.c")).toBe(compileExpression("a.b.c"));
});
