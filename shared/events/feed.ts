import { type Sql, sql, statement } from "../db/sql.ts";
import type { Rows, Statement } from "../db/wire/pipeline.ts";
import { lazy } from "../memory/lazy.ts";
import { type Position, positionOf } from "./position.ts";

/** What a kind of record shows of itself in the feed. */
export interface ToldKind {
  /** The table. */
  resource: string;
  /** One of them, such as `contact`: what its events are called by. */
  record: string;
  /** The columns, in this order. */
  columns: readonly string[];
  /** Those of the columns that are times. */
  times: readonly string[];
}

/** What is read of the feed. */
export interface FeedQuery {
  /** Where it goes on; null: from the oldest event that is kept. */
  after: Position | null;
  /** The types of events, such as `contacts.created`. */
  types: readonly string[];
  /** At most so many events. */
  most: number;
  /** No more events once they have so many bytes. */
  bytes: number;
}

/** One event as the feed tells it. */
export interface FeedEvent {
  position: Position;
  /** Such as `contact.created`. */
  type: string;
  /** The members of its JSON object, but for its id. */
  members: string;
}

/** Events that follow each other. */
export interface FeedPage {
  events: FeedEvent[];
  /** How far was read, also of what is not of the types. */
  end: Position;
  /** Whether there may be more at once. */
  more: boolean;
}

/** How many events are looked at for those of the types: whoever wants rare ones asks again. */
const MOST_LOOKED_AT = 2_000;
const RFC3339 = sql.literal('YYYY-MM-DD"T"HH24:MI:SS.US"Z"');

/** The feed of a workspace's changes, of these kinds of records. */
export class Feed {
  readonly #text: () => string;

  constructor(kinds: readonly ToldKind[]) {
    this.#text = lazy(() => statement(selection(kinds)).text);
  }

  /** Reads events; fails with EVENTS_REMOVED when some of those after the position are no longer kept. */
  read({ after, types, most, bytes }: FeedQuery): Statement {
    const values = [after?.xid, after?.sequence, types, most, MOST_LOOKED_AT, bytes];
    return { text: this.#text(), values: values.map((value) => value ?? null), prepared: true };
  }
}

/** The page that was read. */
export function pageOf(rows: Rows): FeedPage {
  const last = rows.at(-1);
  if (last === undefined) throw new Error("app.read_feed did not say how far it went");
  return {
    events: rows.slice(0, -1).map((row) => ({
      position: positionOf(row),
      type: String(row.type),
      members: String(row.members),
    })),
    end: positionOf(last),
    more: last.more === true,
  };
}

// An update of nothing that is shown is no event here.
function selection(kinds: readonly ToldKind[]): Sql {
  return sql`select f.xid::text as xid, f.sequence, f.more, kind.record || '.' || (f.event).action as type,
      ${members()} as members
    from app.read_feed(${sql.raw("$1, $2, $3, $4, $5, $6")}) with ordinality
      f (xid, sequence, event, more, place)
    left join (values ${sql.join(kinds.map(constants))}) kind (resource, record, columns, times)
      on kind.resource = (f.event).resource
    left join lateral (
      select coalesce(json_agg(name order by place)::text, '[]') as names
      from unnest(kind.columns) with ordinality shown (name, place)
      where name <> 'updated_at' and (f.event).before -> name is distinct from (f.event).after -> name
    ) changed on (f.event).action = 'updated'
    where changed.names is distinct from '[]'
    order by f.place`;
}

function constants({ resource, record, columns, times }: ToldKind): Sql {
  const names = (some: readonly string[]) => sql`array[${sql.join(some.map(sql.literal))}]::text[]`;
  return sql`(${sql.literal(resource)}, ${sql.literal(record)}, ${names(columns)}, ${
    names(times)
  })`;
}

function members(): Sql {
  const values: Record<string, Sql> = {
    sequence: sql`f.sequence::text`,
    type: sql`to_json(kind.record || '.' || (f.event).action)::text`,
    record_id: sql`to_json((f.event).record_id)::text`,
    at: sql`to_json(to_char((f.event).at at time zone 'UTC', ${RFC3339}))::text`,
    before: sql`app.told_record((f.event).before, kind.columns, kind.times)`,
    after: sql`app.told_record((f.event).after, kind.columns, kind.times)`,
    changed: sql`coalesce(changed.names, '[]')`,
    actor: sql`case when (f.event).actor is not null then json_build_object(
      'kind', (f.event).actor -> 'kind', 'id', (f.event).actor -> 'id')::text end`,
    cause: sql`(f.event).cause::text`,
    request_id: sql`to_json((f.event).request_id)::text`,
  };
  return sql.join(
    Object.entries(values).map(([name, value]) =>
      sql`${sql.literal(`"${name}":`)} || coalesce(${value}, 'null')`
    ),
    sql` || ',' || `,
  );
}
