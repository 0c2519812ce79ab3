import { sql, statement } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import type { Workspace } from "../db/workspace.ts";
import type { IntegrationTypeName } from "../crm/integrations.ts";
import type { IntegrationContext } from "./context.ts";
import { openSecrets, sealed, type StoredSettings } from "./settings.ts";
import type { Settings } from "./type.ts";

/** What opens integrations. */
export interface Opening {
  workspace: Workspace;
  secrets: IntegrationContext["secrets"];
}

/** An integration as who uses it needs it. */
export interface OpenIntegration {
  id: string;
  number: number;
  type: IntegrationTypeName;
  name: string;
  status: "active" | "paused" | "inactive";
  /** With its secrets: never to be answered or logged. */
  settings: Settings;
}

/** Reads an integration with its secrets; null when there is none with this id. */
export async function openIntegration(
  opening: Opening,
  id: string,
): Promise<OpenIntegration | null> {
  const [rows] = await opening.workspace.read([statement(
    sql`select id, number, type, name, status, settings, secrets from crm.integrations where id = ${id}`,
  )]);
  const row = rows?.[0] as OpenIntegration & StoredSettings | undefined;
  if (row === undefined) return null;
  const { secrets: _, ...shown } = row;
  const number = Number(shown.number);
  return { ...shown, number, settings: { ...shown.settings, ...await openSecrets(opening, row) } };
}

/** Stores secrets that a service replaced, such as a refresh token; those not given stay. */
export async function replaceSecrets(
  opening: Opening,
  id: string,
  secrets: Readonly<Record<string, string>>,
): Promise<void> {
  await opening.workspace.transact(async (transaction) => {
    const [rows] = await transaction.run([statement(
      sql`select secrets from crm.integrations where id = ${id} for no key update`,
    )]);
    const row = rows?.[0] as Pick<StoredSettings, "secrets"> | undefined;
    if (row === undefined) return;
    const all = await sealed(opening, { ...await openSecrets(opening, row), ...secrets });
    await transaction.run([statement(
      sql`update crm.integrations set secrets = ${all} where id = ${id}`,
    )]);
  });
}

/**
 * Tells an integration's users that it failed, or, with null, that it works. `isFinal`: nothing is sent
 * through it any more until they set it active.
 */
export function noteFailure(id: string, error: string | null, isFinal = false): Statement {
  return statement(sql`update crm.integrations
    set last_error = ${error}, paused_at = case when ${isFinal} then coalesce(paused_at, now())
      else paused_at end
    where id = ${id} and (${isFinal} or last_error is distinct from ${error})`);
}
