import { isIP } from "node:net";
import { DatabaseUnavailable, isPostgresError } from "../db/errors.ts";
import { sql, statement } from "../db/sql.ts";
import { openAccount } from "../connected/open-account.ts";
import { openIntegration } from "../integrations/open-integration.ts";
import type { WorkContext } from "../jobs/work.ts";
import type { Failed } from "../providers/mail/mail.ts";
import { type Mailer, mailerOf } from "../providers/mail/send.ts";
import { networksOf } from "../providers/outgoing/networks.ts";
import { accountOf } from "./account.ts";
import { mailAccount } from "./mail-account.ts";
import { type OpenAccount, systemAccount } from "./system-mail.ts";

/** What opens what mail goes through: a run of a job, or a request. */
export type MailContext = Pick<WorkContext, "workspace" | "secrets" | "publicUrl" | "env">;

/** What a message of a user's mail account has beside itself (SQL: crm.account_messages). */
export interface AccountPart {
  account_id: string | null;
  answers: string | null;
  reference_ids: string[];
  thread_id: string | null;
}

/** What a message goes through. */
export interface Opened {
  /** Or why there is none. */
  mailer: Mailer | Failed;
  /** Refresh tokens that replaced the integration's while it was used, oldest first. */
  rotated: readonly string[];
  /** Null of a message of another channel. */
  part: AccountPart | null;
  /** Of the account's secrets that were used; null where none were. */
  version(): number | null;
}

type OpenMailAccount = OpenAccount & Partial<Pick<Opened, "version">>;

const none = () => null;

const GONE: Failed = { state: "refused", error: "The integration was deleted.", account: false };
const NO_ACCOUNT: Failed = {
  state: "refused",
  error: "The mail account was removed.",
  account: false,
};

/** Opens the integration or the account of a message, with its secrets. */
export async function openMailer(messageId: string, context: MailContext): Promise<Opened> {
  const rotated: string[] = [];
  const [[message] = []] = await context.workspace.read([statement(sql`
    select m.channel, m.integration_id, a.account_id, a.answers, a.reference_ids, a.thread_id
    from crm.messages m left join crm.account_messages a on a.message_id = m.id
    where m.id = ${messageId}`)]);
  const { channel, integration_id, ...own } = (message ?? {}) as Partial<AccountPart> & Row;
  const part = channel === "account" ? own as AccountPart : null;
  const opened: OpenMailAccount | Failed = part !== null
    ? await userAccount(part, context)
    : channel === "system"
    ? await systemAccount(context.env)
    : await integrationAccount(integration_id, context);
  if ("state" in opened) return { mailer: opened, rotated, part, version: none };
  const mailer = await mailerOf(opened.account, {
    env: context.env,
    networks: opened.networks,
    clientName: clientName(context.publicUrl),
    rotated: (refreshToken) => rotated.push(refreshToken),
  });
  return { mailer, rotated, part, version: opened.version ?? none };
}

interface Row {
  channel?: string;
  integration_id?: string | null;
}

async function userAccount(
  { account_id: id }: AccountPart,
  context: MailContext,
): Promise<OpenMailAccount | Failed> {
  const account = id === null ? NO_ACCOUNT : await readable(() => openAccount(context, { id }));
  if (account === null) return NO_ACCOUNT;
  if ("state" in account) return account;
  const { version } = account;
  return { account: mailAccount(account), networks: privateNetworks(context), version };
}

async function integrationAccount(
  id: string | null | undefined,
  context: MailContext,
): Promise<OpenAccount | Failed> {
  if (typeof id !== "string") return GONE;
  const integration = await readable(() => openIntegration(context, id)) ?? GONE;
  if ("state" in integration) return integration;
  return { account: accountOf(integration), networks: privateNetworks(context) };
}

const privateNetworks = ({ env }: MailContext) => networksOf(env.OUTBOUND_PRIVATE_NETWORKS);

async function readable<T>(open: () => Promise<T>): Promise<T | Failed> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof DatabaseUnavailable || isPostgresError(error)) throw error;
    const words = "Its secrets cannot be read: the encryption key is missing or another.";
    return { state: "later", error: words, account: true, retryAfter: null };
  }
}

/** What this side calls itself: its public host, or an address literal (RFC 5321, section 4.1.3). */
export function clientName(publicUrl: string): string {
  const host = URL.canParse(publicUrl) ? new URL(publicUrl).hostname : "127.0.0.1";
  if (host.startsWith("[")) return host.replace("[", "[IPv6:");
  return isIP(host) ? `[${host}]` : host;
}
