import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import ClosingLineReporter from "./support/closing-line-reporter.ts";

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    include: ["tests/**/*.test.ts"],
    globalSetup: "tests/support/global-setup.ts",
    reporters: ["default", new ClosingLineReporter()],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "forks",
    maxWorkers: 3,
  },
});
