import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { testConnector } from "../support/connector.ts";
import { consoleView, reachable } from "../support/console.ts";
import { testWorkspace } from "../support/workspace.ts";

const WRONG = { target: "contact", field_map: { email: "email" } };

/** Sends an event as a provider does, to the address that it was given. */
async function send(url: string, event: unknown): Promise<void> {
  const headers = { "content-type": "application/json" };
  await fetch(url, { method: "POST", headers, body: JSON.stringify(event) });
}

async function addressIn(page: Page): Promise<string> {
  return reachable(await page.getByRole("region", { name: "Address", exact: true }).innerText());
}

describe.runIf(browserPath())("a source", () => {
  test("with a wrong map gets an event that fails; mended beside it and replayed, it is a contact", async () => {
    const workspace = await testWorkspace();
    const { page, open } = await consoleView({ workspace });
    await open("/sources/new");
    await page.getByLabel("Another sender").check();
    await page.getByLabel("Name").fill("Our shop");
    await page.getByRole("button", { name: "Make the source" }).click();
    const url = await addressIn(page);
    await page.getByText("Waiting for the first event").waitFor();
    await send(url, { person: { mail: "ada@example.com", given: "Ada" } });

    await page.getByRole("link", { name: "See why, and mend the field map" }).click();
    await page.getByRole("region", { name: "What was received" })
      .getByText('"mail": "ada@example.com"').waitFor();
    const became = page.getByRole("region", { name: "What became of it" });
    await became.getByText("Failed").waitFor();
    const preview = page.getByRole("region", { name: "What it would become" });
    await preview.getByText("Fails").waitFor();

    await page.getByLabel("Email", { exact: true }).fill("person.(");
    await preview.getByText("An expression below is wrong").waitFor();
    expect(await page.getByLabel("Email", { exact: true }).getAttribute("aria-invalid"))
      .toBe("true");
    await page.getByLabel("Email", { exact: true }).fill("person.mail");
    await page.getByLabel("First name", { exact: true }).fill("person.given");
    await page.getByText("Gives ada@example.com").waitFor();
    await preview.getByText("Makes a record").waitFor();
    expect((await workspace.api.get("v1-public-contacts-crud")).body.data.items).toEqual([]);

    await page.getByRole("button", { name: "Save and replay" }).click();
    await became.getByRole("link", { name: "made the contact" }).waitFor();
    const { items } = (await workspace.api.get("v1-public-contacts-crud")).body.data;
    expect(items).toMatchObject([{ email: "ada@example.com", first_name: "Ada" }]);
    await page.context().close();
  });

  test("that was mended has all that failed replayed at once, and is shown what comes", async () => {
    const workspace = await testWorkspace();
    const connector = await testConnector(workspace, WRONG);
    for (const mail of ["a@acme.com", "b@acme.com", "nobody"]) await connector.send({ mail });
    const change = { field_map: { email: "mail" } };
    await workspace.api.patch(`v1-public-connectors?id=${connector.id}`, change);
    const { page, open } = await consoleView({ workspace });
    await open(`/sources/${connector.id}?status=accepted`);
    await page.getByText("Nothing that came through is so.").waitFor();
    await page.getByRole("button", { name: "Replay all that failed (3)" }).click();
    await page.getByText("3 of 3 replayed: 2 went through, 1 failed again.").waitFor();
    await page.getByRole("cell", { name: "b@acme.com" }).waitFor();
    await page.getByRole("button", { name: "Replay all that failed (1)" }).waitFor();
    await connector.send({ mail: "late@acme.com" });
    await page.getByRole("cell", { name: "late@acme.com" }).waitFor();
    const { items } = (await workspace.api.get("v1-public-contacts-crud")).body.data;
    expect(items).toHaveLength(3);

    const whole = { field_map: { email: "mail & '@acme.com'" } };
    await workspace.api.patch(`v1-public-connectors?id=${connector.id}`, whole);
    await page.getByLabel("Show").selectOption("failed");
    await page.getByRole("cell", { name: /Failed/ }).waitFor();
    await page.getByRole("table").getByRole("link").first().click();
    await page.getByRole("button", { name: "Replay", exact: true }).click();
    await page.getByRole("link", { name: "made the contact" }).waitFor();
    await page.context().close();
  });

  test("of a provider is made with its own words, changed, given a new address and deleted", async () => {
    const workspace = await testWorkspace();
    const { page, open } = await consoleView({ workspace });
    await open("/sources/new");
    await page.getByLabel("Google Ads").check();
    await page.getByLabel("Name").fill("");
    await page.getByRole("button", { name: "Make the source" }).click();
    expect(await described(page, "Name")).toContain("Must");
    await page.getByLabel("Name").fill("Search ads");
    await page.getByRole("button", { name: "Make the source" }).click();
    await page.getByText("Is required; the sender proves itself with it.").waitFor();
    await page.getByLabel("Secret").fill("s3cret");
    await page.getByRole("button", { name: "Make the source" }).click();
    await page.getByText("under lead delivery, choose Webhook").waitFor();
    const first = await addressIn(page);

    await page.getByRole("link", { name: "Open the source" }).click();
    await page.getByRole("button", { name: "New address" }).click();
    await page.getByLabel("The address before works for").selectOption("0");
    await page.getByRole("button", { name: "Make a new address" }).click();
    expect(await addressIn(page)).not.toBe(first);
    await page.getByRole("button", { name: "Close", exact: true }).click();

    await page.getByRole("link", { name: "Edit", exact: true }).click();
    await page.getByLabel("Requests a minute, at most").fill("0");
    await page.getByRole("button", { name: "Save" }).click();
    expect(await described(page, "Requests a minute, at most")).toContain("Must be from 1");
    await page.getByLabel("Requests a minute, at most").fill("30");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("definition").filter({ hasText: /^30$/ }).waitFor();

    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText("No source yet.").waitFor();
    expect((await workspace.api.get("v1-public-connectors")).body.data.items).toEqual([]);
    await page.context().close();
  });

  test("is for administrators alone", async () => {
    const { page, open } = await consoleView({ role: "viewer" });
    expect(await page.getByRole("link", { name: "Sources" }).count()).toBe(0);
    await open("/sources");
    await page.getByRole("heading", { name: "Not for your role" }).waitFor();
    await page.context().close();
  });
});

async function described(page: Page, label: string): Promise<string> {
  const control = page.getByLabel(label, { exact: true });
  await page.locator('[aria-invalid="true"]').first().waitFor();
  const ids = await control.getAttribute("aria-describedby") ?? "";
  const texts = ids.split(" ").map((id) => page.locator(`[id="${id}"]`).innerText());
  return (await Promise.all(texts)).join(" ");
}
