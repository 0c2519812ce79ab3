import { userIn } from "./links.ts";
import { asOwner, type TestWorkspace } from "./workspace.ts";

/** Makes jobs that have used up their attempts. */
export async function deadJobsIn({ id }: TestWorkspace, size: number): Promise<string[]> {
  const made = await asOwner<{ id: string }>(
    `insert into crm.jobs (workspace_id, kind, status, attempts, last_error)
      select $1, 'a.kind', 'dead', 5, 'It was in vain.' from generate_series(1, $2) returning id`,
    [id, size],
  );
  return made.map((row) => row.id);
}

/** Makes roles of the workspace's own, of no users. */
export async function rolesIn(
  { id }: TestWorkspace,
  size: number,
  name = "Desk",
): Promise<string[]> {
  const made = await asOwner<{ id: string }>(
    `insert into crm.roles (workspace_id, name, base)
      select $1, $2 || ' ' || n, 'viewer' from generate_series(1, $3) n returning id`,
    [id, name, size],
  );
  return made.map((row) => row.id);
}

/** Connects mail accounts, of which a user may have many. */
export async function accountsIn(
  { id }: TestWorkspace,
  size: number,
  name = "Mia",
): Promise<string[]> {
  const userId = await userIn(id, name);
  const made = await asOwner<{ id: string }>(
    `insert into crm.connected_accounts (workspace_id, provider, user_id, secrets, from_address, from_name)
      select $1, 'gmail', $2, 'sealed', 'mia' || n || '@example.com', 'Mia' from generate_series(1, $3) n
      returning id`,
    [id, userId, size],
  );
  return made.map((row) => row.id);
}
