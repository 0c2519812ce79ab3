import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { LONG } from "./faults/form.ts";
import ClosingLineReporter from "./support/closing-line-reporter.ts";
import LongestFirst from "./support/longest-first.ts";

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    // What only `npm run faults` runs is none of the short form's tests, rather than skipped there.
    include: ["tests/**/*.test.ts", ...LONG ? ["tests/faults/*.long.ts"] : []],
    globalSetup: "tests/support/global-setup.ts",
    reporters: ["default", new ClosingLineReporter()],
    // What waits or polls is only kept from hanging: a busy machine may take its time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Flaky: what fails but once, by a pause of the machine, fails no run; the closing lines tell it with
    // its error, to be mended.
    retry: { count: 1, delay: 500 },
    expect: { poll: { timeout: 120_000, interval: 50 } },
    pool: "forks",
    maxWorkers: 4,
    // A worker loads the product and what the tests share once, not once a file.
    isolate: false,
    restoreMocks: true,
    sequence: { sequencer: LongestFirst },
  },
});
