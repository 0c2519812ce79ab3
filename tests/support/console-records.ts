import { expect } from "vitest";
import type { ConsoleView } from "./console.ts";

/** Texts that do harm where a page takes them for anything else than text. */
export const HOSTILE = {
  script: "<script>document.title='harmed'</script>",
  image: "<img src=x onerror=\"document.title='harmed'\">",
  backwards: "مرحبا بالعالم \u202Eevil\u202C",
  emoji: "👩‍👩‍👧‍👦🧑🏽‍🚀",
  wide: "W".repeat(250),
  endless: "x".repeat(10_000),
};

/** Waits until nothing of a page is being loaded any more. */
export async function settled({ page }: ConsoleView): Promise<void> {
  await expect.poll(async () => await page.getByText("Loading…").count()).toBe(0);
}

/** Goes to a page of a record or list, and waits for its heading and all that it loads. */
export async function show(view: ConsoleView, path: string, title: string): Promise<void> {
  await view.open(path);
  await view.page.getByRole("heading", { level: 1, name: title, exact: true }).waitFor();
  await settled(view);
}

/** Fills the fields of a dialog, by their labels, and sends it. */
export async function fillDialog(
  { page }: ConsoleView,
  title: string,
  texts: Readonly<Record<string, string>>,
  submit: string,
): Promise<void> {
  const dialog = page.getByRole("dialog", { name: title });
  for (const [label, text] of Object.entries(texts)) {
    await dialog.getByLabel(label, { exact: true }).fill(text);
  }
  await dialog.getByRole("button", { name: submit, exact: true }).click();
}
