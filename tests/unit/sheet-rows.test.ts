import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { BadTable } from "../../shared/formats/tables/bad-table.ts";
import { tableRows } from "../../shared/formats/tables/table-rows.ts";
import { type Packed, textRow, workbookOf, zipOf } from "../support/xlsx-files.ts";

async function rowsOf(files: Readonly<Record<string, Packed>> | Buffer): Promise<string[][]> {
  const bytes = Buffer.isBuffer(files) ? files : zipOf(files);
  const rows: string[][] = [];
  const open = () => Promise.resolve(new Blob([Uint8Array.from(bytes)]).stream());
  for await (const row of tableRows(open)) rows.push(row);
  return rows;
}

test("cells are read from the first sheet as they were typed", async () => {
  const rows = `
    <row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>
    <row r="2"/><row r="3"><c r="A3" t="inlineStr"><is><t xml:space="preserve"> </t></is></c></row>
    <row r="4"><c r="A4" t="inlineStr"><is><r><t>00</t></r><r><t>123</t></r><rPh><t>no</t></rPh></is></c>
      <c r="B4"><v>42</v></c><c r="C4" s="4"><v>7</v></c><c r="D4"><v>12.300000000000001</v></c>
      <c r="E4" t="b"><v>1</v></c><c r="F4" t="str"><f>A1</f><v>of a formula</v></c>
      <c r="G4" t="e"><v>#N/A</v></c><c r="AA4"><v>-1.5</v></c></row>
    <row r="5"><c r="A5" s="1"><v>45992</v></c><c r="B5" s="2"><v>45992.5</v></c>
      <c r="C5" s="3"><v>0.75</v></c><c r="D5" s="5"><v>45992.25</v></c><c r="E5" s="6"><v>45992</v></c></row>`;
  const formats = ["[h]:mm", "00000", 'dd"of"mm yyyy hh:mm', '0 "days"'];
  const texts = "<si><t>E-Mail &amp; co</t></si><si><r><t>Größe</t></r><r><t> €</t></r></si>";
  const [header, first, second, ...others] = await rowsOf(workbookOf({ rows, texts, formats }));
  expect(header).toEqual(["E-Mail & co", "", "Größe €"]);
  expect(first?.slice(0, 7)).toEqual([
    "00123",
    "42",
    "00007",
    "12.3",
    "true",
    "of a formula",
    "#N/A",
  ]);
  expect(first?.slice(-2)).toEqual(["", "-1.5"]);
  expect(first).toHaveLength(27);
  expect(second).toEqual([
    "2025-12-01",
    "2025-12-01T12:00:00",
    "18:00:00",
    "2025-12-01T06:00:00",
    "45992",
  ]);
  expect(others).toEqual([]);
});

test("many rows come one after another", async () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => textRow(`a${n}@b.example`, `Name ${n}`));
  const read = await rowsOf(workbookOf({ rows: rows.join("") }));
  expect(read).toHaveLength(20_000);
  expect(read.at(-1)).toEqual(["a19999@b.example", "Name 19999"]);
});

const GOOD = workbookOf({ rows: textRow("email") });
const SHEET = "xl/worksheets/sheet1.xml";
const MEGABYTE = "x".repeat(1024 * 1024);
const bomb = (rows: string, size?: number) => ({
  ...GOOD,
  [SHEET]: { content: `<sheetData>${rows}</sheetData>`, ...size === undefined ? {} : { size } },
});

test.each([
  [
    "that says too small a size",
    bomb(textRow(MEGABYTE.slice(0, 500_000)), 1_000),
    "Says that it has another size than it has.",
  ],
  [
    "that says too great a size",
    bomb(textRow("a"), 1_000_000),
    "Says that it has another size than it has.",
  ],
  [
    "that unpacks to 4 GB, as it says",
    bomb(textRow("a"), 0xfffffff0),
    "Unpacks to more than 96 MB.",
  ],
  [
    "with a cell of 100 MB",
    bomb(textRow(MEGABYTE.repeat(90))),
    "Row 1 has more than 1,000,000 characters.",
  ],
  [
    "with a cell far to the right",
    bomb('<row><c r="ZZZ1"><v>1</v></c></row>'),
    "Row 1 has more than 1,000 columns.",
  ],
  [
    "without a sheet",
    { ...GOOD, "xl/_rels/workbook.xml.rels": { content: "<a/>" } },
    "Has no sheet.",
  ],
  ["that is none", { "word/document.xml": { content: "<a/>" } }, "Is neither CSV nor XLSX."],
  ["cut short", zipOf(GOOD).subarray(0, -30), "Is a damaged file."],
  ["with another content", Buffer.from(zipOf(GOOD)).fill(0xff, 35, 60), "Is a damaged file."],
])("a workbook %s is refused", async (_, file, message) => {
  const refused = await rowsOf(file).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(BadTable);
  expect(refused).toMatchObject({ message });
});
