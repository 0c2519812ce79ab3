import { type Browser, chromium } from "playwright-core";
import { BROWSER_ARGUMENTS, browserPath } from "./browser.ts";

let shared: Promise<Browser> | undefined;

/** The browser of the tests of a worker, which the first that needs one starts; it ends with the worker. */
export function sharedBrowser(): Promise<Browser> {
  return shared ??= chromium.launch({
    executablePath: browserPath() ?? "",
    args: BROWSER_ARGUMENTS,
    // Many begin at once on a machine with little to spare.
    timeout: 120_000,
  });
}
