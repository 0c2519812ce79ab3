import { chargeHold, holdFunds, releaseHold } from "../crm/ledgers.ts";
import { sql, statement } from "../db/sql.ts";
import type { Transaction } from "../db/transaction.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import { rowOf } from "../db/wire/rows.ts";
import type { Service } from "../providers/outgoing/service.ts";
import { askEnrichment, type EnrichmentQuery } from "../providers/enrichment/enrichment.ts";
import { type Findable, storedFields } from "./fields.ts";

/** Whether the service knew anything, or there is none. */
export const TOLD = ["found", "not_found", "not_configured"] as const;

/** Where a field comes from. */
export const SOURCES = ["derived", "provider"] as const;

/** Credits for what was found, and nothing otherwise. */
const PRICE = 1;
const FEATURE = "enrichment";
/** Longer than the service is waited for, and whoever goes on for a process that went away. */
const HOLD_SECONDS = 300;
/** In place of a hold, where nobody is asked. */
const NONE = "none";

/** What a look-up came to. */
export interface LookedUp {
  provider: (typeof TOLD)[number];
  /** What the service found, as it is stored. */
  fields: Readonly<Record<string, string>>;
  confidence: number | null;
}

/** Finds out whether there is credit for a look-up. Raises LB091. */
export function creditsRequired(): Statement {
  return statement(
    sql`select app.release_hold(app.hold_funds('credits', ${PRICE}::numeric, ${FEATURE}, 1))`,
  );
}

/** Sets aside what a look-up costs, if the service is asked; answers the hold. Raises LB091. */
export async function setAside(
  transaction: Transaction,
  service: Service | null,
  query: EnrichmentQuery | null,
): Promise<string> {
  if (service === null || query === null) return NONE;
  const [rows] = await transaction.run([holdFunds("credits", PRICE, FEATURE, HOLD_SECONDS)]);
  return rowOf<{ id: string }>(rows).id;
}

/** Looks up what is asked for under a hold. Throws ProviderFailed. */
export async function lookUp(
  hold: string,
  service: Service | null,
  query: EnrichmentQuery | null,
  { of, timeoutMs }: { of: Findable; timeoutMs?: number },
): Promise<LookedUp> {
  const found = hold === NONE || service === null || query === null
    ? null
    : await askEnrichment(service, query, timeoutMs);
  const fields = found === null ? {} : storedFields(of, found.data);
  if (found === null || Object.keys(fields).length === 0) {
    const provider = service === null ? "not_configured" : "not_found";
    return { provider, fields: {}, confidence: null };
  }
  return { provider: "found", fields, confidence: found.confidence };
}

/** Charges a hold for what was found, or ends it; answers the credits that were used. */
export async function settleHold(
  transaction: Transaction,
  hold: string,
  { provider }: Pick<LookedUp, "provider">,
): Promise<number> {
  if (provider !== "found") {
    await endHold(transaction, hold);
    return 0;
  }
  await transaction.run([chargeHold(hold, PRICE, FEATURE)]);
  return PRICE;
}

/** Ends a hold without a charge. */
export async function endHold(transaction: Transaction, hold: string): Promise<void> {
  if (hold !== NONE) await transaction.run([releaseHold(hold)]);
}

/** A query without what is not known; null when nothing is. */
export function queryOf(
  kind: EnrichmentQuery["kind"],
  known: Readonly<Record<Exclude<keyof EnrichmentQuery, "kind">, string | null>>,
): EnrichmentQuery | null {
  const given = Object.entries(known).filter(([, value]) => value !== null);
  return given.length === 0 ? null : { kind, ...Object.fromEntries(given) };
}
