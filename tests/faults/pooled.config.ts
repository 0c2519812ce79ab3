import { defineConfig, mergeConfig } from "vitest/config";
import direct from "../vitest.config.ts";

/** The database suite and what reaches it over HTTP, through a pooler in transaction mode. */
export default mergeConfig(
  { ...direct, test: { ...direct.test, include: [], globalSetup: [] } },
  defineConfig({
    test: {
      include: ["tests/db/**/*.test.ts", "tests/e2e/**/*.test.ts"],
      // These start stacks or a database of their own, or look into the session of a connection.
      exclude: [
        "tests/e2e/{start,dev,readme,fresh}*.test.ts",
        "tests/db/{plans,kept,pool}*.test.ts",
      ],
      globalSetup: ["tests/faults/pooled-setup.ts"],
    },
  }),
);
