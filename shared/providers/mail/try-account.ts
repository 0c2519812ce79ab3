import type { Access } from "../outgoing/service.ts";
import { authorized, type Called } from "./authorized.ts";
import type { Failed } from "./mail.ts";
import { type Account, gmailUrl, graphUrl, type Surroundings } from "./send.ts";

/** An account that somebody gives. */
export type TriedAccount =
  | Extract<Account, { type: "smtp" }>
  | { type: "gmail" | "outlook"; access: Access };

/** Tries the credentials of an account, and sends nothing; null when they work. */
export async function tryAccount(
  account: TriedAccount,
  { env, networks, clientName }: Omit<Surroundings, "rotated">,
  signal: AbortSignal,
): Promise<Failed | null> {
  if (account.type === "smtp") {
    const { trySmtp } = await import("./smtp.ts");
    return await trySmtp({ ...account, networks, clientName }, signal);
  }
  const called = await calledAccount(account, env, signal);
  return "failed" in called ? called.failed : null;
}

/** Asks whose mailbox an access is to. */
export async function calledAccount(
  { type, access }: Exclude<TriedAccount, { type: "smtp" }>,
  env: Surroundings["env"],
  signal: AbortSignal,
): Promise<Called> {
  const [provider, url] = type === "gmail"
    ? [(await import("./gmail.ts")).GMAIL, `${gmailUrl(env)}/gmail/v1/users/me/profile`] as const
    : [(await import("./microsoft.ts")).MICROSOFT, `${graphUrl(env)}/me`] as const;
  return await authorized({ provider, access }, { url, method: "GET", signal });
}
