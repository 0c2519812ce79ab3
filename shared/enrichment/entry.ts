import { personPlacing } from "../crm/enrichment.ts";
import {
  type EntryDone,
  entryDone,
  entryTaken,
  type PendingEntry,
} from "../crm/enrichment-jobs.ts";
import { ledgerError } from "../crm/ledgers.ts";
import { domainError } from "../crm/records.ts";
import { uniqueLeads } from "../crm/unique-leads.ts";
import { statement } from "../db/sql.ts";
import type { Transaction } from "../db/transaction.ts";
import { rowOf, rowsOf } from "../db/wire/rows.ts";
import type { Workspace } from "../db/workspace.ts";
import type { Service } from "../providers/outgoing/service.ts";
import { InvalidInput } from "../refusals/errors.ts";
import { Refusal } from "../refusals/refusal.ts";
import { asColumns, PERSON } from "./fields.ts";
import { endHold, type LookedUp, lookUp, setAside, settleHold } from "./look-up.ts";
import { enrichedPerson, type PersonSubject, personSubject } from "./person-subject.ts";

/** The source of leads that are made of a profile: LinkedIn. */
const LEAD_SOURCE = 3;
/** For the service's answer, so that a run ends within the seconds of a job. */
const TIMEOUT_MS = 20_000;

/** Entries of one job, and as whom they are enriched. */
export interface Enrichment {
  importId: string;
  actor: Workspace;
  /** The user whose the leads are that are made, by number, where they see no others. */
  owner: number | null;
  service: Service | null;
}

/**
 * Enriches an entry, and keeps what became of it in one transaction with what it changed and cost. What fails is
 * kept with the entry, and costs nothing. Answers false when it was left for want of a credit, beside others.
 */
export async function enrichEntry(
  of: Enrichment,
  entry: PendingEntry,
  isBesideOthers: boolean,
): Promise<boolean> {
  const { actor, service } = of;
  let hold: string | null = null;
  try {
    const subject = await personSubject((statements) => actor.read(statements), entry.given, null);
    if (subject === null) throw new Error("an entry of no lead has none");
    const { query } = subject;
    hold = await actor.transact((transaction) => setAside(transaction, service, query));
    const looked = await lookUp(hold, service, query, { of: PERSON, timeoutMs: TIMEOUT_MS });
    await settled(
      of,
      entry,
      hold,
      (transaction) => placed(transaction, of, entry, subject, looked),
    );
  } catch (error) {
    const refused = ledgerError(domainError(uniqueLeads, error));
    if (!(refused instanceof Refusal)) throw error;
    // What others have set aside comes back when nothing is found for them.
    if (isBesideOthers && hold === null && refused.kind === "payment_required") return false;
    const failed: Settled = { done: { status: "failed", error: words(refused) }, looked: null };
    await settled(of, entry, hold, () => Promise.resolve(failed));
  }
  return true;
}

/** What became of an entry, and what is charged for. */
interface Settled {
  done: EntryDone;
  looked: LookedUp | null;
}

async function settled(
  { actor, importId }: Enrichment,
  entry: PendingEntry,
  hold: string | null,
  settle: (transaction: Transaction) => Promise<Settled>,
): Promise<void> {
  await actor.transact(async (transaction) => {
    const [taken] = await transaction.run([statement(entryTaken(entry.id))]);
    // Another run has enriched it meanwhile.
    if (taken?.length === 0) return hold === null ? undefined : await endHold(transaction, hold);
    const { done, looked } = await settle(transaction);
    if (hold !== null) {
      await settleHold(transaction, hold, looked ?? { provider: "not_found" });
    }
    await transaction.run(entryDone(importId, entry, done).map(statement));
  });
}

async function placed(
  transaction: Transaction,
  { owner }: Enrichment,
  { given }: PendingEntry,
  subject: PersonSubject,
  looked: LookedUp,
): Promise<Settled> {
  const { data, sources } = enrichedPerson(subject, looked);
  const { domains: { ofCompany } } = subject;
  const { email = null, linkedin_url: profile = null, company = null } = given;
  const columns = asColumns(PERSON, data);
  const [rows] = await transaction.run([statement(personPlacing({
    email,
    profile,
    columns,
    domain: ofCompany,
    sources,
    creation: {
      company,
      ...columns,
      email,
      linkedin_url: profile,
      lead_source: LEAD_SOURCE,
      assigned_to: owner,
      company_domain: ofCompany,
    },
  }))]);
  const { lead, outcome } = rowOf<Pick<EntryDone, "lead" | "outcome">>(rows);
  const status = Object.keys(data).length === 0 ? "not_found" : "enriched";
  return { done: { status, data, ...lead ? { lead } : {}, ...outcome ? { outcome } : {} }, looked };
}

function words(refused: Refusal): string {
  if (!(refused instanceof InvalidInput)) return refused.message;
  return refused.fields.map(({ field, message }) => `${field}: ${message}`).join(" ");
}

/** Who makes leads that are theirs, by number; null for whoever sees all. */
export async function ownerOf(actor: Workspace, userId: string | null): Promise<number | null> {
  if (actor.seesAll) return null;
  const text = "select number::int as number from crm.users where id = $1";
  const [rows] = await actor.read([{ text, values: [userId] }]);
  return rowsOf<{ number: number }>(rows)[0]?.number ?? null;
}
