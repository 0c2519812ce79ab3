import { errorCode } from "../failure.ts";
import { type Database, utc } from "./database.ts";
import { quoted, Refusal } from "./refusal.ts";
import { workspaceId } from "./workspaces.ts";

/** What a user of a workspace may do there; a manager is a member, as is a rep, who sees no leads of others. */
export const ROLES = ["admin", "manager", "member", "rep", "viewer"] as const;

export type Role = (typeof ROLES)[number];

const STORED = {
  admin: "admin",
  manager: "member",
  member: "member",
  rep: "member",
  viewer: "viewer",
} as const;

/** A user of a workspace, whom records can be assigned to. */
export interface User {
  id: string;
  number: number;
  name: string;
  email: string;
  role: "admin" | "member" | "viewer";
  /** What the role is called where there are more of them. */
  roleName: string;
  /** Invited when added without a password. */
  status: "active" | "invited" | "inactive";
  createdAt: string;
}

const COLUMNS = `u.id, u.number::int, u.name, u.email, u.role, (
    select r.name from crm.all_roles r
    where r.workspace_id = u.workspace_id and r.number = u.role_number) as "roleName",
  u.status, ${utc("u.created_at")} as "createdAt"`;

/**
 * Adds a user to a workspace, who signs in with a password when its hash is given. The email must be
 * new in the workspace, and with a password sign in nowhere yet.
 */
export async function createUser(
  database: Database,
  user: {
    workspace: string;
    name: string;
    email: string;
    role?: Role;
    passwordHash?: string;
  },
): Promise<User> {
  const { workspace, name, email, role = "member", passwordHash = null } = user;
  const id = await workspaceId(database, workspace);
  const { rows } = await database.query<User>(
    // One statement, so there is both or neither; the function acts in the workspace of the claims.
    `with added as (
       insert into crm.users (workspace_id, name, email, role, is_rep, status)
       values ($1, $2, $3, $4, $6, case when $5::text is null then 'invited' else 'active' end)
       on conflict (workspace_id, email) do nothing returning *
     ), u as materialized (
       select *, set_config('request.jwt.claims',
         json_build_object('workspace_id', workspace_id)::text, true) from added
     )
     select ${COLUMNS} from u where $5 is null or app.set_password(u.id, $5)`,
    [id, name, email, STORED[role], passwordHash, role === "rep"],
  ).catch((error: unknown) => {
    throw errorCode(error) === "LB011" ? signsInElsewhere(email) : error;
  });
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
    `select ${COLUMNS} from crm.users u where workspace_id = $1 order by name, id`,
    [id],
  );
  return rows;
}

/**
 * Sets the password that an email signs in with, in every workspace that has a user of it. Answers
 * the user added first, and the workspaces.
 */
export async function setPassword(
  database: Database,
  { email, passwordHash }: { email: string; passwordHash: string },
): Promise<{ user: User; workspaces: string[] }> {
  const { rows } = await database.query<User & { workspace: string }>(
    // Holds the users, so that none leaves an account behind that nobody has.
    `with held as (
       select * from crm.users where email = $1 order by created_at, id for update
     ), account as (
       insert into crm.accounts (email, password_hash, set_in)
       select email, $2, workspace_id from held limit 1
       on conflict (email) do update set password_hash = excluded.password_hash
     )
     select ${COLUMNS}, w.slug as workspace
     from held u join crm.workspaces w on w.id = u.workspace_id order by u.created_at, u.id`,
    [email, passwordHash],
  );
  if (rows[0] === undefined) {
    throw new Refusal(
      "not_found",
      `No workspace has a user ${quoted(email)}: add one with \`npm run admin -- users create\`.`,
    );
  }
  const { workspace: _, ...user } = rows[0];
  return { user, workspaces: rows.map(({ workspace }) => workspace) };
}

/** Removes a user from a workspace; what was assigned to them stays, unassigned. */
export async function removeUser(
  database: Database,
  { workspace, email }: { workspace: string; email: string },
): Promise<User> {
  const id = await workspaceId(database, workspace);
  const { rows } = await database.query<User>(
    `delete from crm.users u where workspace_id = $1 and email = $2 returning ${COLUMNS}`,
    [id, email],
  ).catch((error: unknown) => {
    throw errorCode(error) === "LB010" ? lastAdmin(workspace, email) : error;
  });
  if (rows[0]) return rows[0];
  throw new Refusal(
    "not_found",
    `The workspace ${quoted(workspace)} has no user ${quoted(email)}: see \`npm run admin -- ` +
      `users list --workspace ${workspace}\`.`,
  );
}

function signsInElsewhere(email: string): Refusal {
  return new Refusal(
    "conflict",
    `${quoted(email)} signs in to another workspace already: leave --password out, and the same ` +
      "password works here.",
  );
}

function lastAdmin(workspace: string, email: string): Refusal {
  return new Refusal(
    "conflict",
    `${quoted(email)} is the last admin of the workspace ${quoted(workspace)}: add another first.`,
  );
}
