import { isIP } from "node:net";
import { DatabaseUnavailable, isPostgresError } from "../db/errors.ts";
import { sql, statement } from "../db/sql.ts";
import { type OpenIntegration, openIntegration } from "../integrations/open-integration.ts";
import type { WorkContext } from "../jobs/work.ts";
import type { Failed } from "../providers/mail/mail.ts";
import { type Mailer, mailerOf } from "../providers/mail/send.ts";
import { networksOf } from "../providers/outgoing/networks.ts";
import { accountOf } from "./account.ts";
import { type OpenAccount, systemAccount } from "./system-mail.ts";

/** What a message goes through. */
export interface Opened {
  /** Or why there is none. */
  mailer: Mailer | Failed;
  /** Refresh tokens that replaced the integration's while it was used, oldest first. */
  rotated: readonly string[];
}

const GONE: Failed = { state: "refused", error: "The integration was deleted.", account: false };

/** Opens the integration of a message, with its secrets. */
export async function openMailer(messageId: string, context: WorkContext): Promise<Opened> {
  const rotated: string[] = [];
  const opened = await accountFor(messageId, context);
  if ("state" in opened) return { mailer: opened, rotated };
  const mailer = await mailerOf(opened.account, {
    env: context.env,
    networks: opened.networks,
    clientName: clientName(context.publicUrl),
    rotated: (refreshToken) => rotated.push(refreshToken),
  });
  return { mailer, rotated };
}

async function accountFor(messageId: string, context: WorkContext): Promise<OpenAccount | Failed> {
  const [[message] = []] = await context.workspace.read([
    statement(sql`select channel, integration_id from crm.messages where id = ${messageId}`),
  ]);
  if (message?.channel === "system") return await systemAccount(context.env);
  const integration = await integrationOf(message?.integration_id, context);
  if ("state" in integration) return integration;
  const networks = networksOf(context.env.OUTBOUND_PRIVATE_NETWORKS);
  return { account: accountOf(integration), networks };
}

async function integrationOf(
  id: unknown,
  { workspace, secrets }: WorkContext,
): Promise<OpenIntegration | Failed> {
  if (typeof id !== "string") return GONE;
  try {
    return await openIntegration({ workspace, secrets }, id) ?? GONE;
  } catch (error) {
    if (error instanceof DatabaseUnavailable || isPostgresError(error)) throw error;
    const words =
      "The integration's secrets cannot be read: the encryption key is missing or another.";
    return { state: "later", error: words, account: true, retryAfter: null };
  }
}

/** What this side calls itself: its public host, or an address literal (RFC 5321, section 4.1.3). */
function clientName(publicUrl: string): string {
  const host = URL.canParse(publicUrl) ? new URL(publicUrl).hostname : "127.0.0.1";
  if (host.startsWith("[")) return host.replace("[", "[IPv6:");
  return isIP(host) ? `[${host}]` : host;
}
