import { describe, expect, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { consoleView } from "../support/console.ts";
import { fillDialog, settled, show } from "../support/console-records.ts";
import { testWorkspace } from "../support/workspace.ts";

const UUID = "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}";

describe.runIf(browserPath())("contacts in the console", () => {
  test("one is added once, found by either id, worked on and deleted", async () => {
    const view = await consoleView();
    const { page, user } = view;
    await show(view, "/contacts", "Contacts");
    await page.getByText("No contacts yet.").waitFor();
    await page.getByRole("button", { name: "New contact" }).click();
    await fillDialog(view, "New contact", {}, "Add contact");
    await page.getByText("At least one of email, phone").waitFor();
    await fillDialog(view, "New contact", {
      "First name": "Mary Ann",
      "Last name": "Roe",
      Email: "mary@example.com",
      Company: "Acme",
    }, "Add contact");
    await page.getByRole("heading", { level: 1, name: "Mary Ann Roe" }).waitFor();
    await settled(view);
    const [made] = await user.api.read("contact/list");
    expect(made).toMatchObject({ email: "mary@example.com", company_name: "Acme" });
    expect(page.url()).toMatch(new RegExp(`#/contacts/${UUID}$`));
    const uuid = new RegExp(UUID).exec(page.url())?.[0];
    await show(view, `/contacts/${made.id}`, "Mary Ann Roe");
    const merge = page.getByRole("link", { name: "Merge…" });
    expect(await merge.getAttribute("href")).toBe(`#/contacts/${uuid}/merge`);

    await page.getByText("Add a note").click();
    await page.getByLabel("Title").fill("Met");
    await page.getByLabel("Note", { exact: true }).fill("At the fair.");
    await page.getByRole("button", { name: "Add note" }).click();
    await page.getByText("At the fair.").waitFor();
    await page.getByLabel("New tag").fill("Fair");
    await page.getByRole("button", { name: "Add tag" }).click();
    await page.getByRole("button", { name: "Remove tag Fair" }).waitFor();
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    await fillDialog(view, "Edit contact", { Company: "Nobody knows it" }, "Save");
    await page.getByText("No company has this name.").waitFor();
    await fillDialog(view, "Edit contact", { Company: "", "Job title": "Head of Sales" }, "Save");
    await page.getByText("Contact saved.").waitFor();
    await page.getByRole("definition").filter({ hasText: "Head of Sales" }).waitFor();
    await settled(view);
    await view.expectSound();
    expect(await user.api.read(`contact/view/${made.id}`)).toMatchObject({
      company_id: null,
      designation: "Head of Sales",
      tags: [{ name: "Fair" }],
    });

    await show(view, "/contacts", "Contacts");
    await page.getByRole("button", { name: "New contact" }).click();
    await fillDialog(view, "New contact", { Email: "mary@example.com" }, "Add contact");
    await page.getByText("Another contact has this email.").first().waitFor();
    expect((await user.api.read("contact/list")).length).toBe(1);
    await page.keyboard.press("Escape");
    await page.getByRole("link", { name: "Mary Ann Roe" }).click();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText("No contacts yet.").waitFor();
    await page.context().close();
  });

  test("of two of the same name and moment each is itself, with the leads of who has some", async () => {
    const workspace = await testWorkspace();
    const twins = ["+4930123456", "+4930654321"].map((phone) => ({ first_name: "Sam", phone }));
    const made = await workspace.api.post("v1-public-contacts-batch", { contacts: twins });
    const [, uuid] = made.body.data.results.map(({ id }: { id: string }) => id);
    const view = await consoleView({
      workspace,
      colorScheme: "dark",
      viewport: { width: 360, height: 740 },
    });
    const { page, user } = view;
    const other = (await user.api.read("contact/list"))
      .find(({ phone_number }: { phone_number: string }) => phone_number === "+4930654321");
    await show(view, `/contacts/${other.id}`, "Sam");
    await page.getByText("A note finds its contact by the email").waitFor();
    const href = await page.getByRole("link", { name: "Merge…" }).getAttribute("href");
    expect(href).toBe(`#/contacts/${uuid}/merge`);
    await user.api.done(`contact/update/${other.id}`, { designation: "Buyer" });
    await show(view, `/contacts/${uuid}`, "Sam");
    await page.getByRole("definition").filter({ hasText: "Buyer" }).waitFor();
    await workspace.api.post("v1-public-tasks", { title: "Call Sam", contact_id: uuid });
    await page.reload();
    await page.getByRole("region", { name: "Tasks" }).getByText("Call Sam").waitFor();
    await user.api.made("lead/add", {
      first_name: "Ann",
      last_name: "Roe",
      email: "ann@example.com",
    });
    const ann = (await user.api.read("contact/list?search_value=ann"))[0];
    await show(view, `/contacts/${ann.id}`, "Ann Roe");
    const leads = page.getByRole("region", { name: "Leads" });
    await leads.getByRole("link", { name: "Ann Roe" }).click();
    await page.getByText("Lead created").waitFor();
    await settled(view);
    await page.getByRole("link", { name: "The contact of this email" }).click();
    await page.getByRole("link", { name: "All contacts" }).waitFor();
    await settled(view);
    expect(page.url()).toMatch(new RegExp(`#/contacts/${UUID}$`));
    await view.expectSound();
    await page.context().close();
  });
});

describe.runIf(browserPath())("companies in the console", () => {
  test("one is added, told what is wrong, changed and deleted with its contacts kept", async () => {
    const view = await consoleView();
    const { page, user } = view;
    await show(view, "/companies", "Companies");
    await page.getByText("No companies yet.").waitFor();
    await page.getByRole("button", { name: "New company" }).click();
    await fillDialog(view, "New company", { Name: "Acme", Website: "no address" }, "Add company");
    await page.getByText("Must be a web address").waitFor();
    await fillDialog(view, "New company", { Website: "https://acme.example.com" }, "Add company");
    await page.getByRole("heading", { level: 1, name: "Acme" }).waitFor();
    const [made] = await user.api.read("company/list");
    await user.api.made("contact/add", { name: "Jane Roe", company_id: made.id });
    await show(view, "/companies", "Companies");
    await show(view, `/companies/${made.id}`, "Acme");
    await page.getByRole("region", { name: "Contacts" }).getByRole("link", { name: "Jane Roe" })
      .waitFor();
    await page.getByRole("button", { name: "Edit", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Edit company" });
    await dialog.getByLabel("Rating").selectOption("4");
    await fillDialog(view, "Edit company", { City: "Oslo", Country: "Norway" }, "Save");
    await page.getByText("4 of 5").waitFor();
    await page.getByText("Oslo, NO").waitFor();
    await settled(view);
    await view.expectSound();
    await page.getByRole("button", { name: "Delete" }).click();
    const asked = page.getByRole("dialog", { name: "Delete this company?" });
    await asked.getByText("Its contacts (1)").waitFor();
    await asked.getByRole("button", { name: "Delete" }).click();
    await page.getByText("No companies yet.").waitFor();
    expect(await user.api.read("contact/list")).toMatchObject([{ company_id: null }]);
    await page.context().close();
  });

  test("several contacts are changed at once, and several companies deleted", async () => {
    const view = await consoleView();
    const { page, user } = view;
    const acme = await user.api.made("company/add", { company_name: "Acme" });
    const globex = await user.api.made("company/add", { company_name: "Globex" });
    for (const name of ["Ann Roe", "Bob Roe", "Cid Roe"]) {
      await user.api.made("contact/add", { name, company_id: acme.id });
    }
    await show(view, "/contacts", "Contacts");
    await page.getByLabel("Choose Ann Roe").check();
    await page.getByLabel("Choose Cid Roe").check();
    await page.getByRole("button", { name: "Change 2 contacts…" }).click();
    const texts = { "Tag to add": "Fair", Company: "Nobody", Score: "70" };
    await fillDialog(view, "Change 2 contacts", texts, "Change");
    await page.getByText("No company has this name.").waitFor();
    await view.expectSound();
    await fillDialog(view, "Change 2 contacts", { Company: "Globex" }, "Change");
    await page.getByText("Changed: 2 contacts.").waitFor();
    const changed = { company_id: globex.id, lead_score: 70, tags: [{ name: "Fair" }] };
    expect(await user.api.read("contact/list?order_by=name&order_in=ASC")).toMatchObject([
      changed,
      { company_id: acme.id, lead_score: 0, tags: [] },
      changed,
    ]);
    await show(view, "/companies", "Companies");
    await page.getByLabel("Choose all of this page").check();
    await view.expectSound();
    await page.getByRole("button", { name: "Delete 2 companies" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete 2 companies" }).click();
    await page.getByText("No companies yet.").waitFor();
    const kept = (await user.api.read("contact/list")) as { company_id: number | null }[];
    expect(kept.map(({ company_id }) => company_id)).toEqual([null, null, null]);
    await page.context().close();
  });

  test("a record of another workspace, or none, is not there", async () => {
    const view = await consoleView({ role: "viewer" });
    const nobody = `${"0".repeat(8)}-0000-4000-8000-${"0".repeat(12)}`;
    const missing = {
      "/leads/999": "No lead with id 999.",
      "/leads/abc": "The request has mistakes.",
      "/companies/999": "No company with id 999.",
      [`/contacts/${nobody}`]: "No contact with",
    };
    for (const [path, message] of Object.entries(missing)) {
      await view.open(path);
      await view.page.getByRole("alert").filter({ hasText: message }).waitFor();
      expect(await view.page.getByRole("button", { name: /Edit|Delete/ }).count()).toBe(0);
    }
    await view.expectSound();
    await view.page.context().close();
  });
});
