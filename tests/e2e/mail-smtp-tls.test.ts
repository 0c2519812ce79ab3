import { describe, expect, test } from "vitest";
import { MAIL } from "../support/providers/mail-process.ts";
import { accountAt } from "../support/providers/smtp-mailbox.ts";
import { smtpWorld } from "../support/providers/smtp-world.ts";

const USERS = { sales: "s3cret-pass" };

test.each(["tls", "starttls"] as const)("signs in and sends by %s", async (security) => {
  const { box, mailer } = await smtpWorld({ security, users: USERS });
  const login = { username: "sales", password: USERS.sales };
  expect((await mailer.send(accountAt(box, login))).outcome).toEqual({
    state: "sent",
    refused: [],
  });
  const [one, ...more] = box.arrived;
  expect(more).toEqual([]);
  expect(one).toMatchObject({
    from: "sales@example.com",
    to: ["ada@example.org"],
    secure: true,
    user: "sales",
    client: "client.example.com",
  });
  expect(one?.email).toMatchObject({
    messageId: MAIL.messageId,
    subject: "Hello",
    from: { address: "sales@example.com", name: "Sales" },
    date: "2026-03-28T09:15:00.000Z",
  });
  expect(one?.email.text?.trim()).toBe("Hello Ada");
});

describe("without TLS", () => {
  test("sends to an address in a private network that may be reached", async () => {
    const { box, mailer } = await smtpWorld();
    expect((await mailer.send(accountAt(box))).outcome.state).toBe("sent");
    expect(box.arrived).toHaveLength(1);
  });

  test("never to a name, nor to an address elsewhere", async () => {
    const { box, mailer } = await smtpWorld();
    for (const host of ["localhost", "192.0.2.7", "10.0.0.1"]) {
      expect((await mailer.send(accountAt(box, { host }))).outcome).toMatchObject({
        state: "refused",
        account: true,
        error: expect.stringContaining("OUTBOUND_PRIVATE_NETWORKS"),
      });
    }
    expect(box.connections).toBe(0);
  });
});

test("a name that resolves to a private address is not connected to", async () => {
  const { box, mailer } = await smtpWorld({ security: "tls" }, { networks: {} });
  expect((await mailer.send(accountAt(box))).outcome).toMatchObject({
    state: "refused",
    account: true,
    error: expect.stringContaining("private or reserved"),
  });
  expect(box.connections).toBe(0);
});

test.each(["tls", "starttls"] as const)(
  "a certificate nobody vouches for: %s",
  async (security) => {
    const { box, mailer } = await smtpWorld({ security }, { isTrusted: false });
    expect((await mailer.send(accountAt(box))).outcome).toMatchObject({
      state: "later",
      account: true,
    });
    expect(box.arrived).toEqual([]);
  },
);

test("one for another name is not enough", async () => {
  const { box, mailer } = await smtpWorld({ security: "tls" }, { name: "other.example.com" });
  expect((await mailer.send(accountAt(box))).outcome).toMatchObject({ state: "later" });
  expect(box.arrived).toEqual([]);
});

test("a server that offers no STARTTLS gets nothing", async () => {
  const { box, mailer } = await smtpWorld();
  const { outcome } = await mailer.send(
    accountAt(box, { security: "starttls", host: "localhost" }),
  );
  expect(outcome).toMatchObject({ state: "refused", account: true });
  expect(box.arrived).toEqual([]);
});

test("a refused login is the account's fault, and told without the password", async () => {
  const words = `No, not ${USERS.sales}x nor ${Buffer.from(`${USERS.sales}x`).toString("base64")}`;
  const { box, mailer } = await smtpWorld({ security: "tls", users: USERS, words });
  const login = { username: "sales", password: `${USERS.sales}x` };
  const { outcome } = await mailer.send(accountAt(box, login));
  expect(outcome).toMatchObject({ state: "refused", account: true });
  expect(JSON.stringify(outcome)).toContain("535");
  expect(JSON.stringify(outcome)).not.toContain(USERS.sales);
  expect(JSON.stringify(outcome)).not.toContain(
    Buffer.from(USERS.sales).toString("base64").slice(0, 12),
  );
});
