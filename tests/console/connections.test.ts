import { beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { connectApp } from "../support/connected-accounts.ts";
import { consoleView, expectForgotten } from "../support/console.ts";
import { lioUser } from "../support/lio.ts";
import { enterFunds } from "../support/lio-voice-funds.ts";
import { HUBSPOT_TOKEN } from "../support/providers/hubspot-account.ts";
import { GMAIL_TOKEN } from "../support/providers/lasting-gmail.ts";
import { SLACK_TOKEN } from "../support/providers/slack-api.ts";
import { type SmtpMailbox, smtpMailbox } from "../support/providers/smtp-mailbox.ts";
import { asOwner } from "../support/workspace.ts";

const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

describe.runIf(browserPath())("in a browser", () => {
  const PASSWORD = "a password of the mailbox";
  let server: SmtpMailbox;

  beforeAll(async () => {
    server = await smtpMailbox({ security: "none", users: { "ada@acme.com": PASSWORD } });
    return server.stop;
  });

  test("narrow and dark, a rep connects mail accounts whose secrets are forgotten once sent", async () => {
    const view = await consoleView({
      role: "rep",
      viewport: { width: 360, height: 740 },
      colorScheme: "dark",
    });
    const { page } = view;
    await view.open("/connections/mail");
    await view.expectSound();
    await page.getByRole("link", { name: "Connect an account" }).click();
    await page.getByLabel("Through").selectOption("smtp");
    await page.getByLabel("Encryption").selectOption("none");
    await page.getByLabel("Your name").fill("Ada <b>&amp;</b>");
    await page.getByLabel("Address", { exact: true }).fill("ada@acme.com");
    await page.getByLabel("Server", { exact: true }).fill("127.0.0.1");
    await page.getByLabel("Port", { exact: true }).fill(String(server.port));
    const password = page.getByLabel("Password");
    const connect = page.getByRole("button", { name: "Connect", exact: true });
    await password.fill("not the password");
    await connect.click();
    await page.locator(".field", { has: password }).locator(".wrong").waitFor();
    await page.getByText("What is secret is not kept").waitFor();
    await expectForgotten(view, "not the password");
    await view.expectSound();
    await password.fill(PASSWORD);
    await connect.click();
    await page.getByRole("button", { name: "Test ada@acme.com" }).click();
    await page.getByText("A message was sent to ada@acme.com. The mailbox is not read").waitFor();
    expect(server.arrived).toMatchObject([{ to: ["ada@acme.com"] }]);
    await expectForgotten(view, PASSWORD);
    await page.getByRole("link", { name: "Connect an account" }).click();
    await page.getByRole("button", { name: "Paste tokens instead" }).click();
    await page.getByLabel("Address", { exact: true }).fill("ada@gmail.example");
    await page.getByLabel("Access token").fill(GMAIL_TOKEN);
    await connect.click();
    await page.getByRole("button", { name: "Test ada@gmail.example" }).click();
    await page.getByText("and the mailbox can be read.").waitFor();
    await expectForgotten(view, GMAIL_TOKEN);
    await view.expectSound();
    await page.context().close();
  });

  test("an administrator connects a calendar, sees what is in it, and disconnects it and mail", async () => {
    const view = await consoleView();
    const { page, user } = view;
    const token = `google-plain-${user.id}`;
    await user.api.made("mail-configurations/add", {
      mailer: "gmail",
      from_address: "ada@gmail.example",
      from_name: "Ada",
      password: GMAIL_TOKEN,
    });
    await view.open("/connections/calendars");
    await page.getByText("Nothing is in this calendar").waitFor();
    await page.getByLabel("Calendar", { exact: true }).selectOption("google");
    await page.getByText("Your google calendar is not connected.").waitFor();
    const card = page.getByRole("region", { name: "Google Calendar" });
    await card.getByText("Connect Google Calendar").click();
    await card.getByLabel("Access token").fill("with a blank");
    await card.getByRole("button", { name: "Connect", exact: true }).click();
    await card.getByText("without blanks").waitFor();
    await view.expectSound();
    await card.getByLabel("Access token").fill(token);
    await card.getByRole("button", { name: "Connect", exact: true }).click();
    await card.getByText("Connected", { exact: true }).waitFor();
    await expectForgotten(view, token);
    const at = (hour: number) => ({ dateTime: new Date(Date.now() + hour * 36e5).toISOString() });
    const event = { summary: "Dentist <i>", start: at(24), end: at(25) };
    await user.api.made("calendar/google/events", event);
    await page.reload();
    await page.getByRole("row").filter({ hasText: "Dentist <i>" }).getByText("Busy").waitFor();
    await view.expectSound();
    const disconnect = async () => {
      await page.getByRole("button", { name: "Disconnect" }).click();
      await page.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click();
    };
    await disconnect();
    await page.getByText("Google Calendar is disconnected.").waitFor();
    await card.getByText("Not connected").waitFor();
    await view.open("/connections/mail");
    await disconnect();
    await page.getByText("You have no mail account here yet.").waitFor();
    const now = Date.now();
    const day = (days: number) => new Date(now + days * 864e5).toISOString().slice(0, 10);
    const away = { title: "Away", all_day: true, timezone: "Pacific/Auckland" };
    await user.api.made("calendar/internal/events", { ...away, start: day(5), end: day(8) });
    await view.open("/connections/calendars");
    const row = page.getByRole("row").filter({ hasText: "Away" });
    const shown = [5, 7].map((days) => DAY.format(new Date(day(days))));
    await expect.poll(async () => (await row.getByRole("cell").allInnerTexts()).slice(0, 2))
      .toEqual(shown);
    await page.context().close();
  });

  test("Slack, Teams and HubSpot are connected, tried and imported from", async () => {
    const view = await consoleView();
    const { page, workspace } = view;
    await view.open("/connections");
    await page.getByRole("link", { name: "Slack" }).click();
    await page.getByText("Connect Slack").click();
    await page.getByLabel("Access token").fill(SLACK_TOKEN);
    await page.getByLabel("Channel for notifications").fill("#general");
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await page.getByLabel("Channel", { exact: true }).selectOption({ label: "#random" });
    await page.getByRole("button", { name: "Post a message" }).click();
    await page.getByText("The app is not a member of the channel").waitFor();
    await view.expectSound();
    await page.getByLabel("Channel", { exact: true }).selectOption({ label: "#general" });
    await page.getByRole("button", { name: "Post a message" }).click();
    await page.getByText("The message is in #general.").waitFor();
    const credentials = { access_token: `microsoft-plain-${workspace.id}` };
    await connectApp(workspace.id, "microsoft", { credentials });
    await view.open("/connections/teams");
    await page.getByLabel("Team", { exact: true }).selectOption({ label: "Support" });
    await expect.poll(() => page.getByRole("row").count()).toBe(11);
    await view.expectSound();
    await connectApp(workspace.id, "hubspot", { credentials: { access_token: HUBSPOT_TOKEN } });
    await view.open("/connections/hubspot");
    await page.getByRole("button", { name: "Leave out Email (email)" }).first().click();
    await page.getByRole("button", { name: "Import" }).click();
    await page.getByText("Must map a property to at least one of").waitFor();
    await view.expectSound();
    await page.getByRole("button", { name: "Add a property" }).first().click();
    await page.getByRole("button", { name: "Import" }).click();
    await page.getByText("completed", { exact: true }).waitFor();
    await page.getByText("3 of 3 contacts").waitFor();
    await view.expectSound();
    await page.context().close();
  });

  test("a number is found, bought, and rings whom a manager chose", async () => {
    const view = await consoleView({ role: "manager" });
    const { page, user, workspace } = view;
    await enterFunds(workspace.id, 25);
    await view.open("/connections/telephone");
    await page.getByText("The workspace has no phone number yet.").waitFor();
    await page.getByLabel("Area code").fill("80");
    await page.getByRole("button", { name: "Find numbers" }).click();
    await page.getByText("Must have three digits").waitFor();
    await view.expectSound();
    await page.getByLabel("Area code").fill("808");
    await page.getByLabel("Area code").press("Enter");
    const rowsOf = (name: string) => page.getByRole("table", { name }).getByRole("row");
    const offered = rowsOf("Numbers that can be bought").filter({ hasText: "+18089250001" });
    await offered.waitFor();
    const area = page.getByLabel("Area code");
    expect(await area.evaluate((one) => one === document.activeElement)).toBe(true);
    await offered.getByRole("cell", { name: "US$1.15" }).waitFor();
    await offered.getByRole("button", { name: "Buy" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("costs US$1.15 a month").waitFor();
    await dialog.getByText("The wallet has US$25.00.").waitFor();
    const soldAnew = page.waitForResponse(/available-numbers/);
    await dialog.getByRole("button", { name: "Buy" }).click();
    await page.getByText("+18089250001 is yours.").waitFor();
    await soldAnew;
    // The page shows without being opened anew that the number is the workspace's, and paid.
    await rowsOf("Phone numbers").filter({ hasText: "US$1.15" }).getByText("+18089250001")
      .waitFor();
    await page.getByRole("region", { name: "Wallet" }).locator("strong", { hasText: "US$23.85" })
      .waitFor();
    await rowsOf("What was paid").filter({ hasText: "A number" }).getByText("-US$1.15").waitFor();
    const [{ id }] = await user.api.read("voice/my-numbers");
    const left = await lioUser(workspace, "rep");
    await user.api.done("voice/assign-number", { number_id: id, user_ids: [left.number] });
    await asOwner("update crm.users set status = 'inactive' where id = $1", [left.id]);
    await page.reload();
    await page.getByRole("button", { name: "Choose whom +18089250001 rings" }).click();
    await page.getByRole("dialog").getByLabel("Jane Roe").check();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("+18089250001 rings whom you chose.").waitFor();
    await page.getByRole("cell", { name: "Jane Roe", exact: true }).waitFor();
    await view.expectSound();
    await page.context().close();
  });
});
