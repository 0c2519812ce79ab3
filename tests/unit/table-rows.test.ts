import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { BadTable } from "../../shared/formats/tables/bad-table.ts";
import { tableRows } from "../../shared/formats/tables/table-rows.ts";

/** Bytes that are opened again and again, in chunks of so many. */
function opening(bytes: Uint8Array, size = 7) {
  return () => {
    let at = 0;
    return Promise.resolve(
      new ReadableStream<Uint8Array>({
        pull(controller) {
          if (at >= bytes.byteLength) return controller.close();
          controller.enqueue(Uint8Array.from(bytes.subarray(at, at += size)));
        },
      }),
    );
  };
}

async function rowsOf(content: string | Buffer, size?: number): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const row of tableRows(opening(Buffer.from(content), size))) rows.push(row);
  return rows;
}

const ROWS = [["Name", "Größe €"], ["Jörg", "1,5"], ["Ω", "𝄞"]];
const TEXT = 'Name;Größe €\r\nJörg;1,5\r\n"Ω";𝄞\r\n';
const WESTERN = [["Name", "Größe €"], ["Jörg", "1,5"]];
// "ö", "ß" and "€" are one byte each.
const IN_1252 = Buffer.concat([
  Buffer.from("Name;Gr\xf6\xdfe ", "latin1"),
  Buffer.from([0x80]),
  Buffer.from("\r\nJ\xf6rg;1,5", "latin1"),
]);

test.each([
  ["UTF-8", Buffer.from(TEXT), ROWS],
  ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${TEXT}`), ROWS],
  ["UTF-16, the low byte first", Buffer.from(`\ufeff${TEXT}`, "utf16le"), ROWS],
  ["UTF-16, the high byte first", Buffer.from(`\ufeff${TEXT}`, "utf16le").swap16(), ROWS],
  ["Windows-1252", IN_1252, WESTERN],
])("text in %s is read", async (_, bytes, rows) => {
  for (const size of [1, 7, 4096]) expect(await rowsOf(bytes, size)).toEqual(rows);
});

test.each([",", ";", "\t", "|"])("%j separates where the header has most of it", async (sign) => {
  const others = [",", ";", "\t", "|"].filter((other) => other !== sign).join("");
  expect(await rowsOf(`a${sign}"b${others}${others}"${sign}c\n1${sign}2,5${sign}3`))
    .toEqual([["a", `b${others}${others}`, "c"], ["1", ...`2,5${sign}3`.split(sign)]]);
});

test("quotes, line ends and blank lines are as RFC 4180 has them", async () => {
  const text = '\n  \na,b\r\n"x ""y""\nz", 00123 \r\n\r\n   \r\n5" pipe,"2026-01-02"\rlast\n,,,\n';
  expect(await rowsOf(text)).toEqual([
    ["a", "b"],
    ['x "y"\nz', " 00123 "],
    ['5" pipe', "2026-01-02"],
    ["last"],
    ["", "", "", ""],
  ]);
});

test("a file of nothing has no row; 300 columns are read", async () => {
  for (const nothing of ["", "\n \r\n", "\ufeff"]) expect(await rowsOf(nothing)).toEqual([]);
  const wide = Array.from({ length: 300 }, (_, n) => `c${n}`);
  expect(await rowsOf(`${wide.join()}\n${wide.join()}`, 100)).toEqual([wide, wide]);
});

test.each([
  ["a PNG", Buffer.from("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "latin1"), /^Is neither CSV nor XLSX\.$/],
  ["a PDF", Buffer.from("%PDF-1.4\n"), /^Is neither CSV nor XLSX\.$/],
  ["a quote that is not closed", 'a,b\n1,2\n"3,4\n5,6', /^Row 3 has a quote that is not closed\.$/],
  ["1,001 columns", `a\n${",".repeat(1_000)}`, /^Row 2 has more than 1,000 columns\.$/],
  ["a header without an end", `"${"x".repeat(1_000_001)}`, /^Row 1 has more than 1,000,000 char/],
])("%s is refused", async (_, content, message) => {
  const refused = await rowsOf(content, 65_536).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(BadTable);
  expect(refused).toMatchObject({ message: expect.stringMatching(message) });
});

test("a cell of 100 MB is refused before it is there", async () => {
  let sent = 0;
  const chunk = new TextEncoder().encode("x".repeat(65_536));
  const open = () => {
    let isBegun = false;
    sent = 0;
    return Promise.resolve(
      new ReadableStream<Uint8Array>({
        pull(controller) {
          if (!isBegun) controller.enqueue(new TextEncoder().encode('email\na@b.example\n"'));
          isBegun = true;
          sent += chunk.byteLength;
          controller.enqueue(chunk);
          if (sent >= 100_000_000) controller.close();
        },
      }),
    );
  };
  const read = async () => {
    for await (const row of tableRows(open)) expect(row).toHaveLength(1);
  };
  await expect(read()).rejects.toThrow("Row 3 has more than 1,000,000 characters.");
  expect(sent).toBeLessThan(3_000_000);
});
