import { type Database, utc } from "./database.ts";
import { quoted, Refusal } from "./refusal.ts";
import { workspaceId } from "./workspaces.ts";

/** A list of contacts that mail is to go to. */
export interface MarketingList {
  id: string;
  name: string;
  createdAt: string;
}

const COLUMNS = `id, name, ${utc("created_at")} as "createdAt"`;

/** Makes a marketing list, whose name must be new in the workspace regardless of case. */
export async function createMarketingList(
  database: Database,
  { workspace, name }: { workspace: string; name: string },
): Promise<MarketingList> {
  const { rows } = await database.query<MarketingList>(
    `insert into crm.marketing_lists (workspace_id, name) values ($1, $2)
     on conflict (workspace_id, name_key) do nothing returning ${COLUMNS}`,
    [await workspaceId(database, workspace), name],
  );
  if (rows[0]) return rows[0];
  throw new Refusal(
    "conflict",
    `The workspace ${quoted(workspace)} has a marketing list ${quoted(name)} already.`,
  );
}

/** The marketing lists of a workspace, by name. */
export async function listMarketingLists(
  database: Database,
  workspace: string,
): Promise<MarketingList[]> {
  const { rows } = await database.query<MarketingList>(
    `select ${COLUMNS} from crm.marketing_lists where workspace_id = $1 order by name, id`,
    [await workspaceId(database, workspace)],
  );
  return rows;
}
