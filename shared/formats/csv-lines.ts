import { stringify } from "csv-stringify/sync";

/** A value of a table: null is an empty cell. */
export type Cell = string | { digits: string } | null;

/** What spreadsheets take a text for that begins so: something to compute. */
const FORMULA = /^[=+\-@\t\r]/;
/** A number or a phone number, which computes nothing that it does not say. */
const NUMBER = /^[+-][\d ().+-]*$/;

/** Rows as CSV (RFC 4180). A text that a spreadsheet would compute gets a `'` before it. */
export function csvLines(rows: readonly (readonly Cell[])[]): string {
  return stringify(rows.map((cells) => cells.map(written)), {
    record_delimiter: "windows",
    // A line end of one character is quoted as well.
    quoted_match: /[\r\n]/,
  });
}

function written(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell !== "string") return cell.digits;
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}
