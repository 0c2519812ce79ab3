import type { Body, SenderCase } from "./sender-case.ts";

const lead = (fields: Record<string, unknown>) => ({ json: fields });
const said = (contentType: string | null, body: string): Body => ({ contentType, body });

const long = "x".repeat(400);

/** A value that its field cannot take. */
const unread = (field: string, given: unknown, more: Partial<SenderCase> = {}): SenderCase => ({
  name: `${field} given as ${JSON.stringify(given).slice(0, 40)}`,
  sends: [lead({ email: "unread@example.com", name: "Kim Lee", [field]: given })],
  contacts: [{ email: "unread@example.com", first_name: "Kim", last_name: "Lee" }],
  warnings: [field],
  ...more,
});

/** Values that a field cannot take, or that only look alike. */
export const automationValues: SenderCase[] = [
  unread("phone", "+1 555 010 99"),
  unread("deal_value", "1.234,56 €", { notes: ["Deal value: 1.234,56 €"] }),
  unread("signal_strength", "high", { notes: ["Signal strength: high"] }),
  unread("signal_strength", 150),
  unread("company_domain", "not a domain", {
    companies: [],
    notes: ["Company domain: not a domain"],
  }),
  unread("source", long, { notes: [`Source: ${long}`] }),
  unread("source", { utm_source: "google" }, { notes: ["Source: google"] }),
  unread("deal_currency", "€", { notes: ["Deal currency: €"] }),
  unread("phone", "-", { warnings: [], noteCount: 0 }),
  unread("phone", "n/a", { warnings: [], noteCount: 0 }),
  {
    name: "a stage that the pipeline does not have",
    sends: [
      lead({ email: "leo@example.com", deal_title: "D", deal_value: 10, deal_stage: "Hot!" }),
    ],
    contacts: [{ email: "leo@example.com" }],
  },
  {
    name: "characters that cannot be stored, or seen",
    sends: [
      lead({
        email: "nul@example.com",
        name: "Con\u000btrol \u0007Doe\u007f",
        message: "be\u0000fore",
      }),
      lead({ email: "half@example.com", message: "half \ud83d of one" }),
    ],
    contacts: [
      { email: "nul@example.com", first_name: "Con", last_name: "trol Doe" },
      { email: "half@example.com" },
    ],
    notes: ["before", "half \ufffd of one"],
  },
  {
    name: "keys of seventeen digits that differ in the last",
    sends: [
      said(
        "application/json",
        '{"email": "id1@example.com", "idempotency_key": 24905838062380228}',
      ),
      said(
        "application/json",
        '{"email": "id2@example.com", "idempotency_key": 24905838062380229}',
      ),
    ],
    contacts: [{ email: "id1@example.com" }, { email: "id2@example.com" }],
  },
];
