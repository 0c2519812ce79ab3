import { describe, expect, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { consoleView } from "../support/console.ts";
import { fillDialog, leads, show } from "../support/console-records.ts";

describe.runIf(browserPath())("several leads in the console, and who may what", () => {
  test("several are changed at once, and deleted", async () => {
    const view = await consoleView();
    const { page, user } = view;
    await leads(view, 3);
    await show(view, "/leads", "Leads");
    await page.getByLabel("Choose Jane Roe01").check();
    await page.getByLabel("Choose Jane Roe03").check();
    await page.getByRole("button", { name: "Change 2 leads…" }).click();
    const dialog = page.getByRole("dialog", { name: "Change 2 leads" });
    await dialog.getByLabel("New status").selectOption("Qualified");
    await dialog.getByLabel("Assign to").selectOption("Jane Roe");
    await fillDialog(view, "Change 2 leads", { "Tag to add": "Fair" }, "Change");
    await page.getByText("Changed: 2 leads.").waitFor();
    const changed = { status: 3, assigned_to: user.number, tags: [{ name: "Fair" }] };
    const order = "lead/list?order_by=last_name&order_in=ASC";
    expect(await user.api.read(order)).toMatchObject([changed, { status: 2, tags: [] }, changed]);
    await page.getByLabel("Choose all of this page").check();
    await view.expectSound();
    await page.getByLabel("Choose Jane Roe02").uncheck();
    await page.getByRole("button", { name: "Delete 2 leads" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete 2 leads" }).click();
    await page.getByText("1–1 of 1").waitFor();
    expect(await user.api.read("lead/list")).toMatchObject([{ last_name: "Roe02" }]);
    await page.context().close();
  });

  test("a viewer is offered no writing, and a rep what a rep may", async () => {
    const admin = await consoleView();
    const { workspace } = admin;
    const [id] = await leads(admin, 1);
    await admin.page.context().close();
    const viewer = await consoleView({ workspace, role: "viewer" });
    await show(viewer, "/leads", "Leads");
    expect(await viewer.page.getByRole("button", { name: /New lead|Save as view/ }).count()).toBe(
      0,
    );
    expect(await viewer.page.getByRole("checkbox").count()).toBe(0);
    await show(viewer, `/leads/${id}`, "Jane Roe01");
    const writing = /Edit|Delete|Add|Remove|Plan/;
    expect(await viewer.page.getByRole("button", { name: writing }).count()).toBe(0);
    expect(await viewer.page.getByRole("combobox").count()).toBe(0);
    await viewer.expectSound();
    await viewer.page.context().close();
    const rep = await consoleView({ workspace, role: "rep" });
    await show(rep, `/leads/${id}`, "Jane Roe01");
    await rep.page.getByRole("button", { name: "Edit", exact: true }).waitFor();
    expect(await rep.page.getByRole("button", { name: "Delete" }).count()).toBe(0);
    const choices = rep.page.getByLabel("Assigned to").getByRole("option");
    await expect.poll(() => choices.allTextContents()).toEqual(["Nobody", "Jane Roe"]);
    await rep.page.context().close();
  });
});
