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

type AsOwner = (text: string, values: unknown[]) => Promise<unknown>;

/**
 * Opens a workspace's next minute with requests counted already, as if another caller had seen it
 * begin first: there is at least a minute left in it.
 */
export async function openNextMinute(
  asOwner: AsOwner,
  workspaceId: string,
  requests = 0,
): Promise<void> {
  await openNext(asOwner, workspaceId, "minute", requests);
}

/** Opens a key's next hour in the same way. */
export async function openNextHour(asOwner: AsOwner, keyId: string): Promise<void> {
  await openNext(asOwner, keyId, "hour", 0);
}

async function openNext(
  asOwner: AsOwner,
  subject: string,
  unit: "minute" | "hour",
  requests: number,
): Promise<void> {
  const next = `date_trunc('${unit}', clock_timestamp()) + interval '1 ${unit}'`;
  await asOwner(
    `insert into crm.rate_windows (subject, window_start, seconds, requests)
      values ($1, ${next}, $2, $3)`,
    [subject, unit === "minute" ? 60 : 3_600, requests],
  );
}
