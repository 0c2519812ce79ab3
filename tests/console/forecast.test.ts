import { describe, expect, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { type ConsoleView, consoleView } from "../support/console.ts";
import { dealsWorld } from "../support/console-deals.ts";
import { drawnIn, keepDrawn, rowsOf, sold } from "../support/console-figures.ts";

const SIZES = [
  ["wide and light", { colorScheme: "light", viewport: { width: 1280, height: 800 } }],
  ["narrow and dark", { colorScheme: "dark", viewport: { width: 360, height: 740 } }],
] as const;

interface Period {
  deal_count: number;
  weighted_value: number;
  commit: number;
  best_case: number;
  won_value: number;
}

const money = (value: number) =>
  new Intl.NumberFormat("en-GB", { style: "currency", currency: "USD" }).format(value);

async function read(view: ConsoleView, path: string) {
  return (await view.user.api.get(path)).body.data;
}

describe.runIf(browserPath())("what is expected and what was", () => {
  test.each(SIZES)("is told in tables by the numbers of the API, %s", async (_, options) => {
    const world = await dealsWorld();
    await sold(world);
    const view = await consoleView({ workspace: world.workspace, role: "viewer", ...options });
    const { page } = view;
    const answered = page.waitForResponse(/forecast\/pipeline\?/);
    await view.open("/forecast");
    const { data: { periods } } = await (await answered).json();
    const rows = await rowsOf(page, "What is expected by period");
    expect(rows.map((cells) => cells.slice(1, 6))).toEqual(
      periods.map((one: Period) =>
        [String(one.deal_count)].concat(
          [one.weighted_value, one.commit, one.best_case, one.won_value].map(money),
        )
      ),
    );
    const risky = await rowsOf(page, "Deals at risk");
    expect(risky.map((cells) => cells.slice(0, 3).join(" "))).toContainEqual(
      expect.stringMatching(/^Overdue At risk \d+ \d+ days past its close date/),
    );
    await page.getByText("Besides, in EUR").waitFor();
    await page.getByRole("button", { name: /^Show deals/ }).first().click();
    await expect.poll(async () => (await page.getByText("Soon <b>").count()) > 0).toBe(true);
    await view.expectSound();
    await page.context().close();
  });

  test.each(SIZES)("is added up on dashboards, %s", async (_, options) => {
    const world = await dealsWorld();
    await sold(world);
    const view = await consoleView({ workspace: world.workspace, ...options });
    const { page } = view;
    const lead = { first_name: "Ada", last_name: "Roe", email: "ada@acme.example" };
    expect((await view.user.api.post("lead/add", lead)).status).toBe(201);
    await view.open("/dashboards?days=7");
    expect(await rowsOf(page, "Top accounts")).toEqual([
      ["Initech", "US$1,000.00", "US$300.00", "2", "0"],
    ]);
    const { by_status: statuses } = (await read(view, "dashboard/overview")).leads;
    expect(await rowsOf(page, "Leads by status")).toEqual(
      statuses.map((
        { status_text, count }: { status_text: string; count: number },
      ) => [status_text, String(count)]),
    );
    expect((await rowsOf(page, "Age of open leads"))[0]?.slice(0, 2)).toEqual(["0-7 days", "1"]);
    expect((await rowsOf(page, "Days with new leads"))[0]?.[1]).toBe("1");
    await view.expectSound();
    await page.getByLabel("Of the last").selectOption("Other days");
    await page.getByLabel("From").fill("2026-02-01");
    await page.getByLabel("To", { exact: true }).fill("2026-01-01");
    await page.getByText("Must not be after end_date").first().waitFor();
    await page.context().close();
  });

  test("is made a dashboard of, which others may see and not change", async () => {
    const world = await dealsWorld();
    await sold(world);
    await world.deals(Array.from({ length: 31 }, (_, day) => ({
      title: `Old ${day}`,
      stage: "Won",
      expected_close_date: `2001-01-${String(day + 1).padStart(2, "0")}`,
    })));
    const view = await consoleView({ workspace: world.workspace, ...SIZES[1][1] });
    const { page } = view;
    await view.open("/dashboards/saved");
    await page.getByText("No dashboard yet.").waitFor();
    await page.getByRole("button", { name: "New dashboard" }).click();
    await page.getByLabel("Name", { exact: true }).fill("فروش <b>");
    await page.getByLabel("Who sees it").selectOption("workspace");
    await page.getByRole("button", { name: "Make the dashboard" }).click();
    await page.getByRole("heading", { level: 1, name: "فروش <b>" }).waitFor();
    const dialog = page.getByRole("dialog");
    const figure = async (title: string, fields: Record<string, string>) => {
      await page.getByRole("button", { name: "New figure" }).click();
      for (const [label, value] of Object.entries(fields)) {
        await dialog.getByLabel(label, { exact: true }).selectOption(value);
      }
      await dialog.getByLabel("Title").fill(title);
    };
    await figure("Open", { "Of what": "deals", Measure: "sum", "For each": "stage" });
    await dialog.getByRole("button", { name: "Only some of them" }).click();
    await dialog.getByLabel("Whose").selectOption("status");
    await dialog.getByRole("button", { name: "Add the figure" }).click();
    await dialog.getByText("Must not be empty; is_null finds what has none").waitFor();
    await view.expectSound();
    await dialog.getByLabel("Value", { exact: true }).fill("open");
    await dialog.getByRole("button", { name: "Add the figure" }).click();
    expect(await rowsOf(page, "Open")).toEqual([
      ["Negotiation", money(4000.5)],
      ["Lead", money(1000)],
      ["Proposal", money(70)],
    ]);
    const [{ id, definition }] = await read(view, "dashboards");
    const query = { query_id: "pipeline_value" };
    const elsewhere = { id: "elsewhere", type: "number", title: "Made elsewhere", query };
    const widgets = [...definition.widgets, elsewhere];
    const put = await view.user.api.put(`dashboards/${id}`, { definition: { widgets } });
    expect(put.status, put.text).toBe(200);
    await figure("Won", { "What it tells": "won_over_time", Interval: "month" });
    await dialog.getByText("Of deals in USD alone.").waitFor();
    await dialog.getByRole("button", { name: "Add the figure" }).click();
    expect((await rowsOf(page, "Won")).map(([, value]) => value)).toEqual([money(300)]);
    await page.getByRole("region", { name: "Made elsewhere" }).getByText(money(5070.5)).waitFor();
    await page.getByRole("button", { name: "Change Won" }).click();
    const others = (await read(view, "dashboards"))[0].definition.widgets;
    const renamed = others.map((one: { title: string }) =>
      one.title === "Won" ? { ...one, title: "Won by them" } : one
    );
    const again = await view.user.api.put(`dashboards/${id}`, { definition: { widgets: renamed } });
    expect(again.status, again.text).toBe(200);
    await dialog.getByLabel("Title").fill("Won by me");
    await dialog.getByRole("button", { name: "Save" }).click();
    await dialog.getByText("Somebody changed this figure meanwhile").waitFor();
    await view.expectSound();
    await dialog.getByRole("button", { name: "Load the other’s change" }).click();
    await expect.poll(() => dialog.getByLabel("Title").inputValue()).toBe("Won by them");
    await dialog.getByLabel("Title").fill("Won by both");
    await dialog.getByRole("button", { name: "Save" }).click();
    await page.getByRole("button", { name: "Move Won by both up" }).press("Enter");
    const titles = () => page.getByRole("heading", { level: 2 }).allTextContents();
    await expect.poll(titles).toEqual(["Open", "Won by both", "Made elsewhere"]);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    await expect.poll(focused).toBe("Move Won by both up");
    const { definition: now } = (await read(view, "dashboards"))[0];
    expect(now.widgets.map((one: { query: object }) => one.query))
      .toEqual([widgets[0].query, others[2].query, query]);
    await keepDrawn(page);
    await figure("Days", { "Of what": "deals", "For each": "expected_close_date", By: "day" });
    await dialog.getByRole("button", { name: "Add the figure" }).click();
    await page.getByText("The last 30 of 36 are drawn").waitFor();
    const days = (await rowsOf(page, "Days")).map(([day]) => day);
    expect(days.slice(0, 7)).toEqual([1, 2, 3, 4, 5, 6, 7].map((day) => `${day} Jan 2001`));
    await expect.poll(() => drawnIn(page, "Days")).toContain("7 Jan 2001");
    expect(await drawnIn(page, "Days")).not.toContain("1 Jan 2001");
    await view.expectSound();

    const other = await consoleView({ workspace: world.workspace, role: "viewer" });
    await other.open("/dashboards/saved");
    expect(await other.page.getByRole("button", { name: "New dashboard" }).count()).toBe(0);
    await other.page.getByRole("link", { name: "فروش <b>" }).click();
    expect((await rowsOf(other.page, "Won by both")).length).toBe(1);
    await other.expectSound();
    expect(await other.page.getByRole("button", { name: /New figure|Remove|Delete/ }).count()).toBe(
      0,
    );
    await other.page.context().close();

    await page.getByRole("button", { name: "Delete" }).click();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await page.getByText("No dashboard yet.").waitFor();
    await page.context().close();
  });

  test("says what to do where there is nothing yet", async () => {
    const view = await consoleView();
    await view.open("/forecast");
    await view.page.getByText("Nothing is expected yet.").waitFor();
    await view.page.getByText("No deal is at risk").waitFor();
    await view.open("/dashboards");
    await view.page.getByText("No company has deals yet.").waitFor();
    await view.page.getByRole("table").first().waitFor();
    await view.expectSound();
    await view.page.context().close();
  });
});
