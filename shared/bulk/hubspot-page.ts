import { stringify } from "lossless-json";
import { bulkTurn } from "../crm/bulk.ts";
import {
  contactsImported,
  type HubspotProgress,
  type StoredHubspotImport,
} from "../crm/hubspot-imports.ts";
import { importCompleted, type RowError } from "../crm/import-jobs.ts";
import { leads } from "../crm/leads.ts";
import type { Fields } from "../crm/plan.ts";
import { sql, statement } from "../db/sql.ts";
import { rowsOf } from "../db/wire/rows.ts";
import type { Workspace } from "../db/workspace.ts";
import { RetryLater } from "../jobs/work.ts";
import {
  type ContactsPage,
  hubspotCompanies,
  hubspotContacts,
  type HubspotRecord,
  PAGE,
} from "../providers/crm-import/hubspot.ts";
import type { Service } from "../providers/outgoing/service.ts";
import { batchDone, goodOf, type NumberedRow, type Outcome, type ReadRow } from "./batch-done.ts";

/** The property of a contact that names its company. */
const COMPANY = "associatedcompanyid";

type Mistake = Omit<RowError, "row">;

/** How contacts and companies are read. */
export interface HubspotReader {
  /** The properties that are asked for; those of companies are null where none are read. */
  properties: { contacts: readonly string[]; companies: readonly string[] | null };
  contact(record: HubspotRecord): ReadRow;
  /** The columns of a company, and what of it cannot be kept. */
  company(record: HubspotRecord): { fields: Fields; mistakes: readonly Mistake[] };
}

interface Means {
  service: Service;
  reader: HubspotReader;
  actor: Workspace;
  signal: AbortSignal;
}

/** How far an import is: `limited` when the day's contacts are used up. */
interface Imported {
  at: StoredHubspotImport;
  outcome: "all" | "some" | "limited";
}

/** Imports the page at an import's cursor, with the companies of its contacts. Throws ProviderFailed. */
export async function importedPage(at: StoredHubspotImport, means: Means): Promise<Imported> {
  const { service, reader: { properties }, signal } = means;
  const left = at.most - at.processed_rows;
  const page = await hubspotContacts(
    service,
    {
      properties: [...properties.contacts, COMPANY],
      from: at.from,
      to: at.to,
      most: Math.min(PAGE, left + at.done_ids.length),
    },
    at,
    signal,
  );
  const isDone = new Set(at.done_ids);
  const contacts = page.contacts.filter(({ id }) => !isDone.has(id)).slice(0, left);
  const companies = await companiesOf(contacts, means);
  return await kept(at, { ...page, contacts }, companies, means);
}

async function companiesOf(
  contacts: readonly HubspotRecord[],
  { service, reader: { properties }, signal }: Means,
): Promise<ReadonlyMap<string, HubspotRecord>> {
  const ids = new Set(contacts.flatMap((one) => companyId(one) ?? []));
  if (properties.companies === null || ids.size === 0) return new Map();
  return await hubspotCompanies(service, [...ids], properties.companies, signal);
}

function companyId({ properties }: HubspotRecord): string | null {
  const id = properties[COMPANY] ?? "";
  return /^\d{1,32}$/.test(id) ? id : null;
}

async function kept(
  at: StoredHubspotImport,
  page: ContactsPage,
  companies: ReadonlyMap<string, HubspotRecord>,
  { reader, actor }: Means,
): Promise<Imported> {
  const { rows, mistakes } = readRows(at, page.contacts, companies, reader);
  return await actor.transact(async (transaction) => {
    await transaction.run(bulkTurn(leads));
    const good = goodOf(rows).map(({ id, fields, company }) => ({ id, fields, company }));
    const [answered] = await transaction.run([statement(sql`select outcome, code, message, rule
      from app.import_contacts('hubspot', ${stringify(good)}::jsonb)`)]);
    const done = batchDone(rows, rowsOf<Outcome>(answered));
    const processed = done.created + done.updated + done.skipped + done.failed;
    const isLimited = processed < rows.length;
    const isLast = !isLimited && (page.next === null || at.processed_rows + processed >= at.most);
    const progress = progressOf(at, page, processed, { isLimited, isLast });
    const told = mistakes.filter(({ row }) => row <= at.processed_rows + processed);
    const errors = [...told, ...done.errors].map(({ row, field, message }): RowError => {
      const { id = null } = rows[row - at.processed_rows - 1] ?? {};
      return { row, field, message, hubspot_id: id };
    }).toSorted((a, b) => a.row - b.row);
    const [written] = await transaction.run([
      statement(contactsImported(at, { ...done, errors }, progress)),
      ...isLast ? [statement(importCompleted(at.id))] : [],
    ]);
    const [counts] = rowsOf<Pick<StoredHubspotImport, "processed_rows" | "errors">>(written);
    if (counts === undefined) throw new RetryLater("Another run goes on with it.");
    const { doneIds, total, after, behind } = progress;
    const next = { ...at, ...counts, after, behind, done_ids: doneIds, total_rows: total };
    return { at: next, outcome: isLimited ? "limited" : isLast ? "all" : "some" };
  });
}

/** A contact that was read. */
type ContactRow = NumberedRow & { id: string; company: object | null };

// What of a company cannot be kept is told once, of the first of its contacts.
function readRows(
  at: StoredHubspotImport,
  contacts: readonly HubspotRecord[],
  companies: ReadonlyMap<string, HubspotRecord>,
  reader: HubspotReader,
) {
  const mistakes: RowError[] = [];
  const read = new Map<string, object>();
  const rows = contacts.map((contact, n): ContactRow => {
    const row = at.processed_rows + n + 1;
    const id = companyId(contact) ?? "";
    const record = companies.get(id);
    if (record !== undefined && !read.has(id)) {
      const company = reader.company(record);
      read.set(id, { id, fields: company.fields });
      mistakes.push(...company.mistakes.map(({ field, message }) => ({ row, field, message })));
    }
    return { row, id: contact.id, company: read.get(id) ?? null, ...reader.contact(contact) };
  });
  return { rows, mistakes };
}

function progressOf(
  at: StoredHubspotImport,
  page: ContactsPage,
  processed: number,
  { isLimited, isLast }: { isLimited: boolean; isLast: boolean },
): HubspotProgress {
  const so = at.processed_rows + processed;
  // Without dates HubSpot does not say how many there are.
  const known = at.total_rows > 0 ? at.total_rows : Math.min(page.total ?? 0, at.most);
  const total = isLast ? so : Math.max(known, so);
  if (isLast) return { total, after: null, behind: null, doneIds: [] };
  if (!isLimited && page.next !== null) return { total, ...page.next, doneIds: [] };
  const doneIds = [...at.done_ids, ...page.contacts.slice(0, processed).map(({ id }) => id)];
  return { total, after: at.after, behind: at.behind, doneIds };
}
