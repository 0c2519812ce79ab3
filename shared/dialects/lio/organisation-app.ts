import type { App } from "../../connected/account.ts";
import { type OpenAccount, openAccount } from "../../connected/open-account.ts";
import { nameOf } from "../../connected/providers.ts";
import { sql, statement } from "../../db/sql.ts";
import type { Call } from "../../http/call.ts";
import type { Refusal } from "../../refusals/refusal.ts";
import { notConfigured, notConnected } from "./errors.ts";

/** The app of a provider that is connected for the organisation, ready for use. Throws Refusal. */
export async function organisationApp(
  { workspace, services: { secrets, env } }: Call,
  provider: App,
): Promise<OpenAccount> {
  if (!env.LUMENBASE_ENCRYPTION_KEY) {
    const message = "LUMENBASE_ENCRYPTION_KEY is not set; other services cannot be reached.";
    throw notConfigured("encryption", message);
  }
  const account = await openAccount({ workspace, secrets, env }, { provider, userId: null });
  if (account === null) throw lacking(provider);
  return account;
}

/** Refuses what needs an app that the organisation has not connected. Throws Refusal. */
export async function requireApp({ workspace }: Call, provider: App): Promise<void> {
  const [rows = []] = await workspace.read([statement(sql`
    select id from crm.connected_accounts where provider = ${provider} and user_id is null and is_active`)]);
  if (rows.length === 0) throw lacking(provider);
}

function lacking(provider: App): Refusal {
  return notConnected(provider, `${nameOf(provider)} is not connected for the organisation.`);
}
