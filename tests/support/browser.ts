import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

// The shell first: without a browser's own windows it takes half the processor's time.
const NAMES = [
  "chromium-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "chrome",
];

/** What a run says that found none. */
export const NO_BROWSER =
  "No Chromium was found, so the reference page was not tried in a browser: " +
  "install one, or set CHROME_PATH.";

/** The browser to test pages in: CHROME_PATH, or a Chromium on the PATH. */
export function browserPath(env = process.env): string | undefined {
  const folders = (env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const found = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...env.CHROME_PATH ? [env.CHROME_PATH] : [], ...found].find(isExecutable);
}

/** What the browser is started with: nothing of its own goes to the network. */
export const BROWSER_ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
