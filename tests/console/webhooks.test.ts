import { describe, expect, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { consoleView } from "../support/console.ts";
import { LeadHubClient } from "../support/leadhub.ts";
import { gatewayUrl, testWorkspace } from "../support/workspace.ts";
import { verified, webhookReceiver } from "../support/webhook-receiver.ts";

describe.runIf(browserPath())("in a browser", () => {
  test("a webhook is made with its secret shown once, and what failed is replayed and arrives", async () => {
    // The receiver has gone (410), so that nothing is tried again by itself.
    const receiver = await webhookReceiver(410);
    const view = await consoleView();
    const { page, user } = view;
    await view.open("/webhooks");
    await page.getByText("There are no webhooks yet.").waitFor();
    await page.getByRole("link", { name: "New webhook" }).click();
    await page.getByLabel("Name").fill("Shop <b>&amp;</b>");
    await page.getByLabel("Address").fill("nowhere");
    await page.getByRole("button", { name: "Make the webhook" }).click();
    await page.locator(".field", { has: page.getByLabel("Address") }).locator(".wrong").waitFor();
    await view.expectSound();
    await page.getByLabel("Address").fill(receiver.url);
    await page.getByLabel("A lead changes").uncheck();
    await page.getByRole("button", { name: "Make the webhook" }).click();
    const shown = page.getByRole("region", { name: "Secret", exact: true });
    const secret = String(await shown.textContent());
    await view.expectSound();
    await page.getByRole("link", { name: "Go to the webhook" }).click();
    await page.getByText("Nothing was told yet").waitFor();
    expect(await page.content()).not.toContain(secret);

    const api = new LeadHubClient(gatewayUrl(), user.api.key);
    await api.made("leads", { first_name: "Sarah" });
    await page.getByText("Paused").or(page.getByText("410")).first().waitFor();
    await page.getByText("The receiver answered 410.").first().waitFor();
    await view.expectSound();
    await page.reload();
    // What failed so paused the webhook.
    await page.getByRole("button", { name: "Turn on" }).click();
    await page.getByRole("button", { name: "Turn off" }).waitFor();
    await page.getByRole("button", { name: "Replay all failed" }).click();
    await page.getByText("1 delivery is sent again.").waitFor();
    await expect.poll(() => receiver.requests.length).toBe(2);
    expect(verified(receiver.requests[1]!, secret)).toMatchObject({ type: "lead.created" });
    await page.getByLabel("Status").selectOption("succeeded");
    await page.getByText("2 attempts").click();
    await page.getByText("Each has the id").waitFor();
    await view.expectSound();

    await page.getByRole("button", { name: /^Replay delivery/ }).click();
    await expect.poll(() => receiver.requests.length).toBe(3);
    await page.getByRole("button", { name: "New secret" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "New secret" }).click();
    await page.getByRole("dialog", { name: "The new secret" }).getByText("whsec_").waitFor();
    expect(await shown.textContent()).not.toBe(secret);
    await page.context().close();
  });

  test("narrow and dark, a viewer sees a webhook and is offered no change, a rep sees none", async () => {
    const workspace = await testWorkspace();
    const leadhub = new LeadHubClient(gatewayUrl(), await workspace.key({ api: "leadhub" }));
    const settings = { url: (await webhookReceiver()).url, events: ["lead.created"] };
    await leadhub.made("integrations", { type: "webhook", name: "Shop", settings });
    const view = await consoleView({
      workspace,
      role: "viewer",
      viewport: { width: 360, height: 740 },
      colorScheme: "dark",
    });
    await view.open("/webhooks");
    await view.page.getByRole("link", { name: "Shop" }).click();
    await view.page.getByText("Nothing was told yet").waitFor();
    const offered = view.page.locator("main").getByRole("button");
    expect(await offered.allTextContents()).toEqual(["Look again"]);
    await view.expectSound();
    await view.page.context().close();
    const rep = await consoleView({ role: "rep", workspace });
    await rep.open("/webhooks");
    const refusal = rep.page.getByRole("heading", { level: 1, name: "Not for your role" });
    await refusal.waitFor();
    expect(await refusal.count()).toBe(1);
    await rep.page.context().close();
  });
});
