import { BadTable } from "./bad-table.ts";
import { readXml } from "./xml-events.ts";
import type { ZipEntry } from "./zip-entries.ts";

/** What cells of a workbook refer to. */
export interface Workbook {
  /** The first sheet. */
  sheet: ZipEntry;
  /** The texts of cells, by their numbers. */
  texts: readonly string[];
  /** How numbers are shown, by the numbers of styles. */
  formats: readonly string[];
  /** Whether days are counted from 1904 on. */
  since1904: boolean;
}

const MOST_TEXTS = 1_000_000;
/** Of the formats that have no code, those of dates and times. */
const BUILT_IN: Readonly<Record<string, string>> = {
  ...Object.fromEntries([14, 15, 16, 17, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58].map(
    (id) => [id, "yyyy-mm-dd"],
  )),
  ...Object.fromEntries([18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56].map(
    (id) => [id, "hh:mm:ss"],
  )),
  22: "yyyy-mm-dd hh:mm:ss",
};

/** Reads what the first sheet of a workbook (ECMA-376) needs. Throws BadTable. */
export async function workbookIn(entries: ReadonlyMap<string, ZipEntry>): Promise<Workbook> {
  const { first, since1904 } = await about(entries.get("xl/workbook.xml"));
  const targets = new Map<string, string>();
  await readXml(entries.get("xl/_rels/workbook.xml.rels"), {
    open(name, attributes) {
      const [id, target] = [attributes.get("Id"), attributes.get("Target")];
      if (name === "Relationship" && id && target) targets.set(id, target);
    },
  });
  const target = targets.get(first ?? "") ?? "";
  const sheet = entries.get(target.startsWith("/") ? target.slice(1) : `xl/${target}`);
  if (sheet === undefined) throw new BadTable("Has no sheet.");
  return {
    sheet,
    since1904,
    texts: await textsIn(entries.get("xl/sharedStrings.xml")),
    formats: await formatsIn(entries.get("xl/styles.xml")),
  };
}

async function about(entry: ZipEntry | undefined) {
  const found: { first: string | null; since1904: boolean } = { first: null, since1904: false };
  await readXml(entry, {
    open(name, attributes) {
      if (name === "sheet") found.first ??= attributes.get("id") ?? null;
      if (name === "workbookPr") {
        found.since1904 = ["1", "true"].includes(attributes.get("date1904") ?? "");
      }
    },
  });
  return found;
}

async function textsIn(entry: ZipEntry | undefined): Promise<string[]> {
  const texts: string[] = [];
  const shown = new ShownText();
  await readXml(entry, {
    open(name) {
      if (name === "si") shown.clear();
      else shown.open(name);
    },
    text: (text) => shown.add(text),
    close(name) {
      shown.close(name);
      if (name !== "si") return;
      if (texts.push(shown.text) > MOST_TEXTS) throw new BadTable("Has too many different texts.");
    },
  });
  return texts;
}

/** The text of a cell that may have parts of several looks, less how it is spoken. */
export class ShownText {
  text = "";
  #isText = false;
  #isSpoken = false;

  clear(): void {
    this.text = "";
  }

  open(name: string): void {
    if (name === "rPh") this.#isSpoken = true;
    this.#isText = name === "t" && !this.#isSpoken;
  }

  add(text: string): void {
    if (this.#isText) this.text += text;
  }

  close(name: string): void {
    if (name === "rPh") this.#isSpoken = false;
    if (name === "t") this.#isText = false;
  }
}

async function formatsIn(entry: ZipEntry | undefined): Promise<string[]> {
  const codes = new Map<string, string>(Object.entries(BUILT_IN));
  const formats: string[] = [];
  let isOfCells = false;
  await readXml(entry, {
    open(name, attributes) {
      if (name === "cellXfs") isOfCells = true;
      const id = attributes.get("numFmtId") ?? "";
      if (name === "numFmt") codes.set(id, attributes.get("formatCode") ?? "");
      if (name === "xf" && isOfCells) formats.push(codes.get(id) ?? "");
    },
    close(name) {
      if (name === "cellXfs") isOfCells = false;
    },
  });
  return formats;
}
