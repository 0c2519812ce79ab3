import { sql, statement } from "../db/sql.ts";
import { stringify } from "lossless-json";
import { activities } from "../crm/activities.ts";
import { contacts } from "../crm/contacts.ts";
import type { Fields } from "../crm/plan.ts";
import { domainError } from "../crm/records.ts";
import type { Resource } from "../crm/resource.ts";
import type { FieldError } from "../refusals/errors.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import type { Transaction } from "../db/transaction.ts";
import { activityItem, contactItem, type Item } from "./landing-item.ts";
import { contactRefusals, unknownIds, unmatchedFields } from "./landing-refusals.ts";
import type { Matching } from "./matching.ts";
import type { StoredConnector } from "./stored-connector.ts";
import type { Mapped } from "./target-fields.ts";
import type { TargetValues } from "./target-values.ts";

/** What became of the fields that a connector filled. */
export interface Landed {
  outcome: "created" | "updated";
  /** The contact it is about, or that the activity is linked to. */
  contact: Fields | null;
  /** A contact that was updated, as it was before. */
  before: Fields | null;
  /** The new activity, and as `unmatched` the fields that name nothing; null for a contact. */
  activity: Fields | null;
  /** The contact's company, or that of the activity. */
  company: { id: string; name: string; domain: string | null; created: boolean } | null;
  deal: { id: string; title: string; created: boolean } | null;
  /** What was given with a contact and names nothing. */
  warnings: FieldError[];
  /** The rules that found the records; null for one that is new, or that was not asked for. */
  matched_by: { contact: string | null; company: string | null; deal: string | null };
}

type Target = "contact" | "activity";

/**
 * Makes the fields of a connector a contact or an activity, with the company and the deal that they
 * name, in one statement (SQL: app.land). Its lock on the day's use is the last of the order, so a
 * transaction should land once, near its end. Throws InvalidInput, Conflict or DailyLimitReached.
 */
export async function saveMapped(
  transaction: Transaction,
  { target, matching, country }: Pick<StoredConnector, "target" | "matching" | "country">,
  { mapped, defaulted }: Pick<TargetValues, "mapped" | "defaulted">,
): Promise<Landed> {
  const constraints = target === "contact" ? contactRefusals(matching, mapped) : {};
  const item = target === "contact"
    ? contactItem(mapped, defaulted, country)
    : activityItem(mapped, country);
  try {
    const [rows] = await transaction.run([landing(target, matching, item)]);
    const [row] = rows ?? [];
    if (row === undefined) throw new Error("landing answered no row");
    return landed(target, matching, mapped, row);
  } catch (error) {
    throw domainError({ constraints }, error);
  }
}

function landing(target: Target, matching: Matching, item: Item): Statement {
  return statement(sql`
    select ${columnsOf("contact", contacts)}, ${columnsOf("before", contacts)},
      ${columnsOf("activity", activities)}, done.matched, done.made,
      (done.deal).id as deal_id, (done.deal).title as deal_title, (done.company).id as company_id,
      (done.company).name as company_name, (done.company).domain as company_domain
    from app.land(${target}, ${stringify(item)}::jsonb, ${stringify(matching)}::jsonb) as done`);
}

function columnsOf(record: string, { schema }: Resource) {
  return sql.join(
    Object.keys(schema.shape).map((column) =>
      sql`(${sql.ref(`done.${record}`)}).${sql.ref(column)} as ${sql.ref(`${record}_${column}`)}`
    ),
  );
}

function landed(target: Target, matching: Matching, mapped: Mapped, row: Fields): Landed {
  const made = row.made as string[];
  const created = (record: string) => made.includes(record);
  const activity = recordIn(row, "activity", activities);
  const company = row.company_id === null ? null : {
    id: String(row.company_id),
    name: String(row.company_name),
    domain: row.company_domain as string | null,
    created: created("company"),
  };
  const deal = row.deal_id === null ? null : {
    id: String(row.deal_id),
    title: String(row.deal_title),
    created: created("deal"),
  };
  return {
    outcome: target === "activity" || created("contact") ? "created" : "updated",
    contact: recordIn(row, "contact", contacts),
    before: recordIn(row, "before", contacts),
    activity: target === "contact" || activity === null
      ? null
      : { ...activity, unmatched: unmatchedFields(mapped, activity) },
    company,
    deal,
    warnings: target === "contact" ? unknownIds(matching, mapped, { company, deal }) : [],
    matched_by: row.matched as Landed["matched_by"],
  };
}

function recordIn(row: Fields, record: string, { schema }: Resource): Fields | null {
  if (row[`${record}_id`] === null) return null;
  return Object.fromEntries(
    Object.keys(schema.shape).map((column) => [column, row[`${record}_${column}`]]),
  );
}
