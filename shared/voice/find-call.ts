import { knownSids, type StoredCall } from "../crm/calls.ts";
import { statement } from "../db/sql.ts";
import { rowsOf } from "../db/wire/rows.ts";
import type { Workspace } from "../db/workspace.ts";
import { callsBetween, type TwilioCall } from "../providers/voice/calls.ts";
import type { Twilio } from "../providers/voice/twilio.ts";

// Twilio tells times to the second, by its own clock.
const CLOCKS_APART_MS = 60_000;

/**
 * The call at Twilio that a call was placed as, of which nobody told: made between its numbers since, and not
 * known as another one. Null for none, or where it could be that of another as well. Throws ProviderFailed.
 */
export async function placedAs(
  service: Twilio,
  workspace: Workspace,
  { from_number: from, to_number: to, created_at, is_alone }: StoredCall,
): Promise<TwilioCall | null> {
  if (!is_alone) return null;
  const since = created_at - CLOCKS_APART_MS;
  const found = (await callsBetween(service, { to, from })).filter(({ date_created }) =>
    date_created !== null && Date.parse(date_created) >= since
  );
  if (found.length === 0) return null;
  const [rows] = await workspace.read([statement(knownSids(found.map(({ sid }) => sid)))]);
  const known = new Set(rowsOf<{ sid: string }>(rows).map(({ sid }) => sid));
  return found.find(({ sid }) => !known.has(sid)) ?? null;
}
