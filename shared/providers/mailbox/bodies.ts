import { plain } from "./headers.ts";

const MOST_SNIPPET = 200;
// Of what is read for a snippet alone.
const MOST_READ = 20_000;

/** The bodies of a message, as far as it has them. */
export interface Bodies {
  html: string | null;
  text: string | null;
}

/** The bodies as they are shown: a text is made of the HTML where there is none. */
export async function shownBodies({ html, text }: Bodies) {
  return {
    body_html: html === null ? null : html.toWellFormed(),
    body_text: (text ?? await textOf(html))?.toWellFormed() ?? null,
  };
}

/** The beginning of what a message says, on one line. */
export async function snippetOf({ html, text }: Bodies): Promise<string> {
  const said = text ?? await textOf(html?.slice(0, MOST_READ) ?? null) ?? "";
  const line = plain(said.slice(0, MOST_READ)).replace(/\s+/g, " ");
  return Array.from(line).slice(0, MOST_SNIPPET).join("");
}

async function textOf(html: string | null): Promise<string | null> {
  if (html === null) return null;
  const { textOfHtml } = await import("../mail/text-of-html.ts");
  return textOfHtml(html);
}
