import { describe, expect, test } from "vitest";
import {
  compileExpression,
  ExpressionError,
} from "../../shared/connectors/expressions/expression.ts";

function refusal(expression: string): ExpressionError {
  try {
    compileExpression(expression);
  } catch (error) {
    if (error instanceof ExpressionError) return error;
    throw error;
  }
  throw new Error(`${expression} was compiled.`);
}

describe("a mistake is refused with its column:", () => {
  test.each<[string, number, string]>([
    ["a b", 3, 'Syntax error: "b" (column 3).'],
    ["$trim(a", 8, 'Expected ")" before end of expression (column 8).'],
    ["name & ", 8, "Unexpected end of expression (column 8)."],
    ["", 1, "Unexpected end of expression (column 1)."],
    ['{"a" 1}', 6, 'Expected ":", got 1 (column 6).'],
    ['a & "\\q"', 7, "Unsupported escape sequence"],
    ["a + 1e999", 5, "Number out of range"],
    ["a.1", 3, "cannot be used as a step"],
    ["a & nam3 & $nam3", 12, "There is no variable or function $nam3 (column 12)."],
    ["$upperCase(a)", 1, "There is no variable or function $upperCase; did you mean $uppercase?"],
    ["$map(a, $toString)", 9, "There is no variable or function $toString"],
    ["$constructor", 1, "There is no variable or function $constructor"],
    ["uppercase(a)", 1, "Functions are called with $, as in $uppercase(…) (column 1)."],
    ["$clone(a)", 1, "$clone is not available"],
    ["$random()", 1, "$random is not available"],
    ["$eval(a, b)", 1, "$eval reads JSON"],
    ["a ~> |b|{'c': 1}|", 6, "build the object with {…} or $merge"],
    ["$map(a, $substring(?, 1))", 19, "write function($x){ … }"],
    ["function($x)<s:s>{ $x }", 9, "Type signatures of functions are not supported"],
    ["$match(a, /(?=b)/)", 11, "no lookaheads, lookbehinds or backreferences"],
    ["$match(a, /(.)\\1/)", 11, "no lookaheads, lookbehinds or backreferences"],
    ["$match(a, /(?<n>b)\\k<n>/)", 11, "no lookaheads, lookbehinds or backreferences"],
    ["$match(a, /((a{20}){20}){20}/)", 11, "This regular expression is too large"],
    ["$match(a, /(b{20}){25}/)", 11, "This regular expression is too large"],
    ["$match(a, /[A-\\uFFFF]/i)", 11, "This regular expression is too large"],
    [`$match(a, /${"a".repeat(251)}/)`, 11, "at most 250 characters"],
    ["$match(a, /b(/)", 15, "No terminating / in regular expression (column 15)."],
    ["$match(a, /*/)", 11, "Comment has no closing tag (column 11)."],
  ])("%s", (expression, position, message) => {
    const error = refusal(expression);
    expect(error.message).toContain(message);
    expect(error.position).toBe(position);
  });
});

describe("what would take too much is refused:", () => {
  test.each([
    ["a very long expression", "a".repeat(16_001), "at most 16000 characters; this one has 16001"],
    ["deep brackets", `${"(".repeat(1_900)}a${")".repeat(1_900)}`, "nests too deeply"],
    ["deep operators", `a${" & a".repeat(900)}`, "nests too deeply"],
    ["copies of copies", `${"(".repeat(400)}a${" ?? b)".repeat(400)}`, "too many ?? and ?:"],
    [
      "copies of much",
      `${"(".repeat(7)}[${"1,".repeat(1_900)}1]${"?:b)".repeat(7)}`,
      "too many ??",
    ],
    ["a large tree", `${"(".repeat(12)}a${"??b)".repeat(12)}`, "too large"],
    ["regular expressions", `$match(a${",/a/".repeat(61)})`, "At most 60 regular expressions"],
    ["joins", `a${"@$b.a".repeat(9)}`, "At most 8 uses of @, # and %"],
    ["positions", `a${"#$b.a".repeat(9)}`, "At most 8 uses of @, # and %"],
    ["parents", `a.b.c.d.e.f.g.h.i.j.[${"%,".repeat(9)}1]`, "At most 8 uses of @, # and %"],
    ["groups of joins", "a@$x.b{$x: $}", "cannot be used together"],
  ])("%s", (_, expression, message) => {
    expect(refusal(expression).message).toContain(message);
  });
});

test.each([
  "a ?? b ?? c ?? d ?? e ?? f ?? g ?? h ?? i ?? j",
  'answers[ref="a"].text ?? answers[ref="b"].text ?? answers[ref="c"].text ?? (x ?: y)',
  "$match(a, /^[a-zà-ÿ' -]+[а-я]*$/i)",
  "$match(a, /^\\+?\\d{1,3}[ -]?(\\(\\d{1,4}\\))?[\\d -]{4,14}$/)",
  "$match(a, /^[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+$/i)",
  "($length := 1; $string := 'a'; $length)",
  '"a ? string with /*, |, % and @ in it"',
  "`a field's name` /* a comment */",
])("%s is compiled", (expression) => {
  expect(compileExpression(expression)).toBeDefined();
});
