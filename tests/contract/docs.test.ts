import type { BrowserContextOptions, Page } from "playwright-core";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { described } from "../support/dialects/index.ts";
import { sharedBrowser } from "../support/shared-browser.ts";

const origin = inject("gatewayUrl");

describe.each(await described())("$name", ({ dialect, document, all }) => {
  const address = `${origin}/functions/v1/${dialect.page}`;

  describe("the page as it is sent", () => {
    test("says in its first lines where the contract is", async () => {
      const text = await (await fetch(address)).text();
      expect(text.split("\n").slice(0, 3).join("\n")).toContain(
        `/functions/v1/${dialect.contract}`,
      );
    });

    test("shows every operation, with its scope, and every schema", async () => {
      const text = await (await fetch(address)).text();
      const schemas = Object.keys(document.at("#/components/schemas"));
      const missing = [
        ...all.map(({ id }) => `id="${id}"`),
        ...all.flatMap(({ scope }) => scope ? `Needs the scope <code>${scope}</code>` : []),
        ...schemas.map((name) => `id="schema-${name}"`),
      ].filter((expected) => !text.includes(expected));
      expect(missing).toEqual([]);
    });

    test("runs no script and loads nothing", async () => {
      const response = await fetch(address);
      expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
      expect(response.headers.get("content-security-policy")).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src data:; base-uri 'none'/,
      );
      expect(await response.text()).not.toMatch(/<script|\son\w+=|\ssrc=|@import|url\(/i);
    });

    test("has an address for each link of its own", async () => {
      const text = await (await fetch(address)).text();
      const ids = new Set(Array.from(text.matchAll(/\sid="([^"]+)"/g), ([, id]) => id));
      const links = Array.from(text.matchAll(/href="#([^"]+)"/g), ([, id]) => id);
      expect(links.length).toBeGreaterThan(100);
      expect(links.filter((id) => !ids.has(id))).toEqual([]);
      expect(text.match(/\sid="/g)).toHaveLength(ids.size);
    });
  });

  describe.runIf(browserPath())("the page in a browser", () => {
    async function opened(options: BrowserContextOptions): Promise<Page> {
      const page = await (await sharedBrowser()).newPage(options);
      onTestFinished(() => page.close());
      page.setDefaultTimeout(120_000);
      return page;
    }

    test.each(
      [
        ["wide and light", { colorScheme: "light", viewport: { width: 1280, height: 900 } }],
        ["narrow and dark", { colorScheme: "dark", viewport: { width: 360, height: 740 } }],
      ] as const,
    )("%s, shows every operation, without an error, offline", async (_, options) => {
      const page = await opened(options);
      const errors: string[] = [];
      const requests: string[] = [];
      page.on("console", (message) => errors.push(message.text()));
      page.on("pageerror", (error) => errors.push(error.message));
      page.on("request", (request) => requests.push(request.url()));
      await page.goto(address, { waitUntil: "load" });
      await page.waitForLoadState("networkidle");
      // All at once: each look at a part of a long page lays the whole of it out.
      const sections = await page.evaluate((ids) =>
        ids.map((id) => {
          const section = globalThis.document.querySelector(`section[aria-labelledby="${id}"]`);
          return section?.checkVisibility() ? section.textContent : null;
        }), all.map(({ id }) => id));
      for (const [i, { path }] of all.entries()) {
        expect(sections[i]).toContain(`/functions/v1/${path}`);
      }
      expect(errors).toEqual([]);
      expect(requests.filter((url) => url !== address && !url.startsWith("data:"))).toEqual([]);
      const [width, shown] = await page.evaluate(() => [
        globalThis.document.documentElement.scrollWidth,
        globalThis.innerWidth,
      ]);
      expect(width).toBe(shown);
      await page.close();
    });

    test("is dark for who likes it dark, and goes where a link points", async () => {
      const page = await opened({ colorScheme: "dark" });
      const { id, summary } = all.find(({ method }) => method === "POST")!;
      await page.goto(address);
      const background = () =>
        page.evaluate(() => getComputedStyle(globalThis.document.body).backgroundColor);
      const dark = await background();
      await page.emulateMedia({ colorScheme: "light" });
      expect([dark, await background()]).toEqual(["rgb(18, 21, 28)", "rgb(255, 255, 255)"]);
      await page.getByRole("navigation").getByRole("link", { name: summary }).click();
      await page.waitForURL((url) => url.hash === `#${id}`);
      expect(await page.getByRole("heading", { level: 1 }).count()).toBe(1);
      await page.close();
    });
  });
});
