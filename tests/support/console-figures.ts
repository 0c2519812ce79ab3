import type { Page } from "playwright-core";
import type { DealsWorld } from "./console-deals.ts";

/** Deals in two currencies, of two months, one won. */
export async function sold({ workspace, deals }: DealsWorld): Promise<void> {
  const { body } = await workspace.api.post("v1-public-companies", { name: "Initech" });
  const due = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await deals([
    { title: "Soon <b>", value: 1000, expected_close_date: due(0), company_id: body.data.id },
    { title: "Late", value: 4000.5, expected_close_date: due(45), stage: "Negotiation" },
    { title: "Overdue", value: 70, expected_close_date: due(-20), stage: "Proposal" },
    { title: "In euro", value: 50, currency: "EUR", expected_close_date: due(1) },
    { title: "Sold", value: 300, stage: "Won", company_id: body.data.id },
  ]);
}

/** The rows of a table, each its cells' texts. */
export async function rowsOf(page: Page, name: string): Promise<string[][]> {
  const table = page.getByRole("table", { name, exact: true });
  await table.waitFor();
  const rows = await table.getByRole("row").all();
  const texts = await Promise.all(rows.map((row) => row.getByRole("cell").allInnerTexts()));
  return texts.filter((cells) => cells.length > 0);
}

/** Lets canvases keep the texts that are drawn on them. */
export async function keepDrawn(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { prototype } = CanvasRenderingContext2D;
    const { fillText } = prototype;
    prototype.fillText = function (text, ...where) {
      this.canvas.dataset.drawn = `${this.canvas.dataset.drawn ?? ""}${text}\n`;
      fillText.call(this, text, ...where);
    };
  });
}

/** The texts that a plot drew since then: what its bars are of, and the values beside them. */
export async function drawnIn(page: Page, name: string): Promise<string[]> {
  const canvas = page.getByRole("img", { name, exact: true }).locator("canvas");
  return (await canvas.getAttribute("data-drawn") ?? "").split("\n");
}
