import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { browserPath } from "../support/browser.ts";
import { consoleView } from "../support/console.ts";
import { contactIn } from "../support/contact-merges.ts";
import { testWorkspace } from "../support/workspace.ts";

const CRUD = "v1-public-contacts-crud";

/** A workspace with two contacts of a name, of whom one has a deal. */
async function twoOfAName(more: Json = {}) {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const keep = await contactIn(workspace, {
    email: "jane@acme.example",
    last_name: "Roe",
    title: "CTO",
    company_name: "Acme",
  });
  const merge = await contactIn(workspace, {
    email: "j.roe@home.example",
    first_name: "Jane",
    last_name: "Roe",
    title: "CEO",
    company_name: "Globex",
    ...more,
  });
  await api.post("v1-public-deals", { title: "Licence", contact_id: merge });
  return { workspace, api, keep, merge };
}

describe.runIf(browserPath())("merging contacts", () => {
  test("two contacts are merged field by field, and parted again by Undo", async () => {
    const { workspace, api, keep, merge } = await twoOfAName();
    const { page, open, expectSound } = await consoleView({ workspace });
    await open(`/contacts/${keep}`);
    await page.getByRole("link", { name: "Merge…" }).click();
    await page.getByRole("heading", { name: "Which contact is the same person?" }).waitFor();
    await expectSound();
    await page.getByRole("button", { name: /^Choose Jane Roe/ }).click();
    const row = (field: string) => page.getByRole("row").filter({ hasText: field });
    await row("First name").getByText("Jane").last().waitFor();
    await page.getByLabel("Job title: CEO").check();
    await expect.poll(() => row("Job title").getByRole("cell").last().innerText()).toBe("CEO");
    const deals = page.getByRole("definition").filter({ hasText: /^1$/ });
    expect(await deals.count()).toBeGreaterThan(0);
    await expectSound();
    await page.getByRole("button", { name: "Merge the contacts" }).click();
    const undo = page.getByRole("button", { name: "Undo" });
    await undo.waitFor();
    expect((await api.get(`${CRUD}?id=${keep}`)).body.data)
      .toMatchObject({ first_name: "Jane", title: "CEO", email: "jane@acme.example" });
    expect((await api.get(`${CRUD}?id=${merge}`)).status).toBe(404);
    await undo.click();
    await page.getByText("The merge is undone.").waitFor();
    await expect.poll(() => page.url()).toContain(`#/contacts/${merge}`);
    expect((await api.get(`${CRUD}?id=${merge}`)).body.data.title).toBe("CEO");
    expect((await api.get(`${CRUD}?id=${keep}`)).body.data)
      .toMatchObject({ first_name: null, title: "CTO" });
  });

  test("the other contact can be kept instead, on a narrow dark screen too", async () => {
    const { workspace, keep, merge } = await twoOfAName();
    const { page, open, expectSound } = await consoleView({
      workspace,
      viewport: { width: 360, height: 740 },
      colorScheme: "dark",
    });
    await open(`/contacts/${keep}/merge?with=${merge}`);
    await page.getByRole("button", { name: "Merge the contacts" }).waitFor();
    await expectSound();
    await page.getByRole("button", { name: "Keep the other instead" }).click();
    await page.getByText("Kept: Jane Roe").waitFor();
    await page.getByRole("button", { name: "Merge the contacts" }).waitFor();
  });

  test("what is stored is shown harmless", async () => {
    const hostile = `<img src=x onerror=alert(1)> ‮אבג ${"x".repeat(200)}`;
    const { workspace, keep, merge } = await twoOfAName({ first_name: hostile, title: hostile });
    const { page, open, expectSound } = await consoleView({ workspace });
    await open(`/contacts/${keep}/merge`);
    await page.getByRole("button", { name: /^Choose <img/ }).waitFor();
    await expectSound();
    await open(`/contacts/${keep}/merge?with=${merge}`);
    await page.getByRole("button", { name: "Merge the contacts" }).waitFor();
    await expectSound();
  });

  test("a viewer may not, and a contact that is gone is told", async () => {
    const { workspace, keep, merge } = await twoOfAName();
    const viewer = await consoleView({ workspace, role: "viewer" });
    await viewer.open(`/contacts/${keep}/merge?with=${merge}`);
    await viewer.page.getByRole("heading", { name: "Not for your role" }).waitFor();
    expect(await viewer.page.getByRole("button", { name: "Merge the contacts" }).count()).toBe(0);
    await viewer.page.context().close();
    const { page, open } = await consoleView({ workspace });
    await open(`/contacts/${keep}/merge?with=${workspace.id}`);
    await page.getByRole("alert").getByText("No contact with id").waitFor();
  });
});
