import { describe, expect, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { testConnector } from "../support/connector.ts";
import { consoleView, reachable } from "../support/console.ts";
import { testWorkspace } from "../support/workspace.ts";

const HOSTILE = `<script>alert(1)</script> \u202eمرحبا 👩‍👩‍👧 ${"long".repeat(2_000)}`;

describe.runIf(browserPath())("the pages of sources", () => {
  test.each(
    [
      ["wide and light", { colorScheme: "light", viewport: { width: 1280, height: 800 } }],
      ["narrow and dark", { colorScheme: "dark", viewport: { width: 360, height: 740 } }],
    ] as const,
  )("%s, are sound with hostile texts", async (_, options) => {
    const workspace = await testWorkspace();
    const connector = await testConnector(workspace, {
      name: HOSTILE.slice(0, 250),
      target: "contact",
      field_map: { email: "mail", message: "note", last_name: "name" },
    });
    await connector.send({ mail: "ada@example.com", note: HOSTILE, name: HOSTILE });
    await connector.send({ note: HOSTILE });
    const [failed, accepted] = await connector.deliveries();
    const view = await consoleView({ workspace, ...options });
    const { page, open, expectSound } = view;
    await open("/sources");
    await page.getByText("No form yet.").waitFor();
    await page.getByRole("link", { name: "<script>" }).waitFor();
    await expectSound();
    await open("/sources/new");
    await page.getByLabel("Typeform").check();
    await page.getByLabel("Secret (optional)").waitFor();
    await expectSound();
    await page.getByLabel("Another sender").check();
    await page.getByLabel("How the sender proves itself").selectOption("signature");
    await page.getByLabel("Header").waitFor();
    await expectSound();
    await open(`/sources/${connector.id}`);
    await page.getByRole("link", { name: "Edit beside the last event" }).waitFor();
    await expectSound();
    await open(`/sources/${connector.id}/edit`);
    await page.getByLabel("Name", { exact: true }).waitFor();
    await expectSound();
    for (const { id } of [failed, accepted]) {
      await open(`/sources/${connector.id}/deliveries/${id}`);
      await page.getByRole("region", { name: "What it would become" })
        .getByText(/^(Fails|Finds a record that has all of it|Changes a record that is there)$/)
        .waitFor();
      await expectSound();
    }
    await page.context().close();
  });

  test("make a form, whose HTML any page can have, until it is switched off", async () => {
    const { page, open, expectSound } = await consoleView();
    await open("/sources/forms/new");
    await page.getByLabel("Company").check();
    await page.getByLabel("Where visitors go afterwards (optional)").fill("nowhere");
    await page.getByRole("button", { name: "Make the form" }).click();
    await page.locator('[aria-invalid="true"]').waitFor();
    await expectSound();
    await page.getByLabel("Where visitors go afterwards (optional)").fill("");
    await page.getByRole("button", { name: "Make the form" }).click();
    const html = await page.getByRole("region", { name: "Form", exact: true }).innerText();
    expect(html).toContain('<input type="text" name="company">');
    await expectSound();

    const own = await page.context().newPage();
    const send = async (from: string, email: string) => {
      await own.setContent(reachable(from));
      await own.getByLabel("Email").fill(email);
      const [sent] = await Promise.all([
        own.waitForResponse((response) => response.request().method() === "POST"),
        own.getByRole("button").click(),
      ]);
      expect(sent.status(), await sent.text()).toBeLessThan(400);
      await own.goto("about:blank");
    };
    await send(html, "ada@example.com");

    await page.getByLabel("Only in pages of these domains (optional)").fill("no domain");
    await page.getByRole("button", { name: "Make the link" }).click();
    await page.getByText(/^Entry 1: /).waitFor();
    await page.getByLabel("Only in pages of these domains (optional)").fill("");
    await page.getByRole("button", { name: "Make the link" }).click();
    const link = await page.getByRole("region", { name: "Link" }).innerText();
    await page.getByRole("region", { name: "Frame" }).getByText("<iframe src=").waitFor();
    await expectSound();
    await send(await (await fetch(reachable(link))).text(), "grace@example.com");
    await own.close();

    await page.getByRole("button", { name: "Switch off" }).click();
    await page.getByText("Switched off").waitFor();
    await page.getByRole("definition").filter({ hasText: /^2$/ }).waitFor();
    await page.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await page.getByText("No form yet.").waitFor();
    await page.context().close();
  });
});
