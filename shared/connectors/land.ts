import type { Transaction } from "../db/transaction.ts";
import { type Landed, saveMapped } from "./landing.ts";
import { saveLead } from "./lead-landing.ts";
import type { StoredConnector } from "./stored-connector.ts";
import type { TargetValues } from "./target-values.ts";

type Connector = Pick<StoredConnector, "target" | "matching" | "verification" | "lead_source">;

/**
 * Makes the fields of a connector what its events become: a contact, an activity or, with the event as it
 * came, a lead. Throws InvalidInput, Conflict or DailyLimitReached.
 */
export function land(
  transaction: Transaction,
  { target, matching, verification, lead_source: source }: Connector,
  values: Pick<TargetValues, "mapped" | "defaulted">,
  event: unknown,
): Promise<Landed> {
  return source === null
    ? saveMapped(transaction, target, matching, values)
    : saveLead(transaction, source, values.mapped, unproven(verification, event));
}

// Without the secret that proves its sender.
function unproven(verification: Connector["verification"], event: unknown): unknown {
  if (verification.type !== "body" || typeof event !== "object" || event === null) return event;
  const { field } = verification;
  return Object.fromEntries(Object.entries(event).filter(([name]) => name !== field));
}
