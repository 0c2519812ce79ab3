import { type Database, utc } from "./database.ts";
import { quoted, Refusal } from "./refusal.ts";
import { unknownWorkspace } from "./workspaces.ts";

/** A user of a workspace, whom deals and tasks can be assigned to. */
export interface User {
  id: string;
  name: string;
  email: string;
  createdAt: string;
}

const COLUMNS = `id, name, email, ${utc("created_at")} as "createdAt"`;

/** Adds a user to a workspace. The email must be new in it. */
export async function createUser(
  database: Database,
  { workspace, name, email }: { workspace: string; name: string; email: string },
): Promise<User> {
  const id = await workspaceId(database, workspace);
  const { rows } = await database.query<User>(
    `insert into crm.users (workspace_id, name, email) values ($1, $2, $3)
     on conflict (workspace_id, email) do nothing returning ${COLUMNS}`,
    [id, name, email],
  );
  if (rows[0]) return rows[0];
  throw new Refusal(
    "conflict",
    `The workspace ${quoted(workspace)} has a user ${quoted(email)} already.`,
  );
}

/** The users of a workspace, by name. */
export async function listUsers(database: Database, workspace: string): Promise<User[]> {
  const id = await workspaceId(database, workspace);
  const { rows } = await database.query<User>(
    `select ${COLUMNS} from crm.users where workspace_id = $1 order by name, id`,
    [id],
  );
  return rows;
}

/** Removes a user from a workspace; deals and tasks assigned to them stay, unassigned. */
export async function removeUser(
  database: Database,
  { workspace, email }: { workspace: string; email: string },
): Promise<User> {
  const id = await workspaceId(database, workspace);
  const { rows } = await database.query<User>(
    `delete from crm.users where workspace_id = $1 and email = $2 returning ${COLUMNS}`,
    [id, email],
  );
  if (rows[0]) return rows[0];
  throw new Refusal(
    "not_found",
    `The workspace ${quoted(workspace)} has no user ${quoted(email)}: see \`npm run admin -- ` +
      `users list --workspace ${workspace}\`.`,
  );
}

async function workspaceId(database: Database, slug: string): Promise<string> {
  const { rows } = await database.query<{ id: string }>(
    "select id from crm.workspaces where slug = $1",
    [slug],
  );
  if (rows[0]) return rows[0].id;
  throw unknownWorkspace(slug);
}
