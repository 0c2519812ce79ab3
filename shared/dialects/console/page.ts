import { createHash } from "node:crypto";

/** Where a page finds its files and the functions: addresses, or paths of its own host. */
export interface Places {
  /** Where the files are, with a slash at the end, unless they are beside the page. */
  files: string;
  /** The address of the functions, before their names. */
  functions: string;
  /** The policy, where the host that serves the page does not send it. */
  policy?: string;
}

/**
 * What the page may load and ask (Content Security Policy Level 3): its own files, and the functions where
 * they are served, at `origin` when that is another host.
 */
export function consolePolicy(origin?: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src ${origin ?? "'self'"}`,
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ].join("; ");
}

/** The headers of every answer of the console: no other page shows it in a frame, or learns its address. */
export const CONSOLE_HEADERS = {
  "Content-Security-Policy": `${consolePolicy()}; frame-ancestors 'none'`,
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Opener-Policy": "same-origin",
} as const;

/** The console's page; a file that changed is asked for by another address. */
export function consolePage(
  places: Places,
  files: Readonly<Record<"console.js" | "console.css", string>>,
): string {
  const address = (name: "console.js" | "console.css") =>
    `${escaped(places.files)}${name}?v=${
      createHash("sha256").update(files[name]).digest("hex").slice(0, 12)
    }`;
  const policy = places.policy === undefined
    ? ""
    : `\n<meta http-equiv="Content-Security-Policy" content="${escaped(places.policy)}">`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">${policy}
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<meta name="lumenbase-functions" content="${escaped(places.functions)}">
<title>Lumenbase</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${address("console.css")}">
<script type="module" src="${address("console.js")}"></script>
</head>
<body>
<noscript>The console needs JavaScript.</noscript>
<div id="console"></div>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
