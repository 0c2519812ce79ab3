import { writeSync } from "node:fs";
import { browserPath, NO_BROWSER } from "./browser.ts";
import type { Reporter, SerializedError, TestCase, TestModule } from "vitest/node";

/**
 * Ends a run with one plain line, `N passed, N failed`, for whatever reads the output of CI. What
 * breaks outside a test (a file that does not load, an unhandled rejection) counts as failed. Tests that
 * worked only when they were tried again are told before it, with what failed at first.
 */
export default class ClosingLineReporter implements Reporter {
  #count = { passed: 0, failed: 0, skipped: 0, pending: 0 };
  #retried: string[] = [];

  onInit(): void {
    // At exit, since the runner's own summary and the clean-up still print after the last hook.
    process.once("exit", (code) => {
      const note = browserPath() ? "" : `${NO_BROWSER}\n`;
      const retried = this.#retried.map((told) => `tried again: ${told}\n`).join("");
      writeSync(process.stdout.fd, `${note}${retried}${this.#closingLine(code)}\n`);
    });
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    unhandledErrors: readonly SerializedError[],
  ): void {
    this.#count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      this.#count.failed += module.errors().length;
      for (const suite of module.children.allSuites()) this.#count.failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        this.#count[test.result().state]++;
        if (test.diagnostic()?.flaky) this.#retried.push(toldOf(test));
      }
    }
  }

  #closingLine(exitCode: number): string {
    const { passed, failed, skipped, pending } = this.#count;
    const line = `${passed} passed, ${exitCode === 0 ? failed : Math.max(failed, 1)} failed`;
    return skipped + pending > 0 ? `${line}, ${skipped + pending} skipped` : line;
  }
}

function toldOf(test: TestCase): string {
  const [error] = test.result().errors ?? [];
  const from = error?.stacks?.[0];
  const where = from ? ` (line ${from.line} of ${from.file})` : "";
  const name = `${test.module.relativeModuleId} > ${test.fullName}`;
  return `${name}\n  ${error?.message ?? "no error"}${where}`;
}
