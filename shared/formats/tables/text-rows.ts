import { pipeline, Readable } from "node:stream";
import { CsvError, parse } from "csv-parse";
import { BadTable, LONGEST, MOST_COLUMNS, tooLong, tooWide } from "./bad-table.ts";
import { decodedText } from "./decoded-text.ts";

/** Opens bytes to be read from their beginning. */
export type Open = () => Promise<ReadableStream<Uint8Array>>;

const SEPARATORS = [",", ";", "\t", "|"] as const;

/**
 * The rows of text with separators (RFC 4180), the first one the header; it is in the encoding that is given,
 * else in UTF-8 or Windows-1252. Blank lines are passed over. Throws BadTable.
 */
export async function* textRows(open: Open, encoding: string | null): AsyncGenerator<string[]> {
  const known = encoding ?? await encodingOf(open);
  const text = decodedText(await open(), known)[Symbol.asyncIterator]();
  const header = await headerIn(text);
  const parser = parse({
    delimiter: separatorOf(header),
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST,
  });
  pipeline(Readable.from(chunks(header, text), { highWaterMark: 1 }), parser, () => {});
  let row = 0;
  try {
    for await (const record of parser) {
      const cells: string[] = record;
      if (cells.length === 1 && cells[0]?.trim() === "") continue;
      row++;
      if (cells.length > MOST_COLUMNS) throw tooWide(row);
      yield cells;
    }
  } catch (error) {
    throw told(error);
  }
}

async function* chunks(header: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  yield header;
  yield* { [Symbol.asyncIterator]: () => rest };
}

function told(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  const row = Number(error.records) + 1;
  if (error.code === "CSV_MAX_RECORD_SIZE") return tooLong(row);
  if (error.code === "CSV_QUOTE_NOT_CLOSED") {
    return new BadTable(`Row ${row} has a quote that is not closed.`);
  }
  return new BadTable(`Row ${row} cannot be read: its quotes are not in pairs.`);
}

// Whether all of it is UTF-8 tells its end alone.
async function encodingOf(open: Open): Promise<string> {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  for await (const chunk of await open()) {
    if (!isUtf8(utf8, chunk)) return "windows-1252";
  }
  return isUtf8(utf8) ? "utf-8" : "windows-1252";
}

function isUtf8(decoder: TextDecoder, chunk?: Uint8Array): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
}

// Text up to the end of the first line that is not blank, and what came with it.
async function headerIn(text: AsyncIterator<string>): Promise<string> {
  let header = "";
  while (endOfLine(header) < 0) {
    const { done, value } = await text.next();
    if (done) return header;
    header = (header + value).trimStart();
    if (header.length > LONGEST) throw tooLong(1);
  }
  return header;
}

/** Where the first line ends that is not within quotes; -1 when it does not. */
function endOfLine(text: string): number {
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '"') isQuoted = !isQuoted;
    else if (!isQuoted && (char === "\n" || char === "\r")) return at;
  }
  return -1;
}

// That which stands most often in the header outside of quotes.
function separatorOf(text: string): string {
  const end = endOfLine(text);
  const header = (end < 0 ? text : text.slice(0, end)).replace(/"[^"]*"/g, "");
  const counts = SEPARATORS.map((one) => header.split(one).length - 1);
  return SEPARATORS[counts.indexOf(Math.max(...counts))] ?? ",";
}
