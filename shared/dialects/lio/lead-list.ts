import * as z from "zod";
import type { Condition } from "../../crm/lists/conditions.ts";
import { calendarDate, filterText } from "../../crm/values/fields.ts";
import { type Sql, sql } from "../../db/sql.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { filter } from "../../operations/filters.ts";
import type { LioCaller } from "./caller.ts";
import { within } from "./dates.ts";
import { flag, linkedTo, numbers, numbersInBodies, oneOfNumbers, orInBodies } from "./filters.ts";
import type { Listing } from "./lists.ts";

const SCORE = /^(\d{1,2}|100)$/;
const SCORE_MESSAGE = "Must be a whole number from 0 to 100";
const ASSIGNEES = "Must be true, or ids with commas between";

const score = lazy(() =>
  orInBodies(
    z.string().regex(SCORE, SCORE_MESSAGE).transform(Number)
      .meta({ type: "integer", minimum: 0, maximum: 100, pattern: undefined }),
    z.union(
      [z.int().min(0).max(100), z.string().regex(SCORE).meta({ examples: ["40"] })],
      SCORE_MESSAGE,
    ),
  )
);

/** Records whose column has one of the values that numbers stand for; the query answers each as `hit`. */
function standingFor(
  column: string,
  value: readonly string[],
  values: (numbers: Sql) => Sql,
): Condition {
  return {
    is: "query",
    shape: `numbers ${column}`,
    columns: [column],
    value,
    met: (given) => sql`${sql.ref(column)} = any(array(${values(given)}))`,
    hits: { column, values },
  };
}

const inList = (column: string, type: string) =>
  filter<string[], LioCaller>(
    numbers,
    (value) =>
      standingFor(column, value, (given) =>
        sql`select known.value collate "default" as hit from crm.lookups known where known.module_name = 'lead'
        and known.type = ${sql.literal(type)} and known.number = any(${given}::bigint[])`),
  );

const assignees = lazy(() =>
  orInBodies(
    z.union([z.literal("true"), numbers()], ASSIGNEES),
    z.union([z.literal([true, "true"]), numbersInBodies()], ASSIGNEES),
  )
);

const folded = (column: string) =>
  filter<string, LioCaller>(filterText, (value) => ({ is: "folded", column, value }));

// What folding makes % or _ is no wildcard either.
function containing(text: string): string {
  return `%${text.normalize("NFKC").replace(/[\\%_]/g, "\\$&")}%`;
}

// The leads that have one of the tags with these numbers.
function tagged(numbersOfTags: Sql): Sql {
  return sql`select distinct link.lead_id as hit from crm.lead_tags link where link.tag_id = any(array(
    select tag.id from crm.tags tag where tag.number = any(${numbersOfTags}::bigint[])))`;
}

/** Records of one of several users, or of the caller. */
export const assignedTo = filter<"true" | string[], LioCaller>(
  assignees,
  (value, { caller }) =>
    value === "true" ? { is: "equal", column: "assigned_to", value: caller.actor.id } : standingFor(
      "assigned_to",
      value,
      (given) =>
        sql`select its.id as hit from crm.users its where its.number = any(${given}::bigint[])`,
    ),
);

const filters = {
  score_min: filter<number, LioCaller>(score, (least) => ({
    is: "after",
    column: "fit_intent_score",
    value: String(least - 1),
  })),
  score_max: filter<number, LioCaller>(score, (most) => ({
    is: "before",
    column: "fit_intent_score",
    value: String(most + 1),
  })),
  assigned_to: assignedTo,
  unassigned: filter<boolean, LioCaller>(
    flag,
    (isSet) => isSet ? { is: "null", column: "assigned_to" } : null,
  ),
  lead_source: inList("source", "source"),
  priority: oneOfNumbers("priority"),
  state_id: inList("status", "status"),
  status: inList("status", "status"),
  company: filter<string, LioCaller>(filterText, (text) => ({
    is: "query",
    shape: "company",
    columns: ["company_id"],
    value: containing(text),
    met: (given) =>
      sql`company_id in (select its.id from crm.companies its
        where app.folded(its.name) like app.folded(${given}))`,
  })),
  company_id: linkedTo("companies", "company_id"),
  contact_id: linkedTo("contacts", "contact_id"),
  city: folded("city_key"),
  state: folded("state_key"),
  country: folded("country_key"),
  created_from: filter<string, LioCaller>(calendarDate, () => null),
  created_to: filter<string, LioCaller>(calendarDate, () => null),
  tags: filter<string[], LioCaller>(numbers, (value) => ({
    is: "query",
    shape: "tags",
    columns: ["id"],
    value,
    met: (given) => sql`id in (${tagged(given)})`,
    hits: { column: "id", values: tagged },
  })),
};

/** What filters find that are given together. Throws InvalidInput where they exclude one another. */
function together(given: Readonly<Record<string, unknown>>): Condition[] {
  if (given.unassigned === true && given.assigned_to !== undefined) {
    const message = "Must not be given with unassigned=true.";
    throw new InvalidInput([{ field: "assigned_to", message, in: "query" }]);
  }
  const date = (name: string) =>
    typeof given[name] === "string"
      ? { given: given[name], at: `${given[name]}T00:00:00Z` }
      : undefined;
  return within(
    "created_at",
    ["created_from", date("created_from")],
    ["created_to", date("created_to")],
  );
}

/** How leads are listed (spec: List leads). */
export const listing: Listing = {
  id: "listLeads",
  summary: "List leads",
  plural: "Leads",
  filters,
  together,
  search: true,
  sorts: ["id", "first_name", "last_name", "email", "company", "score", "status", "priority"]
    .concat("estimated_value", "last_activity_at", "created_at", "updated_at"),
};
