import type { OpenAccount } from "../connected/open-account.ts";
import type { Account } from "../providers/mail/send.ts";

/** What is known of a server for mail beside its password (SQL: crm.connected_accounts, settings). */
export type SmtpSettings = {
  smtp_host: string;
  smtp_port: number;
  smtp_user: string;
  smtp_security: "tls" | "starttls" | "none";
  /** Without it the account only sends. */
  imap_host: string | null;
  imap_port: number;
};

type SmtpAccount = Extract<Account, { type: "smtp" }>;

/** A server for mail and its password, as an account that mail goes through. */
export function smtpAccount(
  settings: Readonly<Record<string, unknown>>,
  password = "",
): SmtpAccount {
  const { smtp_host, smtp_port, smtp_user, smtp_security } = settings;
  return {
    type: "smtp",
    host: String(smtp_host),
    port: Number(smtp_port),
    security: smtp_security as SmtpSettings["smtp_security"],
    username: String(smtp_user),
    password,
  };
}

/** A user's mail account as one that mail goes through. Throws an Error for an account of another kind. */
export function mailAccount({ provider, settings, access, secrets }: OpenAccount): Account {
  if (provider === "gmail") return { type: provider, access };
  if (provider === "outlook") return { type: provider, access };
  if (provider === "smtp") return smtpAccount(settings, secrets.password);
  throw new Error(`No mail goes through an account of ${provider}.`);
}
