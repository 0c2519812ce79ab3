import { lio, type LioPage } from "../../api.ts";
import { ApiError } from "../../api-error.ts";
import { newKey } from "../../once.ts";
import { MOST } from "./connections.ts";

/** Through what mail goes. */
export type Mailer = "gmail" | "outlook" | "smtp";

export const MAILERS: Readonly<Record<Mailer, string>> = {
  gmail: "Gmail",
  outlook: "Outlook",
  smtp: "Mail server",
};

/** A mail account of who asks, as LIO answers it. */
export interface MailAccount {
  id: number;
  mailer: Mailer;
  from_address: string;
  from_name: string;
  is_default: boolean;
  state_id: 0 | 1;
  last_error: string | null;
  created_at: string;
}

const ACCOUNTS = "mail-configurations";

/** Reads the mail accounts of who asks. */
export function readMailAccounts(signal: AbortSignal): Promise<LioPage<MailAccount>> {
  return lio.get<LioPage<MailAccount>>(`${ACCOUNTS}/list`, { limit: MOST }, signal);
}

/** Sends a message to the account's own address, and reads its mailbox; answers what works. Throws ApiError. */
export async function tried({ id, from_address: to }: MailAccount): Promise<string> {
  const subject = "A test of your mail account";
  const body = "<p>This message was sent to see whether the account works.</p>";
  const options = { idempotencyKey: newKey() };
  await lio.post("inbox/send", { config_id: id, to, subject, body, track: false }, options);
  const sent = `A message was sent to ${to}`;
  try {
    await lio.get("inbox/list", { config_id: id, limit: 1 });
    return `${sent}, and the mailbox can be read.`;
  } catch (error) {
    if (!(error instanceof ApiError) || error.type !== "not_connected") throw error;
    return `${sent}. The mailbox is not read: the account has no server for that.`;
  }
}

/** A mail account as it is filled in; every field is a text. */
export interface MailDraft {
  mailer: Mailer;
  from_name: string;
  from_address: string;
  password: string;
  refresh_token: string;
  client_id: string;
  client_secret: string;
  smtp_host: string;
  smtp_port: string;
  smtp_security: string;
  smtp_user: string;
  imap_host: string;
  imap_port: string;
}

/** What the parts of the form are given. */
export interface MailFieldsProps {
  draft: MailDraft;
  change(part: Partial<MailDraft>): void;
  errorOf(field: string): string | undefined;
}

/** The fields of a draft that are secret. */
export const NO_SECRETS = { password: "", refresh_token: "", client_secret: "" };

const COMMON = ["mailer", "from_name", "from_address", "password"] as const;
const OF_TOKENS = ["refresh_token", "client_id", "client_secret"] as const;
const OF_SERVERS = [
  "smtp_host",
  "smtp_port",
  "smtp_security",
  "smtp_user",
  "imap_host",
  "imap_port",
] as const;

/** The fields of a draft, beside which mistakes are told. */
export const MAIL_FIELDS: readonly (keyof MailDraft)[] = [...COMMON, ...OF_TOKENS, ...OF_SERVERS];

/** Adds the account of a draft, whose credentials are tried before. Throws ApiError. */
export async function addMailAccount(draft: MailDraft): Promise<MailAccount> {
  const names = [...COMMON, ...(draft.mailer === "smtp" ? OF_SERVERS : OF_TOKENS)];
  const body = Object.fromEntries(
    names.filter((name) => draft[name].trim() !== "").map((name) => [name, valueOf(draft, name)]),
  );
  // Adding the same account again replaces it.
  const options = { idempotencyKey: newKey() };
  return (await lio.post<{ data: MailAccount }>(`${ACCOUNTS}/add`, body, options)).data;
}

// What is no number is sent as it is, so that the answer tells what is wrong with it.
function valueOf(draft: MailDraft, name: keyof MailDraft): string | number {
  const text = name in NO_SECRETS ? draft[name] : draft[name].trim();
  return name.endsWith("_port") && /^\d+$/.test(text) ? Number(text) : text;
}
