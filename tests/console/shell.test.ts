import { describe, expect, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { connectApp } from "../support/connected-accounts.ts";
import { leadOf } from "../support/lio-leads.ts";
import { person } from "../support/people.ts";
import { SLACK_TOKEN } from "../support/providers/slack-api.ts";
import { signInLink } from "../support/sign-in-links.ts";
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
    "finds its %s",
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

  test("who has no session is asked to sign in", async () => {
    const page = await newPage();
    await page.goto(consoleAddress());
    await page.getByRole("heading", { name: "Sign in to Lumenbase" }).waitFor();
    expect(await page.getByLabel("Password").getAttribute("type")).toBe("password");
    await page.context().close();
  });

  test("who signs out has no session any more, in this tab and another", async () => {
    const { page, user } = await consoleView();
    const other = await page.context().newPage();
    // No API answers it, so that only the other tab can tell that nobody is signed in.
    await other.route(/\/functions\/v1\/(?!console)/, () => {});
    await other.goto(consoleAddress());
    await other.getByRole("heading", { name: "Bring in a lead" }).waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    for (const tab of [page, other]) {
      await tab.getByRole("heading", { name: "Sign in to Lumenbase" }).waitFor();
    }
    expect((await user.api.get("user/my")).status).toBe(401);
    await page.context().close();
  });

  test("a session that has ended leads to signing in, and says so", async () => {
    const { page, user, open } = await consoleView();
    await user.api.post("auth/logout", {});
    await open("/leads");
    await page.getByText("Your session has ended. Sign in again.").waitFor();
    expect(await page.evaluate(() => localStorage.getItem("lumenbase.session"))).toBeNull();
    await page.context().close();
  });

  test("a link signs in once; used again it ends no session", async () => {
    const link = `${consoleAddress()}#/link/${await signInLink(await person())}`;
    const page = await newPage();
    await page.goto(link);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Bring in a lead" }).waitFor();
    await page.goto(link);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText("This link was used already").waitFor();
    expect(await page.evaluate(() => localStorage.getItem("lumenbase.session"))).not.toBeNull();
    await page.context().close();
  });

  test("what failed to load anew leaves what was written", async () => {
    const { page, user, open } = await consoleView();
    const { id } = await leadOf(user.api, { first_name: "Ann" });
    await open(`/leads/${id}`);
    await page.getByText("Add a note", { exact: true }).click();
    const note = page.getByLabel("Note", { exact: true });
    await note.fill("Half a thought");
    const failed = { status: 503, contentType: "application/json", body: "{}" };
    await page.route("**/lead/view/**", (route) => route.fulfill(failed));
    await page.getByLabel("Priority").selectOption({ index: 1 });
    await page.getByText("The server answered 503.").first().waitFor();
    expect(await note.inputValue()).toBe("Half a thought");
    await page.context().close();
  });

  test("a viewer sees what is connected, and is offered nothing to change", async () => {
    const view = await consoleView({ role: "viewer" });
    const { page, workspace } = view;
    await connectApp(workspace.id, "slack", { credentials: { access_token: SLACK_TOKEN } });
    const shown = [
      ["/connections", "Not connected"],
      ["/connections/slack", "#general"],
      ["/connections/hubspot", "An administrator of the workspace can connect it."],
      ["/connections/calendars", "can connect it for you, by the API."],
      ["/connections/mail", "it sends no mail"],
    ] as const;
    for (const [path, text] of shown) {
      await view.open(path);
      await page.getByText(text).first().waitFor();
      expect(await page.getByRole("main").locator("button, summary").count()).toBe(0);
    }
    await view.open("/connections/telephone");
    await page.getByText("A manager of the workspace can buy one.").waitFor();
    expect(await page.getByRole("button", { name: /^(Find|Buy|Choose)/ }).count()).toBe(0);
    await view.expectSound();
    await view.open("/connections/mail/new");
    await page.getByRole("heading", { level: 1, name: "Not for your role" }).waitFor();
    await page.context().close();
  });
});
