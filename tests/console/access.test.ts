import { describe, expect, test } from "vitest";
import { ApiClient } from "../support/api-client.ts";
import { browserPath } from "../support/browser.ts";
import { consoleView } from "../support/console.ts";
import { logRequests } from "../support/logged.ts";
import { asOwner, gatewayUrl, testWorkspace } from "../support/workspace.ts";

const HOSTILE = `<img src=x onerror=alert(1)> مرحبا 🙂 ${"long ".repeat(30)}`;
const IN_INDIA = { timezoneId: "Asia/Kolkata" };
const WIDE = { colorScheme: "light", viewport: { width: 1280, height: 800 } } as const;
const NARROW = { colorScheme: "dark", viewport: { width: 360, height: 740 }, ...IN_INDIA } as const;

describe.runIf(browserPath())("in a browser", () => {
  test("a key is made with what is ticked alone, shown once, used, found in the log and revoked", async () => {
    const view = await consoleView(WIDE);
    const { page } = view;
    await view.open("/access/keys/new");
    await page.getByRole("button", { name: "Make the key" }).click();
    await page.getByText("Must be 1 to 200 characters").waitFor();
    await page.getByText("Must be 1 to 100 entries").waitFor();
    await page.getByLabel("Name", { exact: true }).fill("Web forms");
    await page.getByLabel("Read contacts", { exact: true }).check();
    await page.getByText("Where from, and how often").click();
    await page.getByLabel("Only from these addresses").fill("127.0.0.0/8\n203.0.113.7/24");
    await page.getByRole("button", { name: "Make the key" }).click();
    await page.getByText("Entry 2: Must be an IP address").waitFor();
    await view.expectSound();
    await page.getByLabel("Only from these addresses").fill("127.0.0.0/8, ::1");
    await page.getByRole("button", { name: "Make the key" }).click();
    const text = await page.getByRole("region", { name: "Key" }).textContent();
    const key = new ApiClient(gatewayUrl(), text);
    expect((await key.get("v1-public-contacts-crud")).status).toBe(200);
    expect((await key.get("v1-public-companies")).status).toBe(403);
    await page.getByRole("link", { name: "To all keys" }).click();
    const row = page.getByRole("row").filter({ hasText: "Web forms" });
    await row.getByText("127.0.0.0/8").waitFor();
    expect(await page.content()).not.toContain(text?.slice(-49));
    await view.expectSound();

    await row.getByRole("link").click();
    await page.getByRole("heading", { name: "Requests" }).waitFor();
    await page.getByLabel("Outcome").selectOption("failed");
    await page.getByRole("row").filter({ hasText: "GET /v1-public-companies" })
      .getByText("FORBIDDEN").waitFor();
    expect(await page.getByText("GET /v1-public-contacts-crud").count()).toBe(0);
    await view.open("/access");
    await row.getByRole("button", { name: "Revoke" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
    await row.waitFor({ state: "detached" });
    await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("H1");
    await page.getByLabel("Show").selectOption("all");
    await row.getByText("Revoked").waitFor();
    await page.context().close();
  });

  test("a key is rotated, and the new one is shown once", async () => {
    const workspace = await testWorkspace();
    await workspace.newKey({ name: "Shop", scopes: ["contacts:read"] });
    const view = await consoleView({ workspace, ...NARROW });
    const { page } = view;
    await view.open("/access");
    const row = page.getByRole("row").filter({ hasText: "Shop" });
    await row.getByRole("button", { name: "Rotate" }).click();
    await page.getByLabel(/goes on working/).selectOption("1");
    await page.getByRole("button", { name: "Make the new key" }).click();
    const text = await page.getByRole("region", { name: "Key" }).textContent();
    await view.expectSound();
    await page.getByRole("button", { name: "Done" }).click();
    await row.getByText("Being replaced").waitFor();
    const made = new ApiClient(gatewayUrl(), text);
    expect((await made.get("v1-public-contacts-crud")).status).toBe(200);
    await page.context().close();
  });

  test("a user is added, gets a role of the workspace's own that is changed and deleted, and is removed", async () => {
    const view = await consoleView(WIDE);
    const { page, workspace: { id } } = view;
    const email = `${crypto.randomUUID()}@example.com`;
    await view.open("/access/roles");
    await page.getByRole("button", { name: "New role" }).click();
    await page.getByRole("button", { name: "Make the role" }).click();
    await page.getByRole("dialog").locator('[aria-invalid="true"]').waitFor();
    await page.getByLabel("Name", { exact: true }).fill("Partner desk");
    await page.getByLabel("May do what may").selectOption({ label: "Viewer" });
    await view.expectSound();
    await page.getByRole("button", { name: "Make the role" }).click();
    await page.getByRole("row").filter({ hasText: "Partner desk" })
      .getByText("What a Viewer may").waitFor();
    await view.open("/access/users");
    await page.getByRole("button", { name: "New user" }).click();
    await page.getByLabel("First name").fill("Rita");
    await page.getByLabel("Last name").fill("Rep");
    await page.getByLabel("Email").fill("nobody@");
    await page.getByLabel("Phone").fill("+1 202 555 0143");
    await page.getByLabel("First password").fill("a long enough password");
    await page.getByRole("button", { name: "Add the user" }).click();
    await page.getByRole("dialog").getByText("Must be an email address").waitFor();
    await view.expectSound();
    await page.getByLabel("Email").fill(email);
    await page.getByRole("button", { name: "Add the user" }).click();
    const row = page.getByRole("row").filter({ hasText: email });
    await row.getByText("Rep", { exact: true }).waitFor();
    await row.getByRole("button", { name: "Change" }).click();
    await page.getByRole("dialog").getByLabel("Role").selectOption({ label: "Partner desk" });
    await page.getByRole("button", { name: "Save" }).click();
    await row.getByRole("cell", { name: "Partner desk", exact: true }).waitFor();
    await view.open("/access/roles");
    await page.getByRole("button", { name: "Change Partner desk" }).click();
    await page.getByLabel("Name", { exact: true }).fill(" ");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("dialog").locator('[aria-invalid="true"]').waitFor();
    await page.getByLabel("Name", { exact: true }).fill("Partner team");
    await page.getByLabel("May do what may").selectOption({ label: "Manager" });
    await page.getByText("Its users (1) have these rights at once.").waitFor();
    await view.expectSound();
    await asOwner("update crm.roles set description = 'By them' where workspace_id = $1", [id]);
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("By them", { exact: true }).waitFor();
    const team = page.getByRole("row").filter({ hasText: "Partner team" });
    await team.getByText("What a Manager may").waitFor();
    expect(await page.getByRole("button", { name: "Delete Rep" }).count()).toBe(0);
    await team.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText("Is required, as users have the role (1 of them)").waitFor();
    await page.getByLabel("Its users get").selectOption({ label: "Viewer" });
    await view.expectSound();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await team.waitFor({ state: "detached" });
    await view.open("/access/users");
    await row.getByRole("cell", { name: "Viewer", exact: true }).waitFor();
    await page.getByLabel("Role").selectOption({ label: "Manager" });
    await page.getByText("Nobody here has this role.").waitFor();
    await page.getByLabel("Role").selectOption({ label: "Viewer" });
    await row.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await row.waitFor({ state: "detached" });
    expect(await row.count()).toBe(0);
    await page.context().close();
  });

  test.each([["wide", WIDE], ["narrow", NARROW]])(
    "%s, each page is sound with whatever names there are",
    async (_, options) => {
      const workspace = await testWorkspace();
      const { id } = await workspace.newKey({ name: HOSTILE, api: "leadhub" });
      await logRequests(workspace.id, [
        { hours: 1, actor_id: id, status: 503, error_code: "SERVICE_UNAVAILABLE" },
        { hours: 30, actor_id: id, path: `/leadhub/${"a".repeat(300)}` },
      ]);
      const view = await consoleView({ workspace, ...options });
      await view.user.api.made("role/add", { name: HOSTILE.slice(0, 50), description: HOSTILE });
      for (
        const path of ["", "/users", "/roles", "/requests", "/usage"].map((at) => `/access${at}`)
      ) {
        await view.open(path);
        await view.page.getByRole("table").first().waitFor();
        await view.expectSound();
      }
      await view.page.getByText("Key <img src=x onerror=alert(1)>").waitFor();
      await view.page.context().close();
    },
  );

  test("the log is asked for by who, and from when to when in the reader's own zone", async () => {
    const workspace = await testWorkspace();
    const view = await consoleView({ workspace, ...NARROW });
    const { page, user } = view;
    const ofUser = { actor_kind: "user", actor_id: user.id };
    await logRequests(workspace.id, [
      { hours: 5, path: "/of-a-key" },
      { hours: 1, path: "/hours/1", ...ofUser },
      { hours: 4, path: "/hours/4", ...ofUser },
      { hours: 30, path: "/hours/30", ...ofUser },
    ]);
    const now = Date.now();
    const local = (hours: number) =>
      new Date(now + (5.5 - hours) * 3_600_000).toISOString().slice(0, 16);
    await view.open("/access/requests");
    await page.getByText("GET /of-a-key").waitFor();
    await page.getByLabel("Until").fill(local(3));
    await page.getByLabel("User").selectOption("Jane Roe");
    await page.getByLabel("From", { exact: true }).fill(local(6));
    await expect.poll(() => page.getByText(/^GET /).allTextContents()).toEqual(["GET /hours/4"]);
    await page.reload();
    expect(await page.getByLabel("Until").inputValue()).toBe(local(3));
    await expect.poll(() => page.getByText(/^GET /).allTextContents()).toEqual(["GET /hours/4"]);
    await view.expectSound();
    await page.context().close();
  });

  test("who is no Admin sees none of it", async () => {
    const view = await consoleView({ role: "manager" });
    expect(await view.page.getByRole("link", { name: "Keys and access" }).count()).toBe(0);
    await view.open("/access");
    await view.page.getByRole("heading", { name: "Not for your role" }).waitFor();
    await view.page.context().close();
  });
});
