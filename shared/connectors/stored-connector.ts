import { sql, statement } from "../db/sql.ts";
import { RecordNotFound } from "../refusals/errors.ts";
import type { Rows, Statement } from "../db/wire/pipeline.ts";
import type { Definition } from "./definition.ts";

/** A connector as it is stored. */
export interface StoredConnector extends Definition {
  id: string;
  /** Sealed; see SecretBox. */
  secrets: string | null;
  /** The source of the leads that its events become; null when they become what its target says. */
  lead_source: string | null;
  /** When it was read, in Unix milliseconds by the database's clock. */
  now: number;
}

/** A connector's id or slug. */
export type ConnectorName = { id: string } | { slug: string };

/** Reads a connector by its id or slug. */
export function selectConnector(by: ConnectorName, lock = false): Statement {
  const condition = "id" in by ? sql`id = ${by.id}` : sql`slug = ${by.slug}`;
  return statement(
    sql`select id, target, field_map, matching, defaults, items, event_id, skip, test,
    lookup, prepare, verification, secrets, lead_source,
    floor(extract(epoch from clock_timestamp()) * 1000)::float8 as now from crm.connectors where ${condition}
    ${lock ? sql`for update` : sql``}`,
  );
}

/** The one connector of a statement's rows. Throws RecordNotFound when there is none. */
export function theConnector(by: ConnectorName, rows?: Rows): StoredConnector {
  const row = rows?.[0] as StoredConnector | undefined;
  if (row !== undefined) return row;
  throw "id" in by
    ? new RecordNotFound("connector", by.id)
    : new RecordNotFound("connector", by.slug, "slug");
}
