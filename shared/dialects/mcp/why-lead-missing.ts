import * as z from "zod";
import { connectors } from "../../connectors/connectors.ts";
import { deliveries, type Status, STATUSES } from "../../connectors/deliveries.ts";
import { selectTrace, type Trace, traceOf } from "../../connectors/trace.ts";
import { contacts } from "../../crm/contacts.ts";
import { equalTo } from "../../crm/lists/conditions.ts";
import { decodeCursor, encodeCursor, type Position } from "../../crm/lists/cursor.ts";
import type { Fields } from "../../crm/plan.ts";
import { part } from "../../crm/resource.ts";
import type { Scope } from "../../crm/scopes.ts";
import { label } from "../../crm/values/fields.ts";
import { instant } from "../../crm/values/instant.ts";
import { scope } from "../../http/operation.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { cursor, limit } from "./arguments.ts";
import { Listed, record } from "./bound.ts";
import type { McpCall } from "./caller.ts";
import { goingOn, readLists, type Wanted } from "./read-lists.ts";
import { READS, tool } from "./tool.ts";
import { listOf } from "./tool-schemas.ts";

const WEEK_MS = 7 * 86_400_000;
const FIRST = Date.parse("0001-01-01T00:00:00Z");
const NEWEST = { at: "infinity", id: "ffffffff-ffff-ffff-ffff-ffffffffffff" };

const input = lazy(() =>
  z.strictObject({
    email: label(320).describe("The lead's email address, as it was sent.").optional(),
    status: z.enum(STATUSES, `Must be one of ${STATUSES.join(", ")}`).optional(),
    since: instant().describe(
      "Seven days before until or now, unless given. With a cursor, the searched.since that was answered.",
    ).optional(),
    until: instant().describe("As late as possible, unless given.").optional(),
    limit: limit(),
    cursor: cursor(),
  })
);

const named = lazy(() => part(connectors, ["id", "name", "preset", "target", "created_at"]));

const output = lazy(() => {
  const { id, name, preset, target } = named().schema.shape;
  const { connector_id: _, content_type: __, created_at: ___, updated_at: ____, ...told } =
    deliveries.schema.shape;
  const delivery = z.object({
    ...told,
    received_at: z.string(),
    connector: z.object({ id, name, preset, target }).nullable(),
    why: z.string(),
  });
  return z.object({
    conclusion: z.string().optional(),
    searched: z.object({
      since: z.string(),
      until: z.string().nullable(),
      looked_at: z.int(),
      is_partial: z.boolean(),
    }).optional(),
    deliveries: listOf(delivery).optional(),
    connectors: listOf(named()).optional(),
    contacts_with_email: listOf(contacts).optional(),
  });
});

type Given = z.output<ReturnType<typeof input>>;

/** What came through connectors, and what became of it. */
export const whyLeadMissing = tool({
  name: "why_lead_missing",
  title: "Why a lead did not arrive",
  description: "Tells what came through connectors in a time, newest first, with what became of " +
    "each and why: by the lead's email address if given, wherever it stands in what was sent. " +
    "Tells also whether there is a contact with it, and which connectors there are. Deliveries " +
    "are kept for 30 days, and 1,000 of the time are looked through at once, the newest first; " +
    "next_cursor goes on behind them.",
  scope: scope<Scope>("admin"),
  annotations: READS,
  input,
  output,
  async run(call, given) {
    const { cursor: at, email, limit: size } = given;
    const list = JSON.stringify([call.caller.workspaceId, deliveries.name, {
      ...given,
      limit: 0,
      cursor: "",
    }]);
    const before = at === undefined ? undefined : decodeCursor(list, at) ?? undefined;
    if (at !== undefined && before === undefined) {
      return await readLists(call, goingOn(call, besides(size, email), at));
    }
    const traced = await tracedOf(call, given, list, before);
    if (before !== undefined) return traced;
    const around = await readLists(call, besides(size, email));
    const { total } = traced.deliveries.around;
    const conclusion = concluded(total, around.connectors?.around.total ?? 0, email);
    return { conclusion, ...traced, ...around };
  },
});

async function tracedOf(
  { workspace }: McpCall,
  { email, status, limit: size, ...time }: Given,
  list: string,
  at: Position | undefined,
) {
  const until = time.until ?? null;
  const since = time.since ?? weekBefore(until ?? new Date().toISOString());
  if (until !== null && Date.parse(since) >= Date.parse(until)) {
    throw new InvalidInput([{ field: "since", message: "Must be before until." }]);
  }
  const before = at === undefined ? undefined : { at: at.value, id: at.id };
  const [rows = []] = await workspace.read([
    selectTrace({ text: email, status, since, until, before, size }),
  ]);
  const { items, total, looked_at, is_partial, last } = traceOf(rows);
  const found = items.map(record);
  const cursorAt = (place: Trace["last"]) =>
    place === null ? null : encodeCursor(list, { value: place.at, id: place.id, page: 1 });
  const after = (kept: number) => {
    if (kept === total) return is_partial ? cursorAt(last) : null;
    const one = found[kept - 1];
    return cursorAt(
      one === undefined ? before ?? NEWEST : { at: String(one.received_at), id: String(one.id) },
    );
  };
  const listed = new Listed(found.map(explained), { total, before: 0, after });
  return { searched: { since, until, looked_at, is_partial }, deliveries: listed };
}

function weekBefore(time: string): string {
  return new Date(Math.max(FIRST, Date.parse(time) - WEEK_MS)).toISOString();
}

function besides(size: number, email: string | undefined): Record<string, Wanted> {
  const newest = { sort: "created_at", order: "desc" as const };
  const all: Wanted = { resource: named(), ...newest, size };
  if (email === undefined) return { connectors: all };
  const value = email.toLowerCase();
  const theirs: Wanted = {
    resource: contacts,
    conditions: [equalTo(contacts, "email", value)],
    ...newest,
    size: 1,
  };
  return { connectors: all, contacts_with_email: theirs };
}

const REASONS: Readonly<Record<Status, (delivery: Fields) => string>> = {
  pending: () => "It is under way, or was left when its process ended; a replay takes it up.",
  failed: ({ error }) => `It was refused: ${messageOf(error)}`,
  ignored: () => "Its connector passes such events over (skip).",
  test: () => "It was a test of the sender, of which nothing is stored.",
  accepted({ outcome, contact_id, activity_id }) {
    const became = contact_id !== null
      ? `contact ${contact_id}`
      : activity_id !== null
      ? `activity ${activity_id}`
      : "a record that was deleted since";
    return `It was taken: ${outcome ?? "stored as"} ${became}.`;
  },
};

function explained(delivery: Fields): Fields {
  return { ...delivery, why: REASONS[delivery.status as Status](delivery) };
}

function messageOf(error: unknown): string {
  const { message, fields = [] } = (error ?? {}) as {
    message?: string;
    fields?: { field: string; message: string }[];
  };
  const wrong = fields.map((one) => `${one.field}: ${one.message}`);
  return [message ?? "for no known reason.", ...wrong].join(" ");
}

function concluded(total: number, all: number, email?: string): string {
  if (all === 0) return "There is no connector; nothing can come through one.";
  const about = email === undefined ? "" : " with this address";
  const came = total === 1 ? "1 delivery" : `${total} deliveries`;
  if (total > 0) return `${came}${about} came in this time; why tells of each.`;
  return `No delivery${about} came through a connector in this time: the sender sent none to its ` +
    "URL, or was refused by its token or signature.";
}
