import { native } from "../../api.ts";
import { ApiError } from "../../api-error.ts";
import { newKey } from "../../once.ts";
import type { Provider } from "./connections.ts";

const ACCOUNTS = "v1-public-connected-accounts";

/** What the native API calls a service. */
type Account = "hubspot" | "slack" | "google" | "microsoft";

/** An account that is connected, as the native API answers it. */
interface ConnectedAccount {
  id: string;
  provider: string;
  user_id: string | null;
  from_address: string | null;
}

interface AccountPage {
  data: {
    items: readonly ConnectedAccount[];
    pagination: { next_cursor: string | null };
  };
}

/** The tokens of an app that was registered with a service, as they are filled in. */
export interface Tokens {
  access_token: string;
  refresh_token: string;
  client_id: string;
  client_secret: string;
}

/** No tokens. */
export const NO_TOKENS: Tokens = {
  access_token: "",
  refresh_token: "",
  client_id: "",
  client_secret: "",
};

/** Whose an account is, and of which service. */
export interface Whose {
  provider: Provider;
  /** The workspace's, without. */
  userId: string | null;
}

/** Connects a service by its tokens, in place of what was connected before. Throws ApiError. */
export async function connectApp(whose: Whose, tokens: Tokens, channel: string): Promise<void> {
  const given = Object.entries({ ...tokens, channel }).map(([name, text]) => [name, text.trim()]);
  const body = {
    provider: accountOf(whose),
    ...(whose.userId === null ? {} : { user_id: whose.userId }),
    ...Object.fromEntries(given.filter(([, text]) => text !== "")),
  };
  await native.post(ACCOUNTS, body, { idempotencyKey: newKey() });
}

/** Disconnects a service. Throws ApiError. */
export async function disconnectApp(whose: Whose): Promise<void> {
  const provider = accountOf(whose);
  await disconnect((one) => one.provider === provider && one.user_id === whose.userId);
}

/** Disconnects a mail account of a user. Throws ApiError. */
export async function disconnectMail(
  mailer: string,
  address: string,
  userId: string,
): Promise<void> {
  await disconnect(({ provider, from_address, user_id }) =>
    provider === mailer && from_address === address && user_id === userId
  );
}

async function disconnect(isMeant: (account: ConnectedAccount) => boolean): Promise<void> {
  const { id } = await found(isMeant, "");
  await native.delete(ACCOUNTS, { query: { id }, idempotencyKey: newKey() });
}

async function found(
  isMeant: (account: ConnectedAccount) => boolean,
  cursor: string,
): Promise<ConnectedAccount> {
  const { data } = await native.get<AccountPage>(ACCOUNTS, { per_page: 100, cursor });
  const account = data.items.find(isMeant);
  if (account) return account;
  const next = data.pagination.next_cursor;
  if (next === null) throw new ApiError(404, "not_found", "It is connected no more.");
  return await found(isMeant, next);
}

function accountOf({ provider }: Whose): Account {
  return provider === "teams" ? "microsoft" : provider;
}
