import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { consoleView, reachable } from "../support/console.ts";

describe.runIf(browserPath())("the first lead", () => {
  test("arrives by the command that the page shows, as it is copied", async () => {
    const { page, expectSound } = await consoleView();
    await page.getByText("Waiting for your first lead").waitFor();
    await page.getByRole("button", { name: "Make a key" }).click();
    const shown = page.getByRole("region", { name: "Command" });
    await page.getByText("shown this once").waitFor();
    const command = await shown.innerText();
    expect(command).toMatch(/Bearer lb_live_\w{12}_\w{49}"/);
    const { stdout } = await promisify(execFile)("bash", ["-c", `${command} --silent`]);
    expect(JSON.parse(stdout)).toMatchObject({ success: true });
    await page.getByText("Ada has arrived").waitFor();
    await expectSound();
    await page.getByRole("link", { name: "Open the contact" }).click();
    await page.getByRole("heading", { level: 1, name: "Ada" }).waitFor();
    await page.context().close();
  });

  test("arrives by the form that the page shows, without a key", async () => {
    const { page } = await consoleView();
    await page.getByText("Waiting for your first lead").waitFor();
    await page.getByRole("button", { name: "Make a form" }).click();
    const html = await page.getByRole("region", { name: "Form", exact: true }).innerText();
    const address = /action="([^"]+)"/.exec(html)?.[1];
    const names = Array.from(html.matchAll(/name="(\w+)"/g), ([, name]) => name);
    expect(names).toEqual(["email", "first_name", "message", "website_2"]);
    const fields = {
      email: "sarah@example.com",
      first_name: "Sarah",
      message: "Hello",
      website_2: "",
    };
    const response = await fetch(reachable(String(address)), {
      method: "POST",
      body: new URLSearchParams(fields),
    });
    expect(response.status).toBeLessThan(300);
    await page.getByText("Sarah has arrived").waitFor();
    await page.context().close();
  });

  test("needs an administrator for the key: a Viewer is told so", async () => {
    const { page, expectSound } = await consoleView({ role: "viewer" });
    await page.getByText("An administrator gives you a key").waitFor();
    expect(await page.getByRole("button", { name: /^Make/ }).count()).toBe(0);
    await expectSound();
    await page.context().close();
  });
});
