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
import type { Call } from "../../http/call.ts";
import { parseQuery } from "../../http/query.ts";
import { transact } from "../../http/write.ts";
import {
  changedSettings,
  lookUp,
  newSettings,
  type StoredSettings,
} from "../../integrations/settings.ts";
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
import { noParameters } from "./parameters.ts";
import { pathNumber } from "./path-number.ts";
import { oneRecord } from "./schemas.ts";
import { written } from "./written.ts";

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
    const { columns, made } = await newSettings(contextOf(call), type, settings);
    const row = { columns: { type: type.type, ...given, ...columns }, links: [] };
    const statements = writeThenSelect(integration, insertion(integration, row));
    return await written(
      call,
      integration,
      statements,
      (rows) => tellOnce(201, shownRecord(integration, 0, rows), { secrets: made }),
    );
  },
};

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
      const { type } = await stored(number, (query) => call.workspace.read([statement(query)]));
      const [, given] = collectMistakes(
        () => parseQuery(noParameters(), call.query),
        () => readChange(TYPES[type], call.object()),
      );
      // Not within the transaction, which would keep a connection waiting for it.
      await lookUp(contextOf(call), TYPES[type], given.settings ?? {});
      return await transact(call, (transaction) => changed(call, transaction, number, given));
    },
  };
}

async function changed(
  call: Call,
  transaction: Transaction,
  number: number,
  { name, is_active, settings }: IntegrationChange,
) {
  const row = await stored(
    number,
    (query) => transaction.run([statement(sql`${query} for no key update`)]),
  );
  const columns = {
    ...(name === undefined ? {} : { name }),
    ...(is_active === undefined ? {} : { is_active }),
    ...(is_active ? { paused_at: null } : {}),
    ...(settings === undefined
      ? {}
      : await changedSettings(contextOf(call), TYPES[row.type], row, settings)),
  };
  const assignments = Object.entries(columns)
    .map(([column, value]) => sql`${sql.ref(column)} = ${value}`);
  const [, , rows] = await transaction.run([
    statement(
      sql`update crm.integrations set ${
        sql.join([sql`updated_at = now()`, ...assignments])
      } where id = ${row.id}`,
    ),
    statement(sql`select app.resume_webhook_deliveries(${row.id})`),
    selectByNumber(integration, number),
  ]);
  return answer(200, shownRecord(integration, number, rows));
}

type Stored = StoredSettings & { id: string; type: IntegrationTypeName };

/** Reads an integration as it is stored. Throws RecordNotFound. */
async function stored(
  number: number,
  read: (query: Sql) => Promise<readonly (readonly unknown[])[]>,
): Promise<Stored> {
  const [rows] = await read(
    sql`select id, type, settings, secrets from crm.integrations where number = ${number}`,
  );
  if (rows?.[0] === undefined) throw new RecordNotFound("integration", String(number));
  return rows[0] as Stored;
}
