import { describe, expect, test } from "vitest";
import { compileExpression } from "../../shared/connectors/expressions/expression.ts";
import { patientBudget } from "../support/patient-budget.ts";

const payload = JSON.parse(`{
  "user": { "profile": { "email": "ada@example.com", "name": "Ada King Lovelace" } },
  "answers": [
    { "field": { "ref": "email" }, "email": "ada@example.com" },
    { "field": { "ref": "seats" }, "number": 3 }
  ],
  "1.3": "Ada", "tags": ["a", "b"], "one": [5], "empty": [], "none": null, "sizes": [3, 1, 2, 3],
  "rawRequest": "{\\"q3_name\\": {\\"first\\": \\"Ada\\"}, \\"id\\": 12345678901234567890}",
  "html": "<b>Hello</b> there", "date": "2024-05-06", "millis": 1700000000000,
  "__proto__": { "kept": true }, "constructor": "builder", "toString": "text", "then": "later"
}`);

function evaluate(expression: string) {
  return compileExpression(expression).evaluate(payload, patientBudget());
}

describe("gives", () => {
  test.each<[string, unknown]>([
    ["user.profile.email", "ada@example.com"],
    ['answers[field.ref="email"].email', "ada@example.com"],
    ["answers.number", 3],
    ["answers[1].field.ref", "seats"],
    ["`1.3`", "Ada"],
    ["nothing.here", undefined],
    ["none", null],
    ["empty", []],
    ["one", [5]],
    ["answers.number[]", [3]],
    ["[1..4]", [1, 2, 3, 4]],
    ['$join(tags, ", ")', "a, b"],
    ['$split(user.profile.name, " ")[0]', "Ada"],
    ['$substringBefore(user.profile.name, " ")', "Ada"],
    ["$split(user.profile.name, /\\s+/)[-1]", "Lovelace"],
    ["$match(user.profile.name, /(\\w+)\\s+(\\w+)/).groups", ["Ada", "King"]],
    ["$match('aXbx', /x/i).index", [1, 3]],
    ["$match('a\\nb', /^b$/m).match", "b"],
    ["$match('😀b', /b/)", { match: "b", index: 2, groups: [] }],
    ["$match('ab', /(x)?b/).groups", [null]],
    ['$replace(html, /<[^>]+>/, "")', "Hello there"],
    ['$replace(user.profile.name, /(\\w+) (\\w+)/, "$2 $1")', "King Ada Lovelace"],
    ["$replace('a b', /\\w/, function($m){ $uppercase($m.match) })", "A B"],
    ["$replace('ab', /x*/, '-')", "-a-b-"],
    ['$replace("1.000,50", ".", "")', "1000,50"],
    ["$contains(html, /hello/i)", true],
    ["$match('ax', nothing ?: /x/).match", "x"],
    ["$eval(rawRequest).q3_name.first", "Ada"],
    ["$eval(rawRequest).id", "12345678901234567890"],
    ["$eval(nothing)", undefined],
    ["$fromMillis(millis)", "2023-11-14T22:13:20.000Z"],
    ['$fromMillis(millis, "[D01]/[M01]/[Y0001] [h#1]:[m01][P]")', "14/11/2023 10:13pm"],
    ['$fromMillis(millis, "[H01]:[m01] [Z]", "+0200")', "00:13 +02:00"],
    ["$toMillis(date)", 1714953600000],
    ['$toMillis("06/05/2024 13:14", "[D01]/[M01]/[Y0001] [H01]:[m01]")', 1715001240000],
    ['$toMillis("20240506", "[Y0001][M01][D01]")', 1714953600000],
    ['$toMillis("May 6, 2024", "[MNn] [D], [Y]")', 1714953600000],
    ['$toMillis("6 May 2024 01:02pm", "[D] [MNn] [Y] [h]:[m][P]")', 1715000520000],
    ["$now() = $fromMillis($millis())", true],
    ['$number("12.5") + 1', 13.5],
    ["$string(answers[1])", '{"field":{"ref":"seats"},"number":3}'],
    ["$string([1, {'a': 2}], true)", '[\n  1,\n  {\n    "a": 2\n  }\n]'],
    ["user.profile.name & ' ' & tags", 'Ada King Lovelace ["a","b"]'],
    ['$formatNumber(1234.5, "#,##0.00")', "1,234.50"],
    [
      '$formatNumber(1234.5, "#.##0,00", {"decimal-separator": ",", "grouping-separator": "."})',
      "1.234,50",
    ],
    ['$formatInteger(12, "w") & $parseInteger("twelve", "w")', "twelve12"],
    ['$formatInteger(2024, "I")', "MMXXIV"],
    ["$map(sizes, function($v, $i){ $v * $i })", [0, 1, 4, 9]],
    ["$map(tags, $uppercase)", ["A", "B"]],
    ["$filter(sizes, function($v){ $v > 1 })", [3, 2, 3]],
    ["$reduce(sizes, function($a, $b){ $a + $b }, 1)", 10],
    ["$each(user.profile, function($v, $k){ $k & '=' & $v })[0]", "email=ada@example.com"],
    ["$sift(user.profile, function($v){ $contains($v, '@') })", { email: "ada@example.com" }],
    ["$single(sizes, function($v){ $v = 1 })", 1],
    ["$keys(user.profile)", ["email", "name"]],
    ['$merge([{"a": 1}, {"b": 2}])', { a: 1, b: 2 }],
    ['$spread([{"a": 1, "b": 2}, {"c": 3}])', [{ a: 1 }, { b: 2 }, { c: 3 }]],
    ["$sort(sizes)", [1, 2, 3, 3]],
    ["$sort(tags, function($l, $r){ $l < $r })", ["b", "a"]],
    ["$sort(answers, function($l, $r){ $l.field.ref < $r.field.ref }).field.ref", [
      "seats",
      "email",
    ]],
    ["answers^(>field.ref).field.ref", ["seats", "email"]],
    ["$distinct(sizes)", [3, 1, 2]],
    ['$distinct([{"a": 1, "b": 2}, {"b": 2, "a": 1}, [{"a": 1}], {"a": 1}, "1", 1])', [
      { a: 1, b: 2 },
      [{ a: 1 }],
      { a: 1 },
      "1",
      1,
    ]],
    ["$count($distinct([[function(){ 1 }], [$trim]]))", 1],
    ["$zip(sizes, tags)", [[3, "a"], [1, "b"]]],
    ["$append(tags, 'c')[-1] & $reverse(tags)[0]", "cb"],
    ["$sum(sizes) & $max(sizes) & $count(sizes) & $average([1, 2])", "9341.5"],
    ['$pad("7", -3, "0")', "007"],
    ['$trim("  a   b ") & $length("abc") & $type(sizes) & $exists(nothing)', "a b3arrayfalse"],
    ['$base64decode($base64encode("hé"))', "hé"],
    ['sizes[0] > 2 ? "big" : "small"', "big"],
    ["answers.name ?? answers.title ?? 'none'", "none"],
    ["'a' in tags and $not('c' in tags)", true],
    ["($first := function($n){ $split($n, ' ')[0] }; $first(user.profile.name))", "Ada"],
    ["html ~> $replace(/<[^>]+>/, '') ~> $uppercase()", "HELLO THERE"],
    ["($clean := $trim ~> $uppercase; $clean('  x '))", "X"],
    ["($f := function($n){ $n <= 1 ? 1 : $n * $f($n - 1) }; $f(10))", 3628800],
    ["($t := function($f, $x){ $f($x) }; $t($uppercase, 'a'))", "A"],
    ["answers{field.ref: $type($)}", { email: "object", seats: "object" }],
    ["answers#$i.{'place': $i}", [{ place: 0 }, { place: 1 }]],
    ["answers@$a.$$.tags@$t.($a.number & $t)", ["a", "b", "3a", "3b"]],
    ["answers.field.%.number", 3],
    ["**.ref", ["email", "seats"]],
    ["user.*.name", "Ada King Lovelace"],
    ["{'a': nothing, 'b': [nothing, none]}", { b: [null] }],
  ])("%s", async (expression, value) => {
    expect(await evaluate(expression)).toEqual(value);
  });

  test("its own answer to the clock for the whole of an evaluation", async () => {
    const before = Date.now();
    const [first, last] = await evaluate(
      "($a := $millis(); $b := [1..5000].($); [$a, $millis()])",
    ) as number[];
    expect(first).toBe(last);
    expect(first).toBeGreaterThanOrEqual(before);
  });
});
