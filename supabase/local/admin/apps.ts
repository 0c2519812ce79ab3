import { secretBox } from "../../../shared/auth/secret-box.ts";
import type { App } from "../../../shared/connected/account.ts";
import { connectAccount, credentials } from "../../../shared/connected/connect.ts";
import { InvalidInput } from "../../../shared/refusals/errors.ts";
import { checked } from "../../../shared/refusals/validation.ts";
import { type Database, utc } from "./database.ts";
import { encryptionKeys } from "./encryption-keys.ts";
import { quoted, Refusal } from "./refusal.ts";
import { workspaceId } from "./workspaces.ts";

/** An app that is connected, without its secrets. */
export interface ConnectedApp {
  provider: App;
  /** The email of the user whose app it is; null: the organisation's. */
  user: string | null;
  status: "connected" | "error";
  connectedAt: string;
}

/** Which app of which workspace. */
export interface WhichApp {
  provider: App;
  workspace: string;
  user: string | null;
}

const SELECT = `select a.provider, u.email as user, a.status,
    ${utc("a.connected_at")} as "connectedAt"
  from crm.connected_accounts a
  left join crm.users u on u.workspace_id = a.workspace_id and u.id = a.user_id`;

/** Connects an app with its credentials, in place of the one that was connected before. */
export async function connectApp(
  database: Database,
  { provider, workspace, user }: WhichApp,
  given: Record<string, unknown>,
  settings: Record<string, unknown> = {},
): Promise<ConnectedApp> {
  const keys = await encryptionKeys(process.env);
  if (!keys) {
    throw new Refusal(
      "invalid_argument",
      "Credentials need LUMENBASE_ENCRYPTION_KEY, the one that the functions have.",
    );
  }
  const secrets = readCredentials(given);
  const id = await workspaceId(database, workspace);
  const userId = user === null ? null : await userIdOf(database, id, user, workspace);
  const account = { provider, userId, secrets, settings };
  const { text, values } = await connectAccount(secretBox(keys), id, account);
  await database.query("begin");
  try {
    await database.query("select set_config('request.jwt.claims', $1, true)", [
      JSON.stringify({ workspace_id: id }),
    ]);
    const { rows: [made] } = await database.query<{ id: string }>(text, [...values]);
    await database.query("commit");
    const { rows: [app] } = await database.query<ConnectedApp>(
      `${SELECT} where a.workspace_id = $1 and a.id = $2`,
      [id, made?.id],
    );
    if (app === undefined) throw new Error("the app was disconnected meanwhile");
    return app;
  } catch (error) {
    await database.query("rollback");
    throw error;
  }
}

/** The apps of a workspace, by provider and user. */
export async function listApps(database: Database, workspace: string): Promise<ConnectedApp[]> {
  const id = await workspaceId(database, workspace);
  const { rows } = await database.query<ConnectedApp>(
    `${SELECT} where a.workspace_id = $1 and not a.is_mail order by a.provider, u.email, a.id`,
    [id],
  );
  return rows;
}

/** Forgets an app with its credentials; answers it as it was. */
export async function disconnectApp(
  database: Database,
  { provider, workspace, user }: WhichApp,
): Promise<ConnectedApp> {
  const id = await workspaceId(database, workspace);
  const userId = user === null ? null : await userIdOf(database, id, user, workspace);
  const condition = `a.workspace_id = $1 and a.provider = $2 and a.user_id is not distinct from $3`;
  const { rows: [app] } = await database.query<ConnectedApp>(`${SELECT} where ${condition}`, [
    id,
    provider,
    userId,
  ]);
  if (app === undefined) {
    throw new Refusal(
      "not_found",
      `${provider} is not connected${user === null ? "" : ` for ${quoted(user)}`}.`,
    );
  }
  await database.query(`delete from crm.connected_accounts a where ${condition}`, [
    id,
    provider,
    userId,
  ]);
  return app;
}

function readCredentials(given: Record<string, unknown>): Record<string, string> {
  try {
    const read = Object.entries(checked(credentials(), given));
    return Object.fromEntries(
      read.flatMap(([name, value]) => value === undefined ? [] : [[name, value] as const]),
    );
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    const mistakes = error.fields.map(({ field, message }) => `${field}: ${message}`);
    throw new Refusal("invalid_argument", `--credentials has mistakes. ${mistakes.join(" ")}`);
  }
}

async function userIdOf(
  database: Database,
  workspace: string,
  email: string,
  slug: string,
): Promise<string> {
  const { rows: [user] } = await database.query<{ id: string }>(
    "select id from crm.users where workspace_id = $1 and lower(email) = lower($2)",
    [workspace, email],
  );
  if (user) return user.id;
  throw new Refusal("not_found", `The workspace ${quoted(slug)} has no user ${quoted(email)}.`);
}
