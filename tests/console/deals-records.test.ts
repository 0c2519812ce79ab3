import { describe, expect, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { consoleView } from "../support/console.ts";
import { dealsWorld, lane } from "../support/console-deals.ts";

const HOSTILE = [
  `<img src=x onerror="document.title='run'"><script>document.title='run'</script>`,
  "\u202eمرحبا بالعالم",
  "🏳️‍🌈 " + "W".repeat(490),
];

describe.runIf(browserPath())("deals", () => {
  test("are made, changed and deleted, and what is wrong is told beside its field", async () => {
    const { workspace } = await dealsWorld();
    const { api } = workspace;
    await api.post("v1-public-companies", { name: "Globex", domain: "globex.example" });
    const view = await consoleView({ workspace });
    const { page } = view;
    await view.open("/deals");
    await page.getByText("No deals in this pipeline yet.").waitFor();
    await page.getByRole("button", { name: "New deal" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Title").fill("40 seats");
    await dialog.getByLabel("Value").fill("1.200,50");
    await dialog.getByRole("button", { name: "Make the deal" }).click();
    await dialog.getByText("Must be a number of at most 15 digits, such as 1200.50.").waitFor();
    await dialog.getByLabel("Value").fill("1200.5");
    await dialog.getByLabel("Currency").fill("euro");
    await dialog.getByRole("button", { name: "Make the deal" }).click();
    await expect.poll(() => dialog.getByLabel("Currency").getAttribute("aria-invalid"))
      .toBe("true");
    await dialog.getByLabel("Currency").fill("EUR");
    await dialog.getByLabel("Stage").selectOption("Proposal");
    await dialog.getByLabel("Company").fill("glob");
    await dialog.getByRole("button", { name: "Globex" }).click();
    await view.expectSound();
    await dialog.getByRole("button", { name: "Make the deal" }).click();
    const card = lane(page, "Proposal").getByRole("button", { name: "40 seats", exact: true });
    await card.waitFor();
    const { items: [made] } = (await api.get("v1-public-deals")).body.data;
    expect(made).toMatchObject({
      title: "40 seats",
      value: 1200.5,
      currency: "EUR",
      stage: "Proposal",
      assigned_to: view.user.id,
      company_id: expect.any(String),
    });

    await card.click();
    await dialog.getByText("Globex").waitFor();
    const forecast = dialog.getByRole("region", { name: "Forecast" });
    await forecast.getByRole("cell", { name: "Stage Proposal" }).waitFor();
    await forecast.getByText(/^\d+% \(unchanged\)$/).waitFor();
    await dialog.getByLabel("Value").fill("");
    await dialog.getByRole("button", { name: "Remove the company" }).click();
    await dialog.getByRole("button", { name: "Save" }).click();
    await lane(page, "Proposal").getByText("No value").waitFor();
    const { body: { data: changed } } = await api.get(`v1-public-deals?id=${made.id}`);
    expect(changed).toMatchObject({ value: null, company_id: null, currency: "EUR" });

    await card.click();
    await dialog.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog", { name: "Delete the deal?" })
      .getByRole("button", { name: "Delete" }).click();
    await page.getByText("No deals in this pipeline yet.").waitFor();
    expect((await api.get(`v1-public-deals?id=${made.id}`)).status).toBe(404);
    await page.context().close();
  });

  test("are found in a table too, whose filters are in the page's address", async () => {
    const { workspace, deals } = await dealsWorld();
    await deals([
      ...Array.from({ length: 30 }, (_, n) => ({ title: `Lead ${n}` })),
      { title: "Sold one", stage: "Won", value: 7 },
    ]);
    const view = await consoleView({ workspace });
    const { page } = view;
    await view.open("/deals?view=table&sort=title");
    await page.getByText("1–25 of 31 deals").waitFor();
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByRole("button", { name: "Sold one" }).waitFor();
    await page.getByLabel("Stage").selectOption("Won");
    await page.getByText("1–1 of 1 deals").waitFor();
    expect(page.url()).toMatch(/view=table&sort=title&stage=Won$/);
    await page.reload();
    await page.getByRole("button", { name: "Sold one" }).waitFor();
    await page.getByLabel("Search").fill("nothing such");
    await page.getByText("No deals here.").waitFor();
    await page.context().close();
  });

  test.each(
    [
      ["wide and light", { colorScheme: "light", viewport: { width: 1280, height: 800 } }],
      ["narrow and dark", { colorScheme: "dark", viewport: { width: 360, height: 740 } }],
    ] as const,
  )("with hostile titles do no harm, %s", async (_, options) => {
    const { workspace, deals } = await dealsWorld();
    await deals(HOSTILE.map((title) => ({ title, value: 1e15, currency: "XXX" })));
    const view = await consoleView({ workspace, ...options });
    const { page } = view;
    for (const path of ["/deals", "/deals?view=table"]) {
      await view.open(path);
      await page.getByRole("button", { name: HOSTILE[0] ?? "", exact: true }).waitFor();
      await view.expectSound();
    }
    expect(await page.title()).toBe("Deals · Lumenbase");
    await page.context().close();
  });
});
