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

type Run = (text: string, values: unknown[]) => Promise<unknown>;

/**
 * Opens a workspace's next minute with requests counted already, as if another caller had seen it
 * begin first: there is at least a minute left in it.
 */
export function openNextMinute(asOwner: Run, workspaceId: string, requests = 0): Promise<void> {
  return openNextWindow(asOwner, { subject: workspaceId, seconds: 60 }, requests);
}

/** Likewise the next window of any subject and length. */
export async function openNextWindow(
  asOwner: Run,
  { subject, seconds }: { subject: string; seconds: number },
  requests = 0,
): Promise<void> {
  await asOwner(
    `insert into crm.rate_windows (subject, window_start, seconds, requests) values ($1,
      to_timestamp((floor(extract(epoch from clock_timestamp()) / $2) + 1) * $2), $2, $3)`,
    [subject, seconds, requests],
  );
}

/** Opens a key's next hour in the same way. */
export function openNextHour(asOwner: Run, keyId: string): Promise<void> {
  return openNextWindow(asOwner, { subject: keyId, seconds: 3_600 });
}
