import { randomUUID } from "node:crypto";
import type pg from "pg";

/** Makes a workspace that has counted no request yet. */
export async function newWorkspace(admin: pg.Pool): Promise<string> {
  const insert = "insert into crm.workspaces (slug, name) values ($1, 'Limits') returning id";
  const { rows } = await admin.query<{ id: string }>(insert, [`limits-${randomUUID()}`]);
  return rows[0]!.id;
}

/**
 * Makes a workspace whose next minute is open already, as if another caller had seen it begin
 * first. Its count cannot roll over in the middle of a test: there is at least a minute left.
 */
export async function workspaceInNextMinute(admin: pg.Pool): Promise<string> {
  const workspaceId = await newWorkspace(admin);
  await admin.query(
    `insert into crm.rate_windows
      values ($1, date_trunc('minute', clock_timestamp()) + interval '1 minute', 0)`,
    [workspaceId],
  );
  return workspaceId;
}
