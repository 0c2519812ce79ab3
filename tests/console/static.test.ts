import { createServer, type Server } from "node:http";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { consoleView, expectForgotten, newPage } from "../support/console.ts";
import { PASSWORD } from "../support/people.ts";
import { lioUser } from "../support/lio.ts";
import { GMAIL_TOKEN } from "../support/providers/lasting-gmail.ts";
import { gatewayUrl, testWorkspace } from "../support/workspace.ts";

const TYPES = { html: "text/html", js: "text/javascript", css: "text/css" } as const;
let folder: string;
let host: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lumenbase-console-"));
  host = createServer(async (request, response) => {
    const name = /^\/([\w.]*)/.exec(request.url ?? "")?.[1] || "index.html";
    response.setHeader("content-type", TYPES[name.split(".")[1] as keyof typeof TYPES]);
    response.end(await readFile(join(folder, name)));
  }).listen(0, "127.0.0.1");
  await once(host, "listening");
});

afterAll(async () => {
  host.close();
  await rm(folder, { recursive: true, force: true });
});

function address(): string {
  return `http://127.0.0.1:${(host.address() as AddressInfo).port}/`;
}

function written(functions: string): string {
  const command = ["--import", "tsx", "supabase/deploy/console.ts", folder, functions];
  return execFileSync(process.execPath, command, { encoding: "utf8" });
}

test("an address that is none is refused", () => {
  expect(() => written("lumenbase")).toThrow(/Usage: npm run console/);
});

describe.runIf(browserPath())("in a browser", () => {
  let told: string;

  beforeAll(() => {
    told = written(`${gatewayUrl()}/functions/v1/`);
  });

  test("the console of a static host speaks to functions of another", async () => {
    expect(told).toContain("index.html");
    const { email } = await lioUser(await testWorkspace());
    const page = await newPage();
    await page.goto(address());
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Bring in a lead" }).waitFor();
    await page.getByText("Waiting for your first lead").waitFor();
    await page.context().close();
  });

  test("a rep connects mail and a calendar by consent, and neither without it", async () => {
    const elsewhere = inject("services").GOOGLE_AUTHORIZATION_URL;
    const view = await consoleView({ role: "rep", at: address(), elsewhere });
    const { page } = view;
    await view.open("/connections/mail/new");
    const ask = page.getByRole("button", { name: "Continue with Google" });
    await ask.waitFor();
    await view.expectSound();
    await ask.click();
    await page.getByRole("link", { name: "Cancel" }).click();
    await page.getByText("You did not allow it at Google").waitFor();
    expect(new URL(page.url()).search).toBe("");
    await view.expectSound();
    await page.getByRole("link", { name: "Back", exact: true }).click();
    await page.getByRole("link", { name: "Connect an account" }).click();
    await page.getByLabel("Your name").fill("Ada <b>&amp;</b>");
    await ask.click();
    const allow = page.getByRole("link", { name: "Allow", exact: true });
    const code = new URL(`${await allow.getAttribute("href")}`).searchParams.get("code");
    await allow.click();
    await page.getByText("rita@example.com is connected.").waitFor();
    await page.getByText("Ada <b>&amp;</b>").waitFor();
    await page.getByRole("button", { name: "Test rita@example.com" }).click();
    await page.getByText("and the mailbox can be read.").waitFor();
    await expectForgotten(view, `${code}`);
    await expectForgotten(view, GMAIL_TOKEN);
    await page.route("**/consents", (route) => route.abort());
    await view.open("/connections/calendars");
    const card = page.getByRole("region", { name: "Microsoft Calendar" });
    const retry = page.getByRole("button", { name: "Try again" });
    await expect.poll(() => retry.count()).toBe(2);
    await view.expectSound();
    await view.open("/connections/mail/new");
    await retry.waitFor();
    await page.getByLabel("Access token").waitFor();
    await view.expectSound();
    await page.unroute("**/consents");
    await retry.click();
    await ask.waitFor();
    await view.open("/connections/calendars");
    await card.getByRole("button", { name: "Continue with Microsoft" }).click();
    const broken = new URL(`${await allow.getAttribute("href")}`);
    broken.searchParams.set("code", "code-of-a-broken-service");
    await page.goto(broken.href);
    await page.getByText("Microsoft: the consent could not be completed.").waitFor();
    expect(await retry.count()).toBe(0);
    await view.expectSound();
    const again = page.getByRole("button", { name: "Ask for consent again" });
    await again.click();
    await page.getByRole("link", { name: "Allow nothing" }).click();
    await page.getByText("came without a refresh token").waitFor();
    await again.click();
    await allow.click();
    await page.getByText("Microsoft Calendar is connected.").waitFor();
    await card.getByText("Connected", { exact: true }).waitFor();
    await view.expectSound();
    await page.addInitScript(() =>
      Object.defineProperty(globalThis, "isSecureContext", { value: false })
    );
    await page.goto(`${address()}?state=not-asked-here&code=${code}`);
    await page.getByText("This answers nothing that you asked in this tab").waitFor();
    await expectForgotten(view, `${code}`);
    await view.open("/connections/mail/new");
    await page.getByText("at an address that begins with https://").waitFor();
    await page.context().close();
  });
});
