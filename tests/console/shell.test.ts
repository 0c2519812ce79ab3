import { describe, expect, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { consoleAddress, consoleView, newPage } from "../support/console.ts";

describe("the page as it is sent", () => {
  test("runs its own script alone, and is shown in no frame", async () => {
    const response = await fetch(consoleAddress());
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const policy = response.headers.get("content-security-policy");
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
    expect(await response.text()).not.toMatch(/<script>|<style|\son\w+=/i);
  });

  test.each(["console.js", "console.css"])(
    "finds its %s, which is made anew when it changes",
    async (name) => {
      const text = await (await fetch(consoleAddress())).text();
      const address = new RegExp(`"(/functions/v1/console/${name}\\?v=[0-9a-f]{12})"`).exec(text)
        ?.[1];
      const response = await fetch(new URL(String(address), consoleAddress()));
      expect(response.status).toBe(200);
      expect(response.headers.get("content-type")).toMatch(
        /^text\/(javascript|css); charset=utf-8$/,
      );
      expect((await response.text()).length).toBeGreaterThan(1_000);
    },
  );
});

describe.runIf(browserPath())("in a browser", () => {
  test.each(
    [
      ["wide and light", { colorScheme: "light", viewport: { width: 1280, height: 800 } }],
      ["narrow and dark", { colorScheme: "dark", viewport: { width: 360, height: 740 } }],
    ] as const,
  )("%s, the start is sound", async (_, options) => {
    const view = await consoleView(options);
    await view.expectSound();
    await view.page.context().close();
  });

  test("who signs out, or has no session, is asked to sign in", async () => {
    const page = await newPage();
    await page.goto(consoleAddress());
    await page.getByRole("heading", { name: "Sign in to Lumenbase" }).waitFor();
    expect(await page.getByLabel("Password").getAttribute("type")).toBe("password");
    await page.context().close();
  });
});
