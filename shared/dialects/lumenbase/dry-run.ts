import { stringify } from "lossless-json";
import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import type { Fields, Written } from "../../crm/plan.ts";
import { parseQuery } from "../../http/query.ts";

/** The query parameter of every write. */
export const dryRunParameter = lazy(() =>
  z.enum(["true", "false"], "Must be true or false")
    .default("false").transform((given) => given === "true")
);

const dryRunOnly = lazy(() => z.strictObject({ dry_run: dryRunParameter() }));

/** Whether the request is a dry run, whatever else its address says. Throws InvalidInput. */
export function isDryRun(query: URLSearchParams): boolean {
  const given = new URLSearchParams([...query].filter(([name]) => name === "dry_run"));
  return parseQuery(dryRunOnly(), given).dry_run;
}

/** What a write would have done. */
export interface Rehearsal {
  dry_run: true;
  outcome: "created" | "updated" | "unchanged" | "deleted";
  /** The record's id; a record that would be created has none yet. */
  id?: string;
  /** The fields that would change. */
  changes?: Record<string, { from: unknown; to: unknown }>;
  /** The record as it would be, or as it is when it would be deleted. */
  record: Fields;
}

/** The fields that a record has only once it is stored. */
export const MADE_WHEN_STORED = ["id", "created_at", "updated_at"];

/** Describes a write that was undone, by the record before it. */
export function rehearsal({ outcome, id, data }: Written, before: Fields | undefined): Rehearsal {
  if (outcome === "created") return { dry_run: true, outcome, record: without(data) };
  if (outcome === "deleted") return { dry_run: true, outcome, id, record: before ?? {} };
  const changes = changedFields(before ?? {}, data);
  const changed = Object.keys(changes).length > 0;
  return { dry_run: true, outcome: changed ? "updated" : "unchanged", id, changes, record: data };
}

function changedFields(
  before: Fields,
  after: Fields,
): Record<string, { from: unknown; to: unknown }> {
  return Object.fromEntries(
    Object.keys(before)
      .filter((field) =>
        field !== "updated_at" && stringify(before[field]) !== stringify(after[field])
      )
      .map((field) => [field, { from: before[field], to: after[field] }]),
  );
}

function without(record: Fields): Fields {
  return Object.fromEntries(
    Object.entries(record).filter(([field]) => !MADE_WHEN_STORED.includes(field)),
  );
}
