import { randomUUID } from "node:crypto";
import type pg from "pg";

/** Makes a workspace that has counted no request yet. */
export async function newWorkspace(admin: pg.Pool): Promise<string> {
  const insert = "insert into crm.workspaces (slug, name) values ($1, 'Limits') returning id";
  const { rows } = await admin.query<{ id: string }>(insert, [`limits-${randomUUID()}`]);
  return rows[0]!.id;
}

/** Makes a workspace whose count cannot roll over in the middle of a test. */
export async function workspaceInNextMinute(admin: pg.Pool): Promise<string> {
  const workspaceId = await newWorkspace(admin);
  await openNextMinute((text, values) => admin.query(text, values), workspaceId);
  return workspaceId;
}

/**
 * Opens a workspace's next minute with requests counted already, as if another caller had seen it
 * begin first: there is at least a minute left in it.
 */
export async function openNextMinute(
  asOwner: (text: string, values: unknown[]) => Promise<unknown>,
  workspaceId: string,
  requests = 0,
): Promise<void> {
  const nextMinute = "date_trunc('minute', clock_timestamp()) + interval '1 minute'";
  await asOwner(
    `insert into crm.rate_windows (subject, window_start, seconds, requests)
      values ($1, ${nextMinute}, 60, $2)`,
    [workspaceId, requests],
  );
}
