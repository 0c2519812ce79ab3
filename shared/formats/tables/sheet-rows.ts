import { BadTable, LONGEST, MOST_COLUMNS, tooLong, tooWide } from "./bad-table.ts";
import { shownNumber } from "./shown-number.ts";
import { ShownText, type Workbook, workbookIn } from "./workbook.ts";
import { xmlEvents } from "./xml-events.ts";
import { zipEntries } from "./zip-entries.ts";

/** The rows of the first sheet of an XLSX file, but for blank ones. Throws BadTable. */
export async function* sheetRows(bytes: Uint8Array): AsyncGenerator<string[]> {
  const entries = zipEntries(bytes);
  if (!entries.has("xl/workbook.xml")) throw new BadTable("Is neither CSV nor XLSX.");
  const workbook = await workbookIn(entries);
  const sheet = new SheetReader(workbook);
  yield* xmlEvents(workbook.sheet, sheet, () => sheet.taken());
}

/** Reads the cells of a sheet. */
class SheetReader {
  readonly #workbook: Workbook;
  readonly #shown = new ShownText();
  #rows: string[][] = [];
  #row: string[] = [];
  #count = 0;
  #cell: { column: number; type: string; style: number } | null = null;
  #isValue = false;
  #value = "";
  #length = 0;

  constructor(workbook: Workbook) {
    this.#workbook = workbook;
  }

  /** The rows that were read since it was last asked. */
  taken(): string[][] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: ReadonlyMap<string, string>): void {
    if (name === "row") {
      this.#row = [];
      this.#length = 0;
    } else if (name === "c") {
      this.#cell = {
        column: columnOf(attributes.get("r")) ?? this.#row.length,
        type: attributes.get("t") ?? "n",
        style: Number(attributes.get("s") ?? 0),
      };
      this.#value = "";
      this.#shown.clear();
    } else if (name === "v") this.#isValue = true;
    else this.#shown.open(name);
  }

  text(text: string): void {
    if (this.#cell === null) return;
    this.#length += text.length;
    if (this.#length > LONGEST) throw tooLong(this.#count + 1);
    if (this.#isValue) this.#value += text;
    else this.#shown.add(text);
  }

  close(name: string): void {
    this.#shown.close(name);
    if (name === "v") this.#isValue = false;
    else if (name === "c") this.#endCell();
    else if (name === "row" && this.#row.some((cell) => cell.trim() !== "")) {
      this.#count++;
      this.#rows.push(this.#row);
    }
  }

  #endCell(): void {
    if (this.#cell === null) return;
    const { column } = this.#cell;
    if (column >= MOST_COLUMNS && this.#content() !== "") throw tooWide(this.#count + 1);
    if (column < MOST_COLUMNS) {
      while (this.#row.length < column) this.#row.push("");
      this.#row[column] = this.#content();
    }
    this.#cell = null;
  }

  #content(): string {
    const { texts, formats, since1904 } = this.#workbook;
    const { type = "n", style = 0 } = this.#cell ?? {};
    switch (type) {
      case "s":
        return texts[Number(this.#value)] ?? "";
      case "inlineStr":
        return this.#shown.text;
      case "b":
        return this.#value === "" ? "" : String(this.#value === "1");
      case "n":
        return shownNumber(this.#value, formats[style] ?? "", since1904);
      default:
        return this.#value;
    }
  }
}

/** The place of a cell in its row, from its name: 1 of `B7`. */
function columnOf(name: string | undefined): number | null {
  const letters = /^[A-Z]{1,3}(?=\d)/.exec(name ?? "")?.[0];
  if (letters === undefined) return null;
  return [...letters].reduce((all, letter) => all * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
