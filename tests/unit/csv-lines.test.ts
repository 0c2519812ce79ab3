import { expect, test } from "vitest";
import { csvLines } from "../../shared/formats/csv-lines.ts";

test("cells are quoted where they must be, and lines end as RFC 4180 has it", () => {
  const rows = [["a", null, ""], ['"', "a,b", "a;b"], ["a\nb", "a\rb", "a\r\nb"], [
    " a ",
    "é",
    "a",
  ]];
  expect(csvLines(rows)).toBe(
    'a,,\r\n"""","a,b",a;b\r\n"a\nb","a\rb","a\r\nb"\r\n a ,é,a\r\n',
  );
  expect(csvLines([])).toBe("");
});

test.each([
  "=1+1",
  "=HYPERLINK(A1)",
  "+cmd|' /C calc'!A0",
  "-2+3+cmd|' /C calc'!A0",
  "@SUM(1)",
  "\t=1",
  "+49 30 x12",
])("%j, which a spreadsheet would compute, gets an apostrophe", (text) => {
  expect(csvLines([[text]])).toBe(`'${text}\r\n`);
});

test.each(["\r=1", "=1,2"])("%j gets one within its quotes", (text) => {
  expect(csvLines([[text]])).toBe(`"'${text}"\r\n`);
});

test.each([
  "+49 (30) 123-456",
  "-1.5",
  "- 12",
  "a=1",
  " =1",
  "'=1",
  "1-2",
])("%j stays as it is", (text) => {
  expect(csvLines([[text]])).toBe(`${text}\r\n`);
});

test("a number that is negative, or has many digits, is as it was", () => {
  expect(csvLines([[{ digits: "-1" }, { digits: "12345678901234567890.123456789" }]]))
    .toBe("-1,12345678901234567890.123456789\r\n");
});
