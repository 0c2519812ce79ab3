import type { UserRole } from "../../../shared/db/claims.ts";
import { ApiClient } from "../api-client.ts";
import type { ContractOperation } from "../contract-document.ts";
import { PASSWORD_HASH, tokens } from "../lio.ts";
import { asOwner, type TestWorkspace } from "../workspace.ts";
import type { Target } from "./dialect.ts";

/** The user whom examples of the contract name. */
const NAMED = "142";

/**
 * Lets a record be somebody's, where an operation works for its owner alone: the user's number. Null for
 * operations that work for whoever has the right.
 */
export async function ownerOf(
  { id: workspaceId }: TestWorkspace,
  { id }: ContractOperation,
  target: Target,
): Promise<string | null> {
  const given = async (table: string) => {
    await asOwner(
      `update crm.${table} v set user_id = u.id from crm.users u
        where v.workspace_id = $1 and v.number = $2
          and u.workspace_id = v.workspace_id and u.number = $3`,
      [workspaceId, target.id, NAMED],
    );
    return NAMED;
  };
  switch (id) {
    case "updateUser":
      return target.id ?? null;
    case "updateView":
    case "deleteView":
      return await given("saved_views");
    case "updateDashboard":
    case "deleteDashboard":
      return await given("dashboards");
    case "assignLeads":
      await asOwner("update crm.leads set assigned_to = null where workspace_id = $1", [
        workspaceId,
      ]);
      return NAMED;
    default:
      return null;
  }
}

/** A client of a user who is there already, given a role. */
export async function clientOf(
  { id: workspaceId, api }: TestWorkspace,
  number: string,
  role: UserRole,
): Promise<ApiClient> {
  const [session] = await asOwner<{ id: string }>(
    `with its as (
       update crm.users set role = $3, is_rep = $4 where workspace_id = $1 and number = $2
       returning email
     ), account as (
       insert into crm.accounts (email, password_hash, set_in) select email, $5, $1 from its
       on conflict do nothing
     )
     insert into crm.sessions (email, expires_at) select email, now() + interval '30 days' from its
     returning id`,
    [workspaceId, number, role === "rep" ? "member" : role, role === "rep", await PASSWORD_HASH()],
  );
  const of = { sessionId: String(session?.id), number: Number(number), workspaceId };
  return new ApiClient(api.baseUrl, await tokens.issue(of, Math.floor(Date.now() / 1_000)));
}
