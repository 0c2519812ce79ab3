import process from "node:process";
import type { PublicDocument } from "../../http/public-document.ts";
import { publicUrl } from "../../http/public-url.ts";
import { type Files, files } from "./files.ts";
import { CONSOLE_HEADERS, consolePage } from "./page.ts";

/** The page that loads the console, where the function `console` serves it. */
export const page: PublicDocument = {
  id: "getConsole",
  summary: "The console, for browsers",
  contentType: "text/html; charset=utf-8",
  headers: CONSOLE_HEADERS,
  async text() {
    // The path alone: whichever of its names a host is asked by, the functions are there too.
    const { pathname } = new URL(publicUrl(process.env), "http://localhost");
    const functions = pathname.replace(/\/$/, "");
    return consolePage({ files: `${functions}/console/`, functions }, await files());
  },
};

/** What the console runs. */
export const script = file("console.js", "getConsoleScript", "text/javascript");

/** What it looks like. */
export const style = file("console.css", "getConsoleStyle", "text/css");

function file(name: keyof Files, id: string, type: string): PublicDocument {
  return {
    id,
    summary: `${name} of the console`,
    contentType: `${type}; charset=utf-8`,
    headers: CONSOLE_HEADERS,
    text: async () => (await files())[name],
  };
}
