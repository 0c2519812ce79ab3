import type { Happening, HistoryModel } from "../../events/history.ts";
import type { Named } from "../../events/names.ts";
import { CAPITAL, FIELDS, LINKS, OF_SIGNALS, TIMES, WORDS } from "./feed-fields.ts";

type Row = Readonly<Record<string, unknown>>;
type Change = { from: unknown; to: unknown };

/** What happened, as the feed tells it (decisions: 12). */
export interface FeedItem {
  id: number;
  model_type: HistoryModel;
  model_id: number | null;
  event: string;
  title: string;
  changes: Record<string, Change>;
  user_id: number | null;
  user_name: string | null;
  created_at: string;
}

/** What ids and words are called. */
export interface Names {
  ids: ReadonlyMap<string, Named>;
  /** The values of the lists `status` and `source` of leads. */
  words: ReadonlyMap<string, Named>;
}

/** The ids that the items of happenings name. */
export function idsIn(happenings: readonly Happening[]): string[] {
  const found = new Set<string>();
  for (const { before, after, actor, model_id } of happenings) {
    found.add(model_id);
    if (actor?.kind === "user") found.add(actor.id);
    for (const column of [...LINKS, "tag_id"]) {
      for (const row of [before, after]) {
        const id = row?.[column];
        if (typeof id === "string") found.add(id);
      }
    }
  }
  return [...found];
}

/** What happened, told. */
export function feedItem(happening: Happening, names: Names): FeedItem {
  const { sequence, model, model_id, actor, at } = happening;
  const user = actor?.kind === "user" ? names.ids.get(actor.id) : undefined;
  return {
    id: sequence,
    model_type: model,
    model_id: numberOf(happening, names),
    ...told(happening, names),
    user_id: user?.number ?? null,
    user_name: user?.name ?? null,
    created_at: at,
  };

  function numberOf({ before, after, resource }: Happening, { ids }: Names): number | null {
    const own = resource === `${model === "company" ? "companie" : model}s`;
    return own ? Number((after ?? before)?.number) : ids.get(model_id)?.number ?? null;
  }
}

type Told = Pick<FeedItem, "event" | "title" | "changes">;

function told(happening: Happening, names: Names): Told {
  const { resource, action, before, after, model } = happening;
  switch (resource) {
    case "lead_tags":
      return tagged(after ?? before, action === "created", names);
    case "intent_signals": {
      const type = String(after?.signal_type);
      return { event: OF_SIGNALS[type] ?? "signal", title: `Signal: ${type}`, changes: {} };
    }
    case "documents":
      return { event: "document_added", title: `Document added: ${after?.file_name}`, changes: {} };
    case "activities":
      return after?.type === "email"
        ? { event: "email_sent", title: named("Email sent", after), changes: {} }
        : { event: "note_added", title: named("Note added", after), changes: {} };
    case "tasks":
      return { event: "follow_up_added", title: named("Follow-up added", after), changes: {} };
    case "calls":
      return { event: "call_made", title: `Call made to ${after?.to_number}`, changes: {} };
    default:
      if (resource === "meetings" && action === "created") {
        return {
          event: "meeting_scheduled",
          title: named("Meeting scheduled", after),
          changes: {},
        };
      }
      return action === "updated"
        ? updated(model, before ?? {}, after ?? {}, names)
        : { event: action, title: `${CAPITAL[model]} ${action}`, changes: {} };
  }
}

function named(what: string, row: Row | null): string {
  return typeof row?.title === "string" && row.title !== "" ? `${what}: ${row.title}` : what;
}

function tagged(row: Row | null, isAdded: boolean, { ids }: Names): Told {
  const tag = ids.get(String(row?.tag_id))?.name ?? null;
  const [from, to] = isAdded ? [null, tag] : [tag, null];
  return {
    event: isAdded ? "tagged" : "updated",
    title: `Tag ${isAdded ? "added" : "removed"}: ${tag ?? "one that was deleted"}`,
    changes: { tags: { from, to } },
  };
}

function updated(model: HistoryModel, before: Row, after: Row, names: Names): Told {
  const columns = Object.keys(FIELDS[model]).filter((column) =>
    JSON.stringify(before[column]) !== JSON.stringify(after[column])
  );
  const changes = Object.fromEntries(columns.map((column) => [
    FIELDS[model][column] ?? column,
    {
      from: shown(model, column, before[column], names),
      to: shown(model, column, after[column], names),
    },
  ]));
  const called = (column: string) =>
    [before, after].map((row) => calledOf(model, column, row[column], names));
  if (model === "lead" && columns.includes("status")) {
    return { event: "status_changed", title: `Status: ${called("status").join(" → ")}`, changes };
  }
  if (columns.includes("stage_id")) {
    return { event: "stage_changed", title: `Stage: ${called("stage_id").join(" → ")}`, changes };
  }
  if (columns.includes("assigned_to")) {
    const [, to] = called("assigned_to");
    const title = after.assigned_to === null ? "Unassigned" : `Assigned to ${to}`;
    return { event: "assigned", title, changes };
  }
  const fields = Object.keys(changes);
  const title = fields.length === 0 ? `${CAPITAL[model]} updated` : `Updated: ${fields.join(", ")}`;
  return { event: "updated", title, changes };
}

/** A value as this API shows it: links and words of lists by their numbers. */
function shown(
  model: HistoryModel,
  column: string,
  value: unknown,
  { ids, words }: Names,
): unknown {
  if (value === null || value === undefined) return null;
  if (TIMES.has(column)) return new Date(String(value)).toISOString();
  if (LINKS.has(column)) return ids.get(String(value))?.number ?? null;
  const list = model === "lead" ? WORDS[column] : undefined;
  return list === undefined ? value : words.get(`${list} ${value}`)?.number ?? value;
}

function calledOf(model: HistoryModel, column: string, value: unknown, names: Names): string {
  if (value === null || value === undefined) return "none";
  const list = model === "lead" ? WORDS[column] : undefined;
  const found = list === undefined
    ? names.ids.get(String(value))
    : names.words.get(`${list} ${value}`);
  return found?.name ?? String(value);
}
