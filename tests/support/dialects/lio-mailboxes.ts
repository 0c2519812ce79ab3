import { decodeJwt } from "jose";
import { expect } from "vitest";
import type { ApiClient, ApiResponse } from "../api-client.ts";
import { secretBox } from "../../../shared/auth/secret-box.ts";
import type { ContractOperation } from "../contract-document.ts";
import { FUNCTIONS_ENVIRONMENT } from "../functions-environment.ts";
import { pathOf } from "../operation-requests.ts";
import { GMAIL_TOKEN } from "../providers/lasting-gmail.ts";
import { asOwner } from "../workspace.ts";
import type { DialectWorld, Target } from "./dialect.ts";
import { goodBody } from "./made-world.ts";

/** The mail account that examples of the contract name, and one that only sends. */
const NAMED = 9;
const ONLY_SENDS = 10;

const BOX = secretBox(FUNCTIONS_ENVIRONMENT.LUMENBASE_ENCRYPTION_KEY);

const READ = ["listInbox", "getInboxMessage"];
const MAILBOXES = new Set([...READ, "sendMessage", "replyToMessage"]);

/** Fields of mail and its accounts that no answer has. */
export const NOT_KEPT_OF_MAIL = [
  // In the one form of its mailbox.
  "from_address",
  "refresh_token",
  "client_id",
  "client_secret",
  "expires_at",
  "smtp_host",
  "smtp_port",
  "smtp_user",
  "smtp_security",
  "imap_host",
  "imap_port",
  "config_id",
  "to",
  "cc",
  "bcc",
  "subject",
  "body",
  "track",
];

/** Mistakes in mail and its accounts that only the server can see. */
export const MAIL_MISTAKES = [
  "^Is (for smtp only|required for smtp|required with imap_port|required, here or as a query)",
  "^Must be (left out for smtp|a token, in ASCII|the same as the query parameter|a host name or an address)",
  "^Must be (an email address|a message with a sender)|^Must (have an email|be on one line)",
  "^Must have at most (400 KB|50 emails)",
  "^(Gmail|Microsoft) refused|^Without TLS|^The (address|host) ",
];

/** A body with an address of its own, as an account of the same one is replaced. */
export function ownAddress(of: ContractOperation, body: unknown, i: number): unknown {
  if (of.id !== "createMailConfiguration") return body;
  return { ...body as object, from_address: `sales.${i}@example.com` };
}

/** Whether an operation is about a mailbox. */
export const isOfMailbox = ({ id }: ContractOperation): boolean => MAILBOXES.has(id);

/** Makes the mail accounts of examples, of the user whose token a client has, unless they are there. */
export async function addMailAccounts(workspaceId: string, { key }: ApiClient): Promise<void> {
  const [user] = await asOwner<{ id: string }>(
    `select u.id from crm.users u where u.workspace_id = $1 and u.number = $2
       and not exists (select from crm.connected_accounts a
         where a.workspace_id = u.workspace_id and a.number = $3)`,
    [workspaceId, userNumberOf(key), NAMED],
  );
  if (user === undefined) return;
  const sealed = await BOX.seal({ access_token: GMAIL_TOKEN }, workspaceId);
  await asOwner(
    `insert into crm.connected_accounts
       (workspace_id, number, provider, user_id, from_address, from_name, secrets)
     overriding system value
     select $1, number, provider, $2, 'rita@example.com', 'Rita Rep', $3
     from (values ($4::bigint, 'gmail'), ($5, 'smtp')) named (number, provider)`,
    [workspaceId, user.id, sealed, NAMED, ONLY_SENDS],
  );
}

/** Gives the mail account of examples to the user whose token a client has, who alone can read it. */
export async function giveMailAccount(
  { workspace }: Pick<DialectWorld, "workspace">,
  { key }: ApiClient,
): Promise<void> {
  await asOwner(
    `update crm.connected_accounts set is_default = false, user_id =
      (select id from crm.users where workspace_id = $1 and number = $3)
      where workspace_id = $1 and number = $2`,
    [workspace.id, NAMED, userNumberOf(key)],
  );
}

/** Asks for what is no account of the caller, and for one that cannot be read. */
export async function unreadMailboxes(
  operation: ContractOperation,
  world: DialectWorld,
): Promise<ApiResponse[]> {
  const target = world.targets(operation).at(-1) ?? {};
  if (!READ.includes(operation.id)) return await unsent(operation, world, target);
  const at = (number: number) => pathOf(operation, target, { config_id: String(number) });
  return await Promise.all(
    [NAMED + 990_000, ONLY_SENDS].map((number) => world.api.get(at(number))),
  );
}

/** Sends by what is no account of the caller, and answers what one that only sends cannot read. */
async function unsent(
  operation: ContractOperation,
  { api }: DialectWorld,
  target: Target,
): Promise<ApiResponse[]> {
  const body = goodBody(operation) as Record<string, unknown>;
  const by = (config_id: number) => api.post(pathOf(operation, target), { ...body, config_id });
  const answers = operation.id === "replyToMessage" ? [ONLY_SENDS] : [];
  return await Promise.all([NAMED + 990_000, ...answers].map(by));
}

/** Whether what was asked for may be the id of a message, of which there is none. */
export function isOfMessage({ status, body }: ApiResponse): boolean {
  if (!body.error.message.startsWith("No message ")) return false;
  expect(status).toBe(404);
  return true;
}

function userNumberOf(token: unknown): string {
  return String(decodeJwt(String(token)).sub);
}
