/** A file that is no table which can be read; says why. */
export class BadTable extends Error {
  override name = "BadTable";
}

/** The most characters of a row, or of a cell. */
export const LONGEST = 1_000_000;
/** The most columns of a table. */
export const MOST_COLUMNS = 1_000;

/** What is told of a row that is longer than that. */
export function tooLong(row: number): BadTable {
  return new BadTable(`Row ${row} has more than ${LONGEST.toLocaleString("en")} characters.`);
}

/** What is told of a row with too many columns. */
export function tooWide(row: number): BadTable {
  return new BadTable(`Row ${row} has more than ${MOST_COLUMNS.toLocaleString("en")} columns.`);
}
