import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { consoleView } from "../support/console.ts";
import { dealsWorld, lane } from "../support/console-deals.ts";
import { asOwner } from "../support/workspace.ts";

const title = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

describe.runIf(browserPath())("the board of deals", () => {
  test("moves a deal by keys and by its menu, says so, and counts anew", async () => {
    const { workspace, stageOf, deal } = await dealsWorld();
    const id = await deal({ title: "Renewal", value: 1200, currency: "EUR" });
    const view = await consoleView({ workspace });
    const { page } = view;
    await view.open("/deals");
    await lane(page, "Lead").getByText("€1,200.00").first().waitFor();
    await title(page, "Renewal").focus();
    await page.keyboard.press("Shift+ArrowRight");
    await lane(page, "Qualified").getByRole("button", { name: "Renewal", exact: true }).waitFor();
    await page.getByText("Renewal: moved from Lead to Qualified.").waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent))
      .toBe("Renewal");
    await expect.poll(() => stageOf(id)).toBe("Qualified");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    // The menu gets the focus a moment after it is there.
    await expect.poll(() => page.evaluate(() => document.activeElement?.role)).toBe("menuitem");
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await lane(page, "Won").getByText("1 deal", { exact: false }).waitFor();
    await lane(page, "Qualified").getByText("0 deals").waitFor();
    await expect.poll(() => stageOf(id)).toBe("Won");
    await view.expectSound();
    await page.context().close();
  });

  test("moves a deal that is dragged to another stage", async () => {
    const { workspace, stageOf, deal } = await dealsWorld();
    const id = await deal({ title: "Dragged" });
    const view = await consoleView({ workspace, role: "rep" });
    const { page } = view;
    await view.open("/deals");
    await title(page, "Dragged").dragTo(lane(page, "Proposal"));
    await lane(page, "Proposal").getByRole("button", { name: "Dragged", exact: true }).waitFor();
    await lane(page, "Proposal").getByText("1 deal").waitFor();
    await expect.poll(() => stageOf(id)).toBe("Proposal");
    await page.context().close();
  });

  test("shows what others change, but under no card that is dragged", async () => {
    const { workspace, stageOf, deal } = await dealsWorld();
    const [mine, other] = [await deal({ title: "Mine" }), await deal({ title: "Other" })];
    const view = await consoleView({ workspace });
    const { page } = view;
    await page.clock.install();
    const polled = async () => {
      const answered = page.waitForResponse(/per_page=1(?!\d)/);
      await page.clock.fastForward(6_000);
      await answered;
    };
    await view.open("/deals");
    await title(page, "Mine").hover();
    await page.mouse.down();
    await lane(page, "Proposal").hover();
    await lane(page, "Proposal").hover();
    const path = "v1-public-deals";
    await workspace.api.patch(`${path}?id=${other}`, { stage: "Qualified" });
    await polled();
    await polled();
    expect(await lane(page, "Lead").getByRole("listitem").count()).toBe(2);
    await page.mouse.up();
    await lane(page, "Proposal").getByRole("button", { name: "Mine", exact: true }).waitFor();
    await expect.poll(() => stageOf(mine)).toBe("Proposal");
    await title(page, "Other").focus();
    await polled();
    await lane(page, "Qualified").getByRole("button", { name: "Other", exact: true }).waitFor();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Other");
    await workspace.api.delete(`${path}?id=${mine}`);
    await polled();
    await lane(page, "Proposal").getByText("0 deals").waitFor();
    await view.expectSound();
    await page.context().close();
  });

  test("puts back a deal whose move is refused, and says why", async () => {
    const { workspace, stageOf, deal } = await dealsWorld();
    const id = await deal({ title: "Kept" });
    const view = await consoleView({ workspace });
    const { page } = view;
    await view.open("/deals");
    await title(page, "Kept").waitFor();
    await asOwner("update crm.stages set name = 'Checked' where workspace_id = $1 and name = $2", [
      workspace.id,
      "Qualified",
    ]);
    await title(page, "Kept").focus();
    await page.keyboard.press("Shift+ArrowRight");
    await page.getByText("“Kept” could not be moved to Qualified.").waitFor();
    await lane(page, "Lead").getByRole("button", { name: "Kept", exact: true }).waitFor();
    await page.getByText("Kept: could not be moved, and is back at Lead.").waitFor();
    expect(await stageOf(id)).toBe("Lead");
    await page.context().close();
  });

  test("lets a viewer read deals, and move or make none", async () => {
    const { workspace, stageOf, deal } = await dealsWorld();
    const id = await deal({ title: "To read", value: 5 });
    const view = await consoleView({ workspace, role: "viewer" });
    const { page } = view;
    const writes: string[] = [];
    page.on("request", (request) => {
      if (request.method() !== "GET") writes.push(request.url());
    });
    await view.open("/deals");
    await title(page, "To read").focus();
    await page.keyboard.press("Shift+ArrowRight");
    await title(page, "To read").dragTo(lane(page, "Proposal"));
    await title(page, "To read").click();
    await page.getByRole("dialog").getByText("US$5.00").waitFor();
    for (const name of [/^Move to/, /^New deal/, /^Save/, /^Delete/]) {
      expect(await page.getByRole("button", { name }).count()).toBe(0);
    }
    await view.expectSound();
    expect(writes).toEqual([]);
    expect(await stageOf(id)).toBe("Lead");
    await page.context().close();
  });

  test("loads a page of a stage at a time", async () => {
    const { workspace, deals } = await dealsWorld();
    await deals(Array.from({ length: 45 }, (_, n) => ({ title: `Deal ${n}`, value: 10 })));
    const view = await consoleView({ workspace });
    const { page } = view;
    await view.open("/deals");
    const cards = lane(page, "Lead").getByRole("listitem");
    await lane(page, "Lead").getByText("45 deals").waitFor();
    await lane(page, "Lead").getByText("US$450.00").waitFor();
    for (const shown of [20, 40, 45]) {
      await expect.poll(() => cards.count()).toBe(shown);
      if (shown < 45) await page.getByRole("button", { name: "Show more of Lead" }).click();
    }
    expect(await page.getByRole("button", { name: "Show more of Lead" }).count()).toBe(0);
    await page.context().close();
  });
});
