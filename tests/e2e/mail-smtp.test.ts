import { describe, expect, test } from "vitest";
import { accountAt } from "../support/providers/smtp-mailbox.ts";
import { smtpWorld } from "../support/providers/smtp-world.ts";

describe("recipients", () => {
  test("some refused: the others get it, and the refused are named", async () => {
    const { box, mailer } = await smtpWorld({
      recipients: { "gone@example.org": 550, "busy@example.org": 451 },
    });
    const to = ["ada@example.org", "gone@example.org"];
    const { outcome } = await mailer.send(accountAt(box), { to, cc: ["busy@example.org"] });
    expect(outcome).toEqual({
      state: "sent",
      refused: [
        { address: "gone@example.org", error: expect.stringMatching(/^550 .*gone@example.org/) },
        { address: "busy@example.org", error: expect.stringMatching(/^451 /) },
      ],
    });
    expect(box.arrived.map((one) => one.to)).toEqual([["ada@example.org"]]);
  });

  test("all refused: for good, or for now when one is", async () => {
    const { box, mailer } = await smtpWorld({
      recipients: { "gone@example.org": 550, "busy@example.org": 451 },
    });
    const send = async (...to: string[]) => (await mailer.send(accountAt(box), { to })).outcome;
    expect(await send("gone@example.org")).toMatchObject({ state: "refused", account: false });
    expect(await send("busy@example.org")).toMatchObject({ state: "later", account: false });
    expect(await send("gone@example.org", "busy@example.org")).toMatchObject({ state: "later" });
    expect(box.arrived).toEqual([]);
  });

  test("those in copy get it once, and nobody sees the blind ones", async () => {
    const { box, mailer } = await smtpWorld();
    const to = ["ada@example.org"];
    await mailer.send(accountAt(box), {
      to,
      cc: [...to, "cc@example.org"],
      bcc: ["bcc@example.org"],
    });
    const [one] = box.arrived;
    expect(one?.to).toEqual(["ada@example.org", "cc@example.org", "bcc@example.org"]);
    expect(one?.raw).not.toContain("bcc@");
  });
});

describe("the data", () => {
  test.each([[554, "refused"], [451, "later"]] as const)("answered by %i", async (data, state) => {
    const { box, mailer } = await smtpWorld({ data, words: "Not this" });
    const { outcome } = await mailer.send(accountAt(box));
    expect(outcome).toMatchObject({ state, account: false });
    expect(JSON.stringify(outcome)).toContain(`${data} Not this`);
  });

  test.each(["none", "tls", "starttls"] as const)(
    "cut off after them leaves it in doubt: %s",
    async (security) => {
      const { box, mailer } = await smtpWorld({ security, cut: "data" });
      expect((await mailer.send(accountAt(box))).outcome.state).toBe("in_doubt");
      expect(box.arrived).toHaveLength(1);
    },
  );

  test("never answered leaves it in doubt when the time is over", async () => {
    const { box, mailer } = await smtpWorld();
    // Whatever is loaded once has been loaded when the time counts.
    expect((await mailer.send(accountAt(box))).outcome.state).toBe("sent");
    box.behaviour.mute = true;
    expect((await mailer.send(accountAt(box), {}, 6_000)).outcome.state).toBe("in_doubt");
    expect(box.arrived).toHaveLength(2);
  });

  test("more than the server takes is refused before it is sent", async () => {
    const { box, mailer } = await smtpWorld();
    const { outcome } = await mailer.send(accountAt(box), { text: "x".repeat(1_100_000) });
    expect(outcome).toMatchObject({ state: "refused", account: false });
    expect(box.arrived).toEqual([]);
  });
});

test("a server that hangs up, is not there or has no address may be tried again", async () => {
  const { box, mailer } = await smtpWorld({ cut: "connection" });
  expect((await mailer.send(accountAt(box))).outcome.state).toBe("later");
  await box.stop();
  expect((await mailer.send(accountAt(box))).outcome.state).toBe("later");
  const nowhere = { host: "mail.invalid", security: "tls" } as const;
  expect((await mailer.send(accountAt(box, nowhere))).outcome.state).toBe("later");
});

test("a recipient that would end the command is refused here", async () => {
  const { box, mailer } = await smtpWorld();
  const to = ["a@example.org>\r\nRCPT TO:<b@example.org"];
  expect((await mailer.send(accountAt(box), { to })).outcome.state).toBe("refused");
  expect(box.arrived).toEqual([]);
});
