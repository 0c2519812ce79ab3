import { definitionColumns, newToken, slugFrom, tokenUrl } from "../connectors/connector-rows.ts";
import { connectors } from "../connectors/connectors.ts";
import type { Definition } from "../connectors/definition.ts";
import { presets } from "../connectors/presets.ts";
import type { Fields } from "../crm/plan.ts";
import { insertRecord, updateRecord } from "../crm/records.ts";
import type { Transaction } from "../db/transaction.ts";
import type { IntegrationContext } from "./context.ts";
import { sealed } from "./settings.ts";
import type { IntegrationType, LeadsOf, Settings } from "./type.ts";

// Its expression, which skips every event.
const INACTIVE = JSON.stringify("The integration is inactive.");

/** An integration as the connector that takes in its leads has to know it. */
export interface Taking {
  type: IntegrationType;
  name: string;
  is_active: boolean;
  /** With its secrets. */
  settings: Settings;
}

/**
 * Makes the connector that takes in an integration's leads; answers its id, and the address to send them to,
 * which is told once. Null for an integration that leads do not come from.
 */
export async function makeConnector(
  context: IntegrationContext & { publicUrl: string },
  transaction: Transaction,
  taking: Taking,
): Promise<{ id: string; url: string } | null> {
  const { name, type: { type, leads } } = taking;
  if (leads === undefined) return null;
  const { preset, secrets, skip } = leads(taking.settings);
  const definition = definitionOf(preset);
  const [rows] = await transaction.run([insertRecord(connectors, {
    slug: slugFrom(name),
    preset,
    lead_source: type,
    ...definitionColumns(definition),
    ...await changing(context, taking, { secrets, skip: skip ?? definition.skip }),
  })]);
  const id = String(rows?.[0]?.id);
  const { token, statement } = newToken(id);
  await transaction.run([statement]);
  return { id, url: tokenUrl(context.publicUrl, definition.target, token) };
}

/** Changes the connector that takes in an integration's leads, as the integration is now. */
export async function changeConnector(
  context: IntegrationContext,
  transaction: Transaction,
  id: string,
  taking: Taking,
): Promise<void> {
  const { leads } = taking.type;
  if (leads === undefined) return;
  const of = leads(taking.settings);
  const skip = of.skip ?? presets[of.preset].skip;
  const columns = await changing(context, taking, { ...of, skip });
  await transaction.run([updateRecord(connectors, id, columns)]);
}

async function changing(
  context: IntegrationContext,
  { name, is_active }: Taking,
  { secrets, skip }: Pick<LeadsOf, "secrets"> & { skip: string | null },
): Promise<Fields> {
  return {
    name,
    skip: is_active ? skip : INACTIVE,
    secrets: await sealed(context, secrets),
    secrets_set: Object.keys(secrets),
  };
}

// A preset is a whole definition, but for the source, which is the integration's.
function definitionOf(preset: LeadsOf["preset"]): Definition {
  const { target, field_map, matching, verification, ...others } = presets[preset];
  const { items, event_id, skip, test, lookup, prepare } = others;
  const expressions = { items, event_id, skip, test, lookup, prepare };
  return { target, field_map, matching, verification, ...expressions, defaults: {} };
}
