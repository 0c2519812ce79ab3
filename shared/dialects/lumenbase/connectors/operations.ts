import { transact } from "../../../http/write.ts";
import { answer } from "../envelope.ts";
import * as z from "zod";
import { connectors } from "../../../connectors/connectors.ts";
import {
  definitionColumns,
  newToken,
  slugFrom,
  tokenUrl,
} from "../../../connectors/connector-rows.ts";
import { changedDefinition, newDefinition } from "../../../connectors/define.ts";
import type { Secrets } from "../../../connectors/definition.ts";
import { connectorChange, connectorCreation } from "../../../connectors/definition-schema.ts";
import { selectConnector, theConnector } from "../../../connectors/stored-connector.ts";
import { uuid } from "../../../crm/values/fields.ts";
import type { Fields } from "../../../crm/plan.ts";
import {
  domainError,
  insertRecord,
  requireRecord,
  selectRecord,
  updateRecord,
} from "../../../crm/records.ts";
import { collectMistakes, requireChanges, validated } from "../../../refusals/validation.ts";
import { jsonBody, SINGLE_LIMIT } from "../../../http/body.ts";
import type { Call, Outcome } from "../../../http/call.ts";
import type { Transaction } from "../../../db/transaction.ts";
import { contextOf } from "./context.ts";
import { secretsOf } from "../../../connectors/context.ts";
import { dryRunParameter, rehearsal } from "../dry-run.ts";
import type { LumenbaseOperation } from "../contract.ts";
import { parseQuery } from "../../../http/query.ts";

const parameters = z.strictObject({ dry_run: dryRunParameter() });
const byIdParameters = z.strictObject({ id: uuid(), dry_run: dryRunParameter() });

/** POST: makes a connector and its token, which is told this once; 201. */
export const createConnector: LumenbaseOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  contract: {
    action: "create",
    resource: connectors,
    parameters,
    body: connectorCreation,
    answer: connectors.schema.extend({ token: z.string(), url: z.string() }),
    onceOnly: ["token", "url"],
  },
  async run(call) {
    const [{ dry_run }, given] = collectMistakes(
      () => parseQuery(parameters, call.query),
      () => validated(connectorCreation, call.object()),
    );
    const { definition, secrets } = newDefinition(given);
    const row = insertRecord(connectors, {
      name: given.name,
      slug: given.slug ?? slugFrom(given.name),
      preset: given.preset ?? null,
      requests_per_minute: given.requests_per_minute,
      ...definitionColumns(definition),
      ...await secretColumns(call, secrets),
    });
    const work: Work = async (transaction) => {
      const [rows] = await transaction.run([row]);
      const data = requireRecord(connectors, "", rows);
      const id = String(data.id);
      if (dry_run) return answer(call, 200, rehearsal({ outcome: "created", id, data }, undefined));
      const { token, statement } = newToken(id);
      await transaction.run([statement]);
      const url = tokenUrl(call.services.publicUrl, definition.target, token);
      return { ...answer(call, 201, { ...data, token, url }), confidential: true };
    };
    return await orBrokenRule(() => transact(call, work, dry_run));
  },
};

/** PATCH: changes the given fields of the connector of `?id=`; null clears, absent fields stay. */
export const updateConnector: LumenbaseOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  contract: {
    action: "update",
    resource: connectors,
    parameters: byIdParameters,
    body: connectorChange,
  },
  async run(call) {
    const [{ id, dry_run }, given] = collectMistakes(
      () => parseQuery(byIdParameters, call.query),
      () => requireChanges(connectorChange, call.object()),
    );
    const { slug, name, requests_per_minute } = given;
    const work: Work = async (transaction) => {
      const [stored, before] = await transaction.run([
        selectConnector({ id }, true),
        selectRecord(connectors, id),
      ]);
      const connector = theConnector({ id }, stored);
      const known = await secretsOf(contextOf(call), connector);
      const { definition, secrets } = changedDefinition(connector, known, given);
      const [rows] = await transaction.run([updateRecord(connectors, id, {
        slug,
        name,
        requests_per_minute,
        ...definitionColumns(definition),
        ...await secretColumns(call, secrets),
      })]);
      const data = requireRecord(connectors, id, rows);
      if (!dry_run) return answer(call, 200, data);
      return answer(call, 200, rehearsal({ outcome: "updated", id, data }, before?.[0]));
    };
    return await orBrokenRule(() => transact(call, work, dry_run));
  },
};

type Work = (transaction: Transaction) => Promise<Outcome>;

async function secretColumns({ caller, services }: Call, secrets: Secrets): Promise<Fields> {
  const names = Object.keys(secrets);
  if (names.length === 0) return { secrets: null, secrets_set: [] };
  const sealed = await services.secrets().seal(secrets, caller.workspaceId);
  return { secrets: sealed, secrets_set: names };
}

async function orBrokenRule(work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    throw domainError(connectors, error);
  }
}
