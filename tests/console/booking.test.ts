import { describe, expect, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { consoleView } from "../support/console.ts";
import { LioClient, lioUser } from "../support/lio.ts";
import { gatewayUrl } from "../support/workspace.ts";

const HOSTILE = `<img src=x onerror=alert(1)> مرحبا 🙂 ${"long ".repeat(30)}`;
const NARROW = { colorScheme: "dark", viewport: { width: 360, height: 740 } } as const;

describe.runIf(browserPath())("booking", () => {
  test("is turned on, and who books by the link is met or told that it is cancelled", async () => {
    const view = await consoleView(NARROW);
    const { page } = view;
    const slug = `rita-${view.user.id}`;
    await view.open("/booking");
    await page.getByText("Nobody can book you yet.").waitFor();
    await page.getByText("Nobody has booked a time to come.").waitFor();
    await page.getByLabel("Visitors may book me").check();
    await page.getByLabel("Address of the page").fill("Rita!");
    await page.getByLabel("Durations").fill("30, soon");
    await page.getByLabel("Monday, to").fill("08:00");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Must have 3 to 64 of the letters").waitFor();
    await page.getByText("Must be a whole number of minutes from 5 to 480").waitFor();
    await page.getByRole("group", { name: "Monday" }).getByText("Must end after it begins")
      .waitFor();
    await view.expectSound();
    await page.getByLabel("Address of the page").fill(slug);
    await page.getByLabel("Durations").fill("30, 60");
    await page.getByLabel("Monday, to").fill("00:00");
    await page.getByRole("button", { name: "Add hours on Sunday" }).click();
    await page.route(/user\/update/, async (route) => {
      await page.getByLabel("What it is called").fill("Typed while it is saved");
      await route.continue();
    });
    await page.getByRole("button", { name: "Save" }).click();
    const link = await page.getByRole("region", { name: "Link", exact: true }).last().innerText();
    expect(link).toMatch(new RegExp(`/lio/api/v1/booking/${slug}$`));
    const { booking } = await view.user.api.read("user/my");
    expect(booking).toMatchObject({
      enabled: true,
      durations: [30, 60],
      working_hours: { mon: [["09:00", "24:00"]], sat: [], sun: [["09:00", "17:00"]] },
    });

    expect(await page.getByLabel("What it is called").inputValue()).toBe("Typed while it is saved");

    const visitor = new LioClient(gatewayUrl(), null);
    const { slots } = await visitor.read(`v1/booking/${slug}/availability`);
    const { start, end } = slots.at(-1);
    const names = { name: HOSTILE, email: "ada@example.com", notes: HOSTILE };
    await visitor.made(`v1/booking/${slug}/confirm`, { start, end, ...names });
    await page.reload();
    const row = page.getByRole("row").filter({ hasText: "ada@example.com" });
    await row.getByText("Scheduled").waitFor();
    await view.expectSound();
    const cancel = row.getByRole("button", { name: "Cancel the meeting" });
    await cancel.click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Keep it" }).click();
    await expect.poll(() => cancel.evaluate((one) => one === document.activeElement)).toBe(true);
    await cancel.click();
    await dialog.getByRole("button", { name: "Cancel the meeting" }).click();
    await row.getByText("Cancelled").waitFor();
    expect(await row.getByRole("button").count()).toBe(0);
    const past = { start_time: "2020-01-01T10:00:00Z", end_time: "2020-01-01T11:00:00Z" };
    await view.user.api.made("meeting/add", { title: "Long ago", ...past });
    await page.getByLabel("Show").selectOption("past");
    const old = page.getByRole("row").filter({ hasText: "Long ago" });
    await old.getByText("Scheduled").waitFor();
    expect(await old.getByRole("button").count()).toBe(0);
    await page.context().close();
  });

  test("of a slug that is somebody else's is told beside it, and a Viewer cancels nothing", async () => {
    const view = await consoleView({ role: "viewer" });
    const { page, user } = view;
    const { api } = await lioUser(view.workspace, "rep");
    const { booking } = await api.read("user/my");
    await api.made("meeting/add", {
      title: HOSTILE,
      start_time: "2090-01-01T10:00:00Z",
      end_time: "2090-01-01T11:00:00Z",
    });
    await view.open("/booking");
    await page.getByText("Somebody else’s").waitFor();
    expect(await page.getByRole("button", { name: "Cancel the meeting" }).count()).toBe(0);
    await page.getByLabel("Address of the page").fill(booking.slug);
    await page.getByRole("button", { name: "Save" }).click();
    await page.locator('[aria-invalid="true"]').waitFor();
    await view.expectSound();
    expect((await user.api.read("user/my")).booking.slug).not.toBe(booking.slug);
    await page.context().close();
  });
});
