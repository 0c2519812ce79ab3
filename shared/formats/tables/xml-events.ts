import { Parser } from "htmlparser2";
import { BadTable } from "./bad-table.ts";
import { decodedText } from "./decoded-text.ts";
import { unpacked, type ZipEntry } from "./zip-entries.ts";

/** What is told of an XML document; names of tags and attributes are without their prefixes. */
export interface XmlEvents {
  open?(name: string, attributes: ReadonlyMap<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Reads an XML document as it is unpacked; what was made of each chunk is taken. Throws BadTable. */
export async function* xmlEvents<T>(
  entry: ZipEntry,
  events: XmlEvents,
  taken: () => readonly T[],
): AsyncGenerator<T> {
  const parser = new Parser({
    onopentag(name, attributes) {
      const all = Object.entries(attributes).map(([key, value]): [string, string] => [
        local(key),
        value,
      ]);
      events.open?.(local(name), new Map(all));
    },
    ontext: (text) => events.text?.(text),
    onclosetag: (name) => events.close?.(local(name)),
  }, { xmlMode: true });
  try {
    for await (const text of decodedText(unpacked(entry))) {
      parser.write(text);
      yield* taken();
    }
    parser.end();
    yield* taken();
  } catch (error) {
    // What cannot be inflated is a TypeError, or in Node an error of zlib.
    const isDamaged = error instanceof TypeError ||
      error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
    throw isDamaged ? new BadTable("Is a damaged file.") : error;
  }
}

/** Reads all of an XML document. Throws BadTable. */
export async function readXml(entry: ZipEntry | undefined, events: XmlEvents): Promise<void> {
  if (entry === undefined) return;
  const chunks = xmlEvents(entry, events, () => []);
  while (!(await chunks.next()).done);
}

function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
