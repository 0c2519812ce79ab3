import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { BEGUN_ANEW } from "../../shared/console/pages/jobs/job.ts";
import { TOLD_AS_FAILED } from "../../shared/crm/jobs.ts";
import { browserPath } from "../support/browser.ts";
import { consoleView } from "../support/console.ts";
import { asOwner } from "../support/workspace.ts";

test("the console offers to retry what the API retries", () => {
  expect(BEGUN_ANEW).toEqual(TOLD_AS_FAILED);
});

describe.runIf(browserPath())("in a browser", () => {
  test("a file is imported, with its mistakes by row, and the leads are exported", async () => {
    const view = await consoleView({ viewport: { width: 360, height: 740 }, colorScheme: "dark" });
    const { page } = view;
    await view.open("/jobs");
    await page.getByText("Nothing was imported yet.").waitFor();
    await page.getByText("Import leads from a file").click();
    await page.getByRole("button", { name: "Import" }).click();
    await page.getByText("Choose a file.").waitFor();
    const send = async (name: string, text: string) => {
      await page.getByLabel("File", { exact: true })
        .setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
      await page.getByRole("button", { name: "Import" }).click();
    };
    await send("empty.csv", "");
    await page.locator(".field .wrong").waitFor();
    await view.expectSound();
    await send("<i>fair ünï.csv", "E-mail,Plan\njane@acme.com,Pro\nnobody@,\n");
    const row = page.getByRole("row").filter({ hasText: "<i>fair ünï.csv" });
    await row.getByText("completed").waitFor();
    await row.getByText("1 row").click();
    await row.getByText(/Row 3/).waitFor();
    await page.getByText("Export as CSV").click();
    await page.getByRole("button", { name: "Export", exact: true }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: /^Download leads-/ }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^leads-\d+\.csv$/);
    expect(await readFile(await file.path(), "utf8")).toContain("jane@acme.com");
    await view.expectSound();
    await page.context().close();
  });

  test("a job that failed says why, and is due again once it is retried", async () => {
    const view = await consoleView();
    const { page, workspace } = view;
    await asOwner(
      `insert into crm.jobs (workspace_id, kind, status, attempts, last_error)
        values ($1, 'events.dispatch', 'dead', 3, 'The server <b>said</b> no.'),
          ($1, 'exports.write', 'dead', 3, 'Its worker ended.')`,
      [workspace.id],
    );
    await view.open("/jobs");
    await page.getByText("The server <b>said</b> no.").waitFor();
    await page.getByRole("row").filter({ hasText: "exports.write" }).getByText("Begin it anew")
      .waitFor();
    expect(await page.getByRole("button", { name: "Retry" }).count()).toBe(1);
    await view.expectSound();
    await page.getByRole("button", { name: "Retry events.dispatch" }).click();
    await page.getByText("The job is due again.").waitFor();
    const text = "select kind from crm.jobs where workspace_id = $1 and status = 'dead'";
    expect(await asOwner(text, [workspace.id])).toEqual([{ kind: "exports.write" }]);
    await page.context().close();
  });

  test("a viewer sees imports and exports, begins none, and does not see every job", async () => {
    const view = await consoleView({ role: "viewer" });
    const { page } = view;
    await page.getByRole("link", { name: "Jobs" }).click();
    await page.getByText("Nothing was imported yet.").waitFor();
    await page.getByText("Nothing was exported yet.").waitFor();
    expect(await page.getByText(/^Import leads|^Export as/).count()).toBe(0);
    expect(await page.getByRole("heading", { name: "All jobs" }).count()).toBe(0);
    await view.expectSound();
    await page.context().close();
  });
});
