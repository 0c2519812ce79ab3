import { BadTable } from "./bad-table.ts";
import { sheetRows } from "./sheet-rows.ts";
import { type Open, textRows } from "./text-rows.ts";

const HEAD = 1_024;
const UTF_16: Readonly<Record<string, string>> = { "\xff\xfe": "utf-16le", "\xfe\xff": "utf-16be" };
const ZIP = "PK\x03\x04";
/** What stands in no text, but at the beginning of most other files. */
// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const BINARY = /[\x00-\x08\x0e-\x1a\x1c-\x1f]|^%PDF-/;

/**
 * The rows of a file that is CSV or XLSX by its content, the first one the header; blank ones are passed over, and
 * what is text stays as it was typed. Throws BadTable.
 */
export async function* tableRows(open: Open): AsyncGenerator<string[]> {
  const head = await headOf(open);
  if (head.startsWith(ZIP)) {
    // What is in the archive is told at its end.
    const bytes = new Uint8Array(await new Response(await open()).arrayBuffer());
    yield* sheetRows(bytes);
    return;
  }
  const encoding = UTF_16[head.slice(0, 2)] ?? null;
  if (encoding === null && BINARY.test(head)) throw new BadTable("Is neither CSV nor XLSX.");
  yield* textRows(open, encoding);
}

// One character a byte.
async function headOf(open: Open): Promise<string> {
  let head = "";
  for await (const chunk of await open()) {
    head += String.fromCharCode(...chunk.subarray(0, HEAD - head.length));
    if (head.length >= HEAD) break;
  }
  return head;
}
