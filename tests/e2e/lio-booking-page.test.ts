import type { Page } from "playwright-core";
import { describe, expect, onTestFinished, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { type BookingWorld, bookingWorld, meetingsOf } from "../support/lio-booking.ts";
import { sharedBrowser } from "../support/shared-browser.ts";

const HTML = { accept: "text/html,*/*" };
const FORM = { ...HTML, "content-type": "application/x-www-form-urlencoded" };

const address = ({ rep, slug }: BookingWorld) =>
  `${rep.api.baseUrl}/functions/v1/lio/api/v1/booking/${slug}`;
const page = ({ visitor, slug }: BookingWorld, query = "") =>
  visitor.send("GET", `v1/booking/${slug}${query}`, { headers: HTML });
const post = ({ visitor, slug }: BookingWorld, form: Record<string, string>) =>
  visitor.send("POST", `v1/booking/${slug}/confirm`, {
    raw: new URLSearchParams(form).toString(),
    headers: FORM,
  });

test("the page shows the month without a script, and tells nothing that is not to be known", async () => {
  const world = await bookingWorld({ title: "Talk <to> me", description: "About\n<b>it</b>" });
  const { status, headers, text } = await page(world, `?date=${world.day}&tz=Asia/Kathmandu`);
  expect(status, text).toBe(200);
  expect(headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(headers.get("content-security-policy"))
    .toMatch(/^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'$/);
  expect(text).not.toMatch(/<script|\son\w+=|\ssrc=|\sstyle=/i);
  expect(text).toContain('<h1 dir="auto">Talk &lt;to&gt; me</h1>');
  expect(text).toContain("&lt;b&gt;it&lt;/b&gt;");
  expect(text).toContain(`<time datetime="${world.day}T14:45:00+05:45">14:45</time>`);
  expect(text).toContain('<option value="Asia/Kathmandu" selected>');
  for (const secret of [world.rep.email, world.rep.id, world.workspace.id]) {
    expect(text).not.toContain(secret);
  }
  expect((await page({ ...world, slug: "nobody-there" })).status).toBe(404);
  expect((await page(world, "?month=2027-13")).status).toBe(400);
  for (const far of ["?month=9989-12", "?date=9999-12-31", "?start=0001-01-01T00:00:00Z"]) {
    expect((await page(world, far)).status, far).toBe(200);
  }
});

test("what is wrong is told beside its field, and what is no longer free is said", async () => {
  const world = await bookingWorld();
  const slot = { ...world.at("09:00"), tz: "Asia/Tokyo" };
  const wrong = await post(world, { ...slot, name: 'Jane "J"', email: "nobody@", notes: "a\nb" });
  expect(wrong.status).toBe(422);
  expect(wrong.text).toContain('value="Jane &quot;J&quot;"');
  expect(wrong.text).toMatch(/id="f-email"[^>]* aria-invalid="true" aria-describedby="e-email"/);
  expect(wrong.text).toContain(`name="start" value="${slot.start}"`);
  expect(wrong.text).toContain("18:00 to 18:30 (Asia/Tokyo)");
  const good = { ...slot, name: "Jane", email: "jane@acme.com", company: "", phone: "", notes: "" };
  const done = await post(world, good);
  expect(done.status, done.text).toBe(201);
  expect(done.text).toContain("18:00 to 18:30 (Asia/Tokyo)");
  const late = await post(world, good);
  expect(late.status).toBe(409);
  expect(late.text).toContain("no longer, free");
  for (const start of ["x", "9999-12-31T23:59:59.999Z", "0001-01-01T00:00:00Z"]) {
    expect((await post(world, { ...good, start, email: "x" })).status).toBe(422);
  }
  const nul = await post(world, { ...good, notes: "a\0b" });
  expect([nul.status, nul.body.error.fields[0].field]).toEqual([400, "notes"]);
  expect(await meetingsOf(world)).toHaveLength(1);
});

describe.runIf(browserPath())("the page in a browser", () => {
  test.each(
    [
      [360, "America/St_Johns", "light"],
      [1_280, "Asia/Kathmandu", "dark"],
    ] as const,
  )(
    "%i pixels wide, in %s, a visitor books by the keyboard alone",
    async (width, zone, colorScheme) => {
      const world = await bookingWorld({ durations: [30, 60], location: "x".repeat(300) });
      const browser = await sharedBrowser();
      const shown = await browser.newPage({
        javaScriptEnabled: false,
        viewport: { width, height: 740 },
        colorScheme,
      });
      onTestFinished(() => shown.close());
      shown.setDefaultTimeout(60_000);
      const problems: string[] = [];
      shown.on("console", (message) => problems.push(message.text()));
      await shown.goto(`${address(world)}?month=${world.day.slice(0, 7)}`);
      await shown.getByLabel("Time zone").selectOption(zone);
      await shown.getByLabel("Duration").selectOption("60");
      await enter(shown, "button", "Show times");
      const slot = world.at("10:00", 60);
      const local = new Date(slot.start).toLocaleString("en", {
        dateStyle: "full",
        timeZone: zone,
      });
      const time = new Date(slot.start).toLocaleTimeString("en-GB", {
        timeStyle: "short",
        timeZone: zone,
      });
      await enter(
        shown,
        "link",
        new Intl.DateTimeFormat("en", { dateStyle: "full", timeZone: "UTC" })
          .format(new Date(`${world.day}T00:00:00Z`)),
      );
      await fits(shown, width);
      await enter(shown, "link", time);
      expect(await shown.getByRole("heading", { level: 2 }).textContent()).toContain(time);
      expect(await shown.getByRole("heading", { level: 2 }).textContent()).toContain(local);
      await shown.getByLabel("Your name").fill("Jane Roe");
      await shown.getByLabel("Email").fill("jane@");
      await enter(shown, "button", "Book");
      expect(await shown.getByRole("alert").textContent()).toContain(
        "Email: Must be an email address",
      );
      await fits(shown, width);
      await shown.getByLabel("Email").fill("jane@acme.com");
      await enter(shown, "button", "Book");
      expect(await shown.getByRole("status").textContent()).toContain(time);
      await fits(shown, width);
      const [meeting] = await meetingsOf(world);
      expect([meeting.start_time, meeting.end_time].map((at) => new Date(at).toISOString()))
        .toEqual([slot.start, slot.end]);
      expect(meeting.booking).toMatchObject({ timezone: zone, name: "Jane Roe" });
      // The browser itself tells of statuses of 400 and more.
      expect(problems.filter((text) => !/status of 4\d\d/.test(text))).toEqual([]);
      await shown.close();
    },
  );
});

async function enter(shown: Page, role: "link" | "button", name: string): Promise<void> {
  await shown.getByRole(role, { name, exact: true }).focus();
  await Promise.all([shown.waitForEvent("load"), shown.keyboard.press("Enter")]);
}

async function fits(shown: Page, width: number): Promise<void> {
  const widths = await shown.locator("main").evaluate((main) => main.scrollWidth);
  expect(widths).toBeLessThanOrEqual(width);
}
