import type { Json } from "../support/api-client.ts";

/** Something a client wants written exactly once, and goes on asking for until it is answered. */
export interface Intent {
  kind: "contact" | "batch" | "deal" | "deals" | "activity" | "invoice" | "event" | "capped";
  path: string;
  body: unknown;
  /** Statuses of an answer that ends the asking. */
  ends: readonly number[];
  /** What must be stored for an answer to be true: a value for each record it names. */
  records(answer: Json): Claim[];
}

/** A record that an answer says there is. */
export interface Claim {
  table: string;
  id: string;
  /** Columns and the values that they must have. */
  holds: Record<string, unknown>;
}

const COMPANIES = 5;
const PER_BATCH = 3;
const MESSAGE = "Please call me";
const KINDS = ["contact", "deal", "activity", "batch", "event", "invoice", "deals", "capped"];

/** How many of a mix are of one kind. */
export function shareOf(kind: Intent["kind"], count: number): number {
  return Array.from({ length: count }, (_, i) => KINDS[i % KINDS.length]).filter((one) =>
    one === kind
  ).length;
}

/** A mix of writes of every kind; `event` is the path that a sender was given. */
export function intents(count: number, event: string): Intent[] {
  return Array.from({ length: count }, (_, i) => MAKERS[KINDS[i % KINDS.length]!]!(i, event));
}

/** What a mix of `count` must leave in the database, and nothing else. */
export function expected(count: number, capped: number) {
  const of = (kind: Intent["kind"]) => shareOf(kind, count);
  const people = of("contact") + of("event");
  return {
    contacts: people + PER_BATCH * of("batch"),
    // One for each message, and those that were sent as such.
    activities: people + of("activity"),
    companies: Math.min(COMPANIES, of("contact")),
    deals: of("deal") + PER_BATCH * of("deals"),
    invoices: of("invoice"),
    connector_deliveries: of("event"),
    capped: Math.min(capped, of("capped")),
  };
}

const person = (i: number, n = 0) => ({ email: `p${i}-${n}@example.com`, first_name: `P${i}` });
const items = (i: number) =>
  Array.from({ length: PER_BATCH }, (_, n) => ({ title: `Deal ${i}-${n}`, value: i }));

const MAKERS: Record<string, (i: number, event: string) => Intent> = {
  contact: (i) =>
    single("contact", "contacts", {
      ...person(i),
      company_name: `Company ${i % COMPANIES}`,
      message: MESSAGE,
    }, person(i)),
  deal: (i) => {
    const deal = { title: `Deal ${i}`, value: i };
    return single("deal", "deals", deal, { title: deal.title, value: String(i) });
  },
  activity: (i) => single("activity", "activities", { type: "note", title: `Note ${i}` }),
  invoice: (i) => single("invoice", "invoices", { notes: `Invoice ${i}` }),
  capped: (i) => ({ ...single("capped", "contacts", person(i)), ends: [201, 429] }),
  batch: (i) => {
    const people = Array.from({ length: PER_BATCH }, (_, n) => person(i, n));
    return several("batch", "contacts", { contacts: people }, people);
  },
  deals: (i) => {
    const made = items(i);
    const holds = made.map(({ title }) => ({ title }));
    return several("deals", "deals", { items: made.map((data) => ({ data })) }, holds);
  },
  event: (i, event) => ({
    kind: "event",
    path: event,
    body: { ...person(i), id: `event-${i}`, message: MESSAGE },
    ends: [200],
    records: ({ data }) => [{
      table: "connector_deliveries",
      id: data.delivery_id,
      holds: { event_id: `event-${i}`, status: "accepted" },
    }],
  }),
};

function single(
  kind: Intent["kind"],
  table: string,
  body: object,
  holds: Record<string, unknown> = { ...body },
): Intent {
  const records = ({ data }: Json) => data ? [{ table, id: data.id, holds }] : [];
  return { kind, path: `v1-public-${table}`, body, ends: [201], records };
}

function several(
  kind: Intent["kind"],
  table: string,
  body: object,
  holds: Record<string, unknown>[],
): Intent {
  const records = ({ data }: Json): Claim[] =>
    data.results.map(({ id }: Json, n: number) => ({ table, id, holds: holds[n] }));
  return { kind, path: `v1-public-${table}-batch`, body, ends: [201], records };
}
