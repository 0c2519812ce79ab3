import { withClient } from "../../supabase/local/owner-connection.ts";
import type { BenchWorkspace } from "./seed.ts";

/** A page as it must be. */
export interface TruePage {
  ids: string[];
  total: number;
}

/** Ids of a workspace's contacts, spread over all of it. */
export function someIds(adminUrl: string, { id, contacts }: BenchWorkspace): Promise<string[]> {
  const every = Math.max(1, Math.floor(contacts / 1000));
  return withClient(adminUrl, async (owner) => {
    const { rows } = await owner.query<{ id: string }>(
      `select id from (select id, row_number() over (order by created_at) as n
         from crm.contacts where workspace_id = $1) contacts where n % $2 = 0 order by md5(id::text)`,
      [id, every],
    );
    return rows.map((row) => row.id);
  });
}

/** The page of 25 after `skipped` contacts, newest first, of those that a condition on $2 leaves. */
export function truePage(
  adminUrl: string,
  workspace: BenchWorkspace,
  { where = "$2::text is null", value = null, skipped = 0 }: {
    where?: string;
    value?: string | null;
    skipped?: number;
  },
): Promise<TruePage> {
  const matching = `from crm.contacts where workspace_id = $1 and ${where}`;
  return withClient(adminUrl, async (owner) => {
    const page = await owner.query<{ id: string }>(
      `select id ${matching} order by created_at desc, id desc limit 25 offset ${skipped}`,
      [workspace.id, value],
    );
    const count = await owner.query<{ total: number }>(
      `select count(*)::int as total ${matching}`,
      [workspace.id, value],
    );
    return { ids: page.rows.map((row) => row.id), total: count.rows[0]?.total ?? 0 };
  });
}
