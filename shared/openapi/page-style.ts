import { createHash } from "node:crypto";

/** The style of the reference page. */
export const STYLE = `
:root { color-scheme: light dark; --text: #1c2230; --dim: #4d566b; --back: #fff; --soft: #f3f5f9;
  --line: #d5dae4; --link: #0b57c4; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e7eaf1; --dim: #a9b2c5; --back: #12151c; --soft: #1b202b; --line: #333b4b;
    --link: #8ab8ff; }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; }
body { margin: 0; font: 1rem/1.55 system-ui, sans-serif; color: var(--text);
  background: var(--back); }
a { color: var(--link); overflow-wrap: break-word; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; top: 1rem; padding: .5rem; background: var(--back); }
main, nav { padding: 1rem 1.25rem; }
nav { border-bottom: 1px solid var(--line); background: var(--soft); }
nav ul { margin: .25rem 0 .75rem; padding-left: 1.1rem; }
nav summary, nav p { font-weight: 600; margin: .5rem 0; }
main { max-width: 62rem; min-width: 0; }
h2, h3 { overflow-wrap: anywhere; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); }
h3 { margin-top: 2.5rem; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; }
code { background: var(--soft); padding: .1em .25em; border-radius: .25em; overflow-wrap: anywhere; }
pre { background: var(--soft); padding: .75rem; overflow-x: auto; border: 1px solid var(--line); }
pre code { padding: 0; }
.route { font-size: 1.05rem; }
.method { font-weight: 700; }
.dim, .dim a { color: var(--dim); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: 600; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .75rem .4rem 0;
  border-top: 1px solid var(--line); }
td p:first-child, td ul:first-child { margin-top: 0; }
td p:last-child { margin-bottom: 0; }
.kinds { margin: 0; padding-left: 1.1rem; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
@media (min-width: 60rem) {
  body { display: grid; grid-template-columns: 17rem minmax(0, 1fr); }
  nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; border-bottom: 0;
    border-right: 1px solid var(--line); }
}
`;

const STYLE_HASH = createHash("sha256").update(STYLE).digest("base64");

/** What the page may load: nothing but its own style. */
export const PAGE_HEADERS = {
  "Content-Security-Policy": `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; ` +
    "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
};
