import { sql, statement } from "../db/sql.ts";
import { ProviderFailed } from "../providers/outgoing/provider-failed.ts";
import { type RefreshGrant, renewedToken } from "../providers/outgoing/token-endpoint.ts";
import { rowOf } from "../db/wire/rows.ts";
import { type Opening, type StoredAccount, storedAccount } from "./account.ts";
import { clientOf } from "./clients.ts";
import { nameOf, tokenUrlOf } from "./providers.ts";

/** How long one renewal may take, with the writing of what came of it. */
const SECONDS = 40;
const LOOK_AGAIN_MS = 100;

/** Renewals that are under way in this process, by the account and the version that was refused. */
const underWay = new Map<string, Promise<StoredAccount | null>>();

/**
 * Renews an account's access once, whoever finds it refused (single flight: by the process, then by a lease
 * in the database), and stores it. An account that somebody connects anew meanwhile is answered as they did.
 * Null when it cannot be renewed. Throws ProviderFailed.
 */
export async function renewedAccount(
  opening: Opening,
  account: StoredAccount,
): Promise<StoredAccount | null> {
  const key = `${account.id} ${account.version}`;
  const known = underWay.get(key);
  if (known !== undefined) return await known;
  const renewal = renewedByOne(opening, account).finally(() => underWay.delete(key));
  underWay.set(key, renewal);
  return await renewal;
}

async function renewedByOne(
  opening: Opening,
  account: StoredAccount,
): Promise<StoredAccount | null> {
  const grant = grantOf(opening, account);
  if (grant === null) return await replaced(opening, account);
  const until = Date.now() + 2 * SECONDS * 1000;
  for (;;) {
    const begun = await begin(opening, account);
    if (begun === "begun") return await renewed(opening, account, grant);
    if (begun === "done") return await replaced(opening, account);
    if (Date.now() > until) {
      const failing = { status: null, code: null, mayHaveHappened: false };
      throw new ProviderFailed(
        `${nameOf(account.provider)}: the access could not be renewed.`,
        failing,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
}

/** The account with the secrets that it was given since; null when there are none. */
async function replaced(
  opening: Opening,
  { id, version }: StoredAccount,
): Promise<StoredAccount | null> {
  const stored = await storedAccount(opening, { id });
  return stored?.version === version ? null : stored;
}

async function begin({ workspace }: Opening, { id, version }: StoredAccount): Promise<unknown> {
  const [rows] = await workspace.write([statement(
    sql`select app.begin_renewal(${id}, ${version}, ${SECONDS}) as begun`,
  )]);
  return rowOf<{ begun: string }>(rows).begun;
}

async function renewed(
  opening: Opening,
  account: StoredAccount,
  grant: RefreshGrant,
): Promise<StoredAccount | null> {
  const name = nameOf(account.provider);
  const end = (secrets: string | null, error: string | null) =>
    ended(opening, account, secrets, error);
  try {
    const token = await renewedToken(name, grant);
    if (token === null) {
      const isEnded = await end(null, `${name} refused to renew the access.`);
      return isEnded ? null : await replaced(opening, account);
    }
    const secrets = {
      ...account.secrets,
      access_token: token.token,
      expires_at: new Date(Date.now() + token.seconds * 1000).toISOString(),
      ...(token.refreshToken === undefined ? {} : { refresh_token: token.refreshToken }),
    };
    const sealed = await opening.secrets().seal(secrets, opening.workspace.id);
    if (!await end(sealed, null)) return await replaced(opening, account);
    return { ...account, secrets, version: account.version + 1 };
  } catch (error) {
    // Others need not wait until the lease is over.
    const isReplaced = error instanceof ProviderFailed && !await end(null, error.message);
    if (isReplaced) return await replaced(opening, account);
    throw error;
  }
}

/** Writes what came of a renewal; false when the account has other secrets by now. */
async function ended(
  { workspace }: Opening,
  { id, version }: StoredAccount,
  secrets: string | null,
  error: string | null,
): Promise<boolean> {
  const [rows] = await workspace.write([statement(
    sql`select app.end_renewal(${id}, ${version}, ${secrets}, ${error}) as ended`,
  )]);
  return rowOf<{ ended: boolean }>(rows).ended;
}

// What somebody consented to belongs to the app that this server is, whose secret may change.
function grantOf({ env }: Opening, { provider, secrets, settings }: StoredAccount) {
  const { refresh_token: refreshToken, client_id, client_secret } = secrets;
  const own = client_id === undefined ? clientOf(provider, env) : null;
  const tenant = own?.tenant ?? settings.tenant;
  const tokenUrl = tokenUrlOf(provider, env, typeof tenant === "string" ? tenant : undefined);
  if (tokenUrl === null || refreshToken === undefined) return null;
  return {
    tokenUrl,
    clientId: client_id ?? own?.clientId ?? "",
    clientSecret: client_secret ?? own?.clientSecret ?? "",
    refreshToken,
  };
}
