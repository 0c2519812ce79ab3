import { Parser } from "htmlparser2";
import { expect } from "vitest";

/** A verb of TwiML, with what is said in it. */
export interface Verb {
  name: string;
  attributes: Record<string, string>;
  text: string;
}

/** The verbs of a document, in order. */
export function verbsOf(xml: string): Verb[] {
  const verbs: Verb[] = [];
  const parser = new Parser({
    onopentag: (name, attributes) => void verbs.push({ name, attributes, text: "" }),
    ontext: (text) => {
      const last = verbs.at(-1);
      if (last !== undefined) last.text += text;
    },
  }, { xmlMode: true });
  parser.end(xml);
  expect(verbs[0]?.name, xml).toBe("Response");
  return verbs.slice(1);
}

/** The first verb of a name in a document. */
export function verbNamed(xml: string, name: string): Verb | undefined {
  return verbsOf(xml).find((verb) => verb.name === name);
}
