import { describe, expect, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { type ConsoleView, consoleView } from "../support/console.ts";
import { LeadHubClient, record } from "../support/leadhub.ts";
import { gatewayUrl } from "../support/workspace.ts";

const HOSTILE = `${"long ".repeat(40)}<script>document.title = "taken"</script> ‏مرحبا 🎈`;

/** LeadHub, as the user of the view. */
function leadHubOf({ user }: ConsoleView): LeadHubClient {
  return new LeadHubClient(gatewayUrl(), user.api.key);
}

/** Chooses of a control with a label. */
async function choose({ page }: ConsoleView, label: string, choice: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).selectOption({ label: choice });
}

describe.runIf(browserPath())("in a browser", () => {
  test("an automation that is made in the form fires, and its run is seen", async () => {
    const view = await consoleView({ viewport: { width: 360, height: 740 }, colorScheme: "dark" });
    const { page } = view;
    await view.open("/automations");
    await page.getByText("There are no automations yet.").waitFor();
    await page.getByRole("link", { name: "New automation" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Welcome");
    await choose(view, "What happens", "A lead is created");
    await page.getByRole("button", { name: "Add a condition" }).click();
    await page.getByLabel("Value").fill("fair");
    await page.getByLabel("Tag").fill("welcomed");
    await page.getByRole("button", { name: "Add an action" }).click();
    await choose(view, "Action 2", "Assign to users in turn");
    await page.getByRole("group", { name: "Users, in turn" }).getByLabel("Jane Roe").check();
    await page.getByRole("button", { name: "Move action 2 up" }).click();
    await view.expectSound();
    await page.getByRole("button", { name: "Make the automation" }).click();
    await page.getByRole("heading", { name: "Welcome" }).waitFor();
    await page.getByText("Source is “fair”").waitFor();
    await page.getByText("It has not run yet").waitFor();
    const api = leadHubOf(view);
    const { id } = await api.made("leads", { first_name: "Sarah", source: "Fair" });
    await page.getByRole("link", { name: `Lead ${id}` }).waitFor();
    await expect.poll(async () => record(await api.get(`leads/${id}`)).tags).toEqual(["welcomed"]);
    await page.getByRole("button", { name: "Look again" }).click();
    const run = page.getByRole("row").filter({ hasText: `Lead ${id}` });
    await run.getByText("Assign to users in turn succeeded").waitFor();
    await run.getByText("Add a tag succeeded").waitFor();
    await view.expectSound();
    await page.context().close();
  });

  test("each field that is wrong is named beside it, and what is mended is taken", async () => {
    const view = await consoleView();
    const { page } = view;
    await view.open("/automations/new");
    await choose(view, "What happens", "Nothing happens with a lead");
    await page.getByLabel("For so many days").fill("soon");
    await choose(view, "Action 1", "Wait");
    await page.getByLabel("For", { exact: true }).fill("many");
    await page.getByRole("button", { name: "Make the automation" }).click();
    const mistakeOf = (label: string) =>
      page.locator(".field", { has: page.getByLabel(label, { exact: true }) }).locator(".wrong");
    await mistakeOf("Name").waitFor();
    expect(await mistakeOf("For so many days").textContent()).toMatch(/whole number/);
    expect(await mistakeOf("For").textContent()).toMatch(/duration/);
    await expect.poll(() =>
      page.evaluate(() => document.activeElement?.getAttribute("aria-invalid"))
    ).toBe("true");
    await view.expectSound();
    await page.getByLabel("Name", { exact: true }).fill(HOSTILE.slice(0, 250));
    await page.getByLabel("For so many days").fill("3");
    await page.getByLabel("For", { exact: true }).fill("2");
    await page.getByRole("button", { name: "Make the automation" }).click();
    await page.getByText("Wait: for 2 days").waitFor();
    await view.expectSound();
    expect(await page.title()).not.toBe("taken");
    await page.context().close();
  });

  test("one that is changed keeps what was not, is turned off, and deleted once that is confirmed", async () => {
    const view = await consoleView();
    const { page } = view;
    const api = leadHubOf(view);
    const given = {
      name: "Follow up",
      trigger: { type: "lead.updated", fields: ["status", "custom_fields.plan"] },
      conditions: {
        match: "any",
        rules: [{ field: "tags", operator: "in", value: ["a", "b, c"] }],
      },
      actions: [
        { type: "create_task", title: "Call {{lead.first_name}}", due_in_days: 2 },
        { type: "wait", duration: "P1M" },
      ],
    };
    const { id } = await api.made("automations", given);
    await view.open(`/automations/${id}/change`);
    await page.getByLabel("Name", { exact: true }).fill("Follow up later");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("heading", { name: "Follow up later" }).waitFor();
    expect(record(await api.get(`automations/${id}`)))
      .toMatchObject({ ...given, name: "Follow up later" });
    await page.getByRole("button", { name: "Turn off" }).click();
    await page.getByRole("button", { name: "Turn on" }).waitFor();
    expect(record(await api.get(`automations/${id}`))).toMatchObject({ is_active: false });
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText("There are no automations yet.").waitFor();
    await page.context().close();
  });

  test("a run that failed says why, and goes on once what was wrong is mended", async () => {
    const view = await consoleView();
    const { page } = view;
    const api = leadHubOf(view);
    const user = await api.made("users", { name: "Uma", email: "uma@example.com" });
    const { id } = await api.made("automations", {
      name: "Hand over",
      trigger: { type: "lead.created" },
      actions: [{ type: "assign_user", user_id: user.id }],
    });
    await api.patch(`users/${user.id}`, { status: "inactive" });
    await api.made("leads", { first_name: "Sarah" });
    await expect.poll(() => api.listed(`automations/${id}/runs?status=failed`)).toHaveLength(1);
    await view.open(`/automations/${id}?status=failed`);
    await page.getByText("The user is inactive.").first().waitFor();
    await api.patch(`users/${user.id}`, { status: "active" });
    await page.getByRole("button", { name: /^Retry run/ }).click();
    await expect.poll(() => api.listed(`automations/${id}/runs?status=succeeded`)).toHaveLength(1);
    await page.getByLabel("Status").selectOption("succeeded");
    await page.getByText("Assign to a user succeeded").waitFor();
    await page.context().close();
  });

  test("who may only read is offered nothing that changes", async () => {
    const view = await consoleView({ role: "viewer" });
    await view.open("/automations");
    await view.page.getByText("There are no automations yet.").waitFor();
    expect(await view.page.getByRole("link", { name: "New automation" }).count()).toBe(0);
    await view.open("/automations/new");
    await view.page.getByRole("heading", { name: "Not for your role" }).waitFor();
    await view.page.context().close();
  });
});
