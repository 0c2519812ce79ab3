import { createHash } from "node:crypto";
import type { Outcome } from "../../http/call.ts";
import { htmlPage } from "./html-page.ts";

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; font: 1rem/1.5 system-ui, sans-serif; }
main { margin: 0 auto; padding: 1rem; max-width: 44rem; }
h1, h2 { line-height: 1.25; }
label { display: block; font-weight: 600; margin-top: 1rem; }
input, select, textarea, button { box-sizing: border-box; font: inherit; padding: .5rem; }
input, select, textarea { width: 100%; border: 1px solid #767676; border-radius: .25rem; }
button { margin-top: 1rem; padding: .6rem 1.5rem; cursor: pointer; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; }
th, td { text-align: center; padding: 0; height: 2.75rem; }
td a, .times a { display: block; padding: .6rem 0; border: 1px solid; border-radius: .25rem; text-align: center; }
[aria-current] { font-weight: 700; outline: 2px solid; }
nav { display: flex; justify-content: space-between; gap: 1rem; min-height: 2rem; }
.times { list-style: none; padding: 0; display: grid; gap: .5rem;
  grid-template-columns: repeat(auto-fill, minmax(6rem, 1fr)); }
.about { white-space: pre-line; overflow-wrap: anywhere; }
[aria-invalid=true] { border-color: #b3261e; outline: 1px solid #b3261e; }
.error { color: #b3261e; margin: .25rem 0 0; }
@media (prefers-color-scheme: dark) { .error { color: #f2b8b5; } }
`;

const HASH = createHash("sha256").update(STYLE).digest("base64");

/** A page of booking, without a script. */
export function bookingDocument(
  status: Outcome["status"],
  title: string,
  content: string,
): Outcome {
  return {
    status,
    body: htmlPage(title, STYLE, content),
    contentType: "text/html; charset=utf-8",
    headers: {
      "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${HASH}'; base-uri 'none'`,
      "Referrer-Policy": "no-referrer",
      // What is shown depends on what a request accepts, and on what was booked meanwhile.
      "Cache-Control": "no-store",
      Vary: "Accept",
    },
  };
}
