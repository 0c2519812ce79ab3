import axe from "axe-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { USER_TOKEN_SECONDS } from "../../shared/auth/user-token.ts";
import { type LioRole, type LioUser, lioUser } from "./lio.ts";
import { sharedBrowser } from "./shared-browser.ts";
import { gatewayUrl, type TestWorkspace, testWorkspace } from "./workspace.ts";

/** The console as a user of a workspace sees it, and what it did that it should not. */
export interface ConsoleView {
  page: Page;
  user: LioUser;
  workspace: Pick<TestWorkspace, "id">;
  /** Goes to a page by its path, such as `/leads`, and waits for its heading. */
  open(path: string): Promise<void>;
  /**
   * Fails when something was logged, thrown or asked of another host, the page is wider than its window, or
   * axe finds something.
   */
  expectSound(): Promise<void>;
}

interface ViewOptions extends BrowserContextOptions {
  /** Where else than at the functions it is served. */
  at?: string;
  /** An address of another host to which a page leads people. */
  elsewhere?: string | undefined;
  workspace?: Pick<TestWorkspace, "id">;
  role?: LioRole;
}

/** Opens the console in a browser of its own, signed in as a new user. */
export async function consoleView(
  { workspace, role = "admin", at = consoleAddress(), elsewhere = at, ...options }: ViewOptions =
    {},
): Promise<ConsoleView> {
  const of = workspace ?? await testWorkspace();
  const user = await lioUser(of, role);
  const page = await newPage(options);
  const errors = watched(page, [at, elsewhere]);
  await page.addInitScript(
    ([key, session]) => {
      // Frames of sandboxed content have no storage.
      if (globalThis.window !== globalThis.top) return;
      if (localStorage.getItem("signed-in-before") === null) {
        localStorage.setItem("signed-in-before", "yes");
        localStorage.setItem(String(key), String(session));
      }
    },
    ["lumenbase.session", JSON.stringify(sessionOf(of, user, role))],
  );
  await page.goto(at);
  await heading(page);
  return {
    page,
    user,
    workspace: of,
    async open(path) {
      await page.evaluate(gone, path);
      await heading(page);
    },
    expectSound: async () => {
      // What is loaded anew is pale meanwhile.
      await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0);
      expect(await findings(page)).toEqual([]);
      expect(errors).toEqual([]);
      const [width, shown] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        innerWidth,
      ]);
      expect(width).toBe(shown);
    },
  };
}

/** Asserts that a secret is nowhere where it could be found later. */
export async function expectForgotten({ page }: ConsoleView, secret: string): Promise<void> {
  const kept = await page.evaluate(() => {
    const values = [...document.querySelectorAll("input")].map(({ value }) => value);
    const all = [location.href, history.state, localStorage, sessionStorage, values];
    return JSON.stringify(all) + document.cookie + document.documentElement.outerHTML;
  });
  expect(kept).not.toContain(secret);
}

/** Where the console is served. */
export function consoleAddress(): string {
  return `${gatewayUrl()}/functions/v1/console`;
}

/** A text with addresses that people copy, which in tests lead to the gateway. */
export function reachable(text: string): string {
  return text.replaceAll(/https?:\/\/[^\s"]*?(?=\/functions\/v1\/)/g, gatewayUrl());
}

/** A page in which nobody is signed in, and nothing fades in: axe would find a text that is half there too pale. */
export async function newPage(options: BrowserContextOptions = {}): Promise<Page> {
  const browser = await sharedBrowser();
  const context = await browser.newContext({
    locale: "en-GB",
    reducedMotion: "reduce",
    ...options,
  });
  // Of its further tabs, too.
  context.setDefaultTimeout(120_000);
  return await context.newPage();
}

function watched(page: Page, addresses: readonly string[]): string[] {
  const errors: string[] = [];
  const known = ["data:", gatewayUrl(), ...addresses.map((address) => new URL(address).origin)];
  // What the APIs refuse, the page tells; browsers log it besides.
  page.on("console", (message) => {
    if (!/Failed to load resource/.test(message.text())) errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("request", (request) => {
    if (!known.some((start) => request.url().startsWith(start))) {
      errors.push(`asked ${request.url()}`);
    }
  });
  return errors;
}

/** Goes to a path within the page; there once the console was told. */
function gone(path: string): Promise<void> {
  return new Promise((resolve) => {
    const before = location.href;
    addEventListener("hashchange", () => resolve(), { once: true });
    location.hash = `#${path}`;
    if (location.href === before) resolve();
  });
}

async function heading(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
}

function sessionOf(workspace: Pick<TestWorkspace, "id">, user: LioUser, role: LioRole): object {
  return {
    token: user.api.key,
    expires_at: new Date(Date.now() + USER_TOKEN_SECONDS * 1_000).toISOString(),
    user: {
      id: user.id,
      number: user.number,
      email: user.email,
      name: "Jane Roe",
      role: role === "manager" ? "member" : role,
    },
    workspace: { id: workspace.id, slug: "acme", name: "Acme" },
  };
}

/** A page that axe was put into. */
type Axed = typeof globalThis & { axe: typeof axe };

/** What axe finds on a page, one line each. */
async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => (globalThis as Axed).axe.run());
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`)
  );
}
