import {
  insertion,
  selectByNumber,
  shownRecord,
  writeThenSelect,
} from "../../crm/views/statements.ts";
import type { IntegrationTypeName } from "../../crm/integrations.ts";
import { type Sql, sql, statement } from "../../db/sql.ts";
import type { Transaction } from "../../db/transaction.ts";
import { jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { noParameters, parseQuery } from "../../http/query.ts";
import { transact } from "../../http/write.ts";
import {
  changedSettings,
  lookUp,
  newSettings,
  type StoredSettings,
} from "../../integrations/settings.ts";
import type { Taking } from "../../integrations/lead-connector.ts";
import { TYPES } from "../../integrations/types.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { collectMistakes } from "../../refusals/validation.ts";
import type { LeadHubOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import {
  changeBody,
  creationBody,
  type IntegrationChange,
  readChange,
  readCreation,
} from "./integration-bodies.ts";
import { contextOf, integration, tellOnce } from "./integration-view.ts";
import { pathNumber } from "./path-number.ts";
import { oneRecord } from "./schemas.ts";

/** POST: makes an integration; what was made for it is told in full this once; 201. */
export const createIntegration: LeadHubOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  get contract() {
    return {
      id: "createIntegration",
      summary: "Make an integration",
      body: creationBody(),
      answers: { 201: oneRecord(integration.schema) },
    };
  },
  async run(call) {
    const [, { type, settings, ...given }] = collectMistakes(
      () => parseQuery(noParameters(), call.query),
      () => readCreation(call.object()),
    );
    const made = await newSettings(contextOf(call), type, settings);
    return await transact(
      call,
      (transaction) => told(call, transaction, made, { type, ...given, settings: made.settings }),
    );
  },
};

type Made = Awaited<ReturnType<typeof newSettings>>;

async function told(
  call: Call,
  transaction: Transaction,
  { columns, made: secrets }: Made,
  taking: Taking,
): Promise<Outcome> {
  const connector = await connectorOf(call, transaction, taking);
  const { type: { type }, name, is_active } = taking;
  const row = { type, name, is_active, ...columns, connector_id: connector?.id ?? null };
  const query = insertion(integration, { columns: row, links: [] });
  const rows = await transaction.run(writeThenSelect(integration, query));
  const record = shownRecord(integration, 0, rows.at(-1));
  return tellOnce(201, record, { secrets, webhookUrl: connector?.url ?? null });
}

// Loaded when it is needed: most integrations have none.
async function connectorOf(call: Call, transaction: Transaction, taking: Taking) {
  if (taking.type.leads === undefined) return null;
  const { makeConnector } = await import("../../integrations/lead-connector.ts");
  const { publicUrl } = call.services;
  return await makeConnector({ ...contextOf(call), publicUrl }, transaction, taking);
}

/** PUT and PATCH: changes the given fields of an integration; settings are merged by name. */
export function updateIntegration(verb: "replace" | "update"): LeadHubOperation {
  return {
    kind: "write",
    body: jsonBody(SINGLE_LIMIT),
    get contract() {
      return {
        id: `${verb}Integration`,
        summary: "Change an integration",
        body: changeBody(),
        answers: { 200: oneRecord(integration.schema) },
        refusals: ["not_found" as const],
      };
    },
    async run(call) {
      const number = pathNumber(call, "id", "integration");
      const row = await find(number, (query) => call.workspace.read([statement(query)]));
      const type = row && TYPES[row.type];
      const [, given] = collectMistakes(
        () => parseQuery(noParameters(), call.query),
        () => readChange(type, call.object()),
      );
      if (type === null) throw new RecordNotFound("integration", String(number));
      // Not within the transaction, which would keep a connection waiting for it.
      await lookUp(contextOf(call), type, given.settings ?? {});
      return await transact(call, (transaction) => changed(call, transaction, number, given));
    },
  };
}

async function changed(
  call: Call,
  transaction: Transaction,
  number: number,
  given: IntegrationChange,
): Promise<Outcome> {
  const row = await find(
    number,
    (query) => transaction.run([statement(sql`${query} for no key update`)]),
  );
  if (row === null) throw new RecordNotFound("integration", String(number));
  const type = TYPES[row.type];
  const { name = row.name, is_active = row.is_active } = given;
  const { columns, settings } = await changedSettings(
    contextOf(call),
    type,
    row,
    given.settings ?? {},
  );
  if (row.connector_id !== null) {
    const { changeConnector } = await import("../../integrations/lead-connector.ts");
    const taking = { type, name, is_active, settings };
    await changeConnector(contextOf(call), transaction, row.connector_id, taking);
  }
  const assignments = Object.entries({
    name,
    is_active,
    ...(given.is_active ? { paused_at: null } : {}),
    ...(given.settings ? columns : {}),
  }).map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  const [, , rows] = await transaction.run([
    statement(sql`update crm.integrations set ${sql.join(assignments)} where id = ${row.id}`),
    statement(sql`select app.resume_webhook_deliveries(${row.id})`),
    selectByNumber(integration, number),
  ]);
  return answer(200, shownRecord(integration, number, rows));
}

type Stored = StoredSettings & {
  id: string;
  type: IntegrationTypeName;
  name: string;
  is_active: boolean;
  connector_id: string | null;
};

/** Reads an integration as it is stored; null when there is none. */
async function find(
  number: number,
  read: (query: Sql) => Promise<readonly (readonly unknown[])[]>,
): Promise<Stored | null> {
  const [rows] = await read(
    sql`select id, type, name, is_active, settings, secrets, connector_id from crm.integrations
      where number = ${number}`,
  );
  return rows?.[0] as Stored | undefined ?? null;
}
