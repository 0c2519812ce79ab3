import { escapeUTF8 } from "entities/escape";

const TAG = /<\/?[a-z][^<>]*>/i;

/** The body of a draft as HTML: a text without tags as its paragraphs. */
export function htmlOf(body: string): string {
  if (TAG.test(body)) return body;
  return body.trim().split(/\r?\n(?:[ \t]*\r?\n)+/)
    .map((paragraph) => `<p>${escapeUTF8(paragraph).replaceAll(/\r?\n/g, "<br>")}</p>`).join("");
}
