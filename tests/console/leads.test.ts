import { describe, expect, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { type ConsoleView, consoleView } from "../support/console.ts";
import { fillDialog, settled, show } from "../support/console-records.ts";

/** Makes so many leads, one after another: `Jane Roe01`, `Jane Roe02`, … */
async function leads(view: ConsoleView, count: number): Promise<number[]> {
  const ids = [];
  for (let n = 1; n <= count; n++) {
    const last_name = `Roe${String(n).padStart(2, "0")}`;
    const lead = await view.user.api.made("lead/add", {
      first_name: "Jane",
      last_name,
      email: `${last_name}@example.com`,
      status: n % 2 === 0 ? 2 : 1,
    });
    ids.push(lead.id);
  }
  return ids;
}

const rows = ({ page }: ConsoleView) => page.getByRole("table").getByRole("link");

describe.runIf(browserPath())("leads in the console", () => {
  test("one is added, told what is wrong, worked on and deleted", async () => {
    const view = await consoleView();
    const { page, user } = view;
    await show(view, "/leads", "Leads");
    await page.getByText("No leads yet.").waitFor();
    await view.expectSound();
    await page.getByRole("button", { name: "New lead" }).click();
    await fillDialog(view, "New lead", {
      "First name": "J",
      "Last name": "Roe",
      Email: "jane@",
    }, "Add lead");
    const dialog = page.getByRole("dialog", { name: "New lead" });
    await dialog.getByText("Must have 2 to 50 characters").waitFor();
    expect(await dialog.getByLabel("Email").getAttribute("aria-invalid")).toBe("true");
    await view.expectSound();
    await fillDialog(view, "New lead", {
      "First name": "Jane",
      Email: "jane@example.com",
      Company: "Acme",
    }, "Add lead");
    await page.getByRole("heading", { level: 1, name: "Jane Roe" }).waitFor();
    const [made] = await user.api.read("lead/list");
    expect(made).toMatchObject({
      email: "jane@example.com",
      company: "Acme",
      assigned_to: user.number,
    });

    await page.getByLabel("Status").selectOption("Qualified");
    await page.getByText("Status: New → Qualified").waitFor();
    await page.getByLabel("Assigned to").selectOption("Nobody");
    await page.getByText("Unassigned", { exact: true }).waitFor();
    await page.getByLabel("New tag").fill("VIP");
    await page.getByRole("button", { name: "Add tag" }).click();
    await page.getByRole("button", { name: "Remove tag VIP" }).waitFor();
    await page.getByText("Add a note").click();
    await page.getByLabel("Title").fill("Called");
    await page.getByLabel("Note", { exact: true }).fill("Wants 40 seats.");
    await page.getByRole("button", { name: "Add note" }).click();
    await page.getByText("Wants 40 seats.").waitFor();
    await page.getByText("Note added: Called").waitFor();
    await page.getByText("Plan a follow-up").click();
    await page.getByRole("button", { name: "Plan follow-up" }).click();
    await page.locator(".wrong").first().waitFor();
    await page.getByLabel("When").fill("2040-01-02T03:04");
    await page.getByRole("button", { name: "Plan follow-up" }).click();
    await page.getByText("2 Jan 2040, 03:04").waitFor();
    await page.getByRole("button", { name: "Edit custom fields" }).click();
    await fillDialog(view, "Custom fields", { "New field": "Plan", "Its value": "Pro" }, "Save");
    await page.getByRole("definition").filter({ hasText: "Pro" }).waitFor();
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await fillDialog(view, "Edit lead", { "Job title": "Buyer", Phone: "" }, "Save");
    await page.getByText("Updated: job_title").waitFor();
    await settled(view);
    await view.expectSound();
    expect(await user.api.read(`lead/view/${made.id}`)).toMatchObject({
      status: 3,
      assigned_to: null,
      job_title: "Buyer",
      tags: [{ name: "VIP" }],
      custom_fields: { Plan: "Pro" },
    });

    await page.getByRole("button", { name: "Remove tag VIP" }).click();
    await page.getByText("No tags yet.").waitFor();
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    const asked = page.getByRole("dialog", { name: "Delete this lead?" });
    await asked.getByText("Its contact, deals").waitFor();
    await view.expectSound();
    await asked.getByRole("button", { name: "Delete" }).click();
    await page.getByText("No leads yet.").waitFor();
    expect(await user.api.read("lead/list")).toEqual([]);
    await page.context().close();
  });

  test("a second one of an email leads to the first", async () => {
    const view = await consoleView();
    const [id] = await leads(view, 1);
    await show(view, "/leads", "Leads");
    await view.page.getByRole("button", { name: "New lead" }).click();
    await fillDialog(view, "New lead", {
      "First name": "Jane",
      "Last name": "Roe",
      Email: "roe01@example.com",
    }, "Add lead");
    await view.page.getByText("Another lead has this email").waitFor();
    await view.page.getByRole("link", { name: "Open the one that is there" }).click();
    await view.page.getByRole("heading", { level: 1, name: "Jane Roe01" }).waitFor();
    expect(view.page.url()).toContain(`#/leads/${id}`);
    await view.page.context().close();
  });

  test("a list is paged, searched, filtered by its address, and kept as a view", async () => {
    const view = await consoleView({
      colorScheme: "dark",
      viewport: { width: 360, height: 740 },
    });
    const { page, user } = view;
    await leads(view, 27);
    await show(view, "/leads", "Leads");
    expect(await rows(view).count()).toBe(25);
    await page.getByRole("button", { name: "Next" }).click();
    await page.getByText("26–27 of 27").waitFor();
    expect(await rows(view).allTextContents()).toEqual(["Jane Roe02", "Jane Roe01"]);
    await page.getByLabel("Search").fill("roe1");
    await page.getByText("1–10 of 10").waitFor();
    await page.getByLabel("Status").selectOption("Contacted");
    await page.getByLabel("Order").selectOption("Last name, A to Z");
    await page.getByText("1–5 of 5").waitFor();
    const wanted = ["10", "12", "14", "16", "18"].map((n) => `Jane Roe${n}`);
    await expect.poll(() => rows(view).allTextContents()).toEqual(wanted);
    await view.expectSound();

    await page.getByRole("button", { name: "Save as view…" }).click();
    await fillDialog(view, "Save as view", { Name: "Contacted tens" }, "Save view");
    await page.getByRole("button", { name: "Delete view" }).waitFor();
    const [saved] = await user.api.read("custom-view/list");
    expect(saved).toMatchObject({
      view_name: "Contacted tens",
      visibility: "private",
      filters: { search_value: "roe1", status: "2" },
      sorting: { order_by: "last_name", order_in: "ASC" },
    });
    await page.getByLabel("View").selectOption("All leads");
    await page.getByText("1–25 of 27").waitFor();
    expect(await page.getByLabel("Search").inputValue()).toBe("");
    await page.getByLabel("View").selectOption("Contacted tens");
    await page.getByText("1–5 of 5").waitFor();
    await page.reload();
    await page.getByText("1–5 of 5").waitFor();
    expect(await page.getByLabel("Search").inputValue()).toBe("roe1");
    await page.getByLabel("Search").fill("roe18");
    await page.getByText("1–1 of 1").waitFor();
    await page.getByRole("button", { name: "Save view", exact: true }).click();
    await page.getByRole("button", { name: "Save view", exact: true }).waitFor({
      state: "detached",
    });
    expect((await user.api.read("custom-view/list"))[0].filters.search_value).toBe("roe18");
    await page.getByRole("button", { name: "Delete view" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete view" }).click();
    await page.getByText("View deleted.").waitFor();
    expect(await user.api.read("custom-view/list")).toEqual([]);
    await page.getByLabel("Search").fill("nobody has this name");
    await page.getByText("No lead fits these filters.").waitFor();
    await page.getByRole("button", { name: "Show all" }).click();
    await page.getByText("1–25 of 27").waitFor();
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
