import type { Page } from "playwright-core";

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
