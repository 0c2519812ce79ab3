import type { Sql } from "../../db/sql.ts";
import type { Statement } from "../../db/wire/pipeline.ts";
import type { Fields } from "../../crm/plan.ts";
import { domainError } from "../../crm/records.ts";
import type { WritableResource } from "../../crm/resource.ts";
import {
  alteration,
  deleteByNumber,
  insertion,
  selectByNumber,
  shownRecord,
  writeThenSelect,
} from "../../crm/views/statements.ts";
import type { Given, View } from "../../crm/views/view.ts";
import { jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { parseQuery } from "../../http/query.ts";
import { write } from "../../http/write.ts";
import { Conflict, InvalidInput, RecordNotFound } from "../../refusals/errors.ts";
import { bodySchema, type More, readChange, readCreation, settings } from "./body.ts";
import type { LeadHubCaller } from "./caller.ts";
import type { LeadHubOperation } from "./contract.ts";
import { answer, NO_CONTENT } from "./envelope.ts";
import { noParameters } from "./parameters.ts";
import { pathNumber } from "./path-number.ts";
import { oneRecord } from "./schemas.ts";

type Asked = Call<LeadHubCaller>;

/** Records as this API shows them, and what writing them takes where that is more than columns. */
export interface Records {
  view: View & { resource: WritableResource };
  /** The plural in operation ids, such as `Leads`, and its singular. */
  names: { one: string; id: string };
  /** The path's parameter with the record's number. */
  parameter?: string;
  more?: More;
  /** The query that makes a record and answers its `id`; without it, its columns are inserted. */
  create?(given: Given, values: Fields, call: Asked): Sql;
  /** The query that changes a record and answers its `id`; without it, its columns are set. */
  change?(number: number, given: Given, values: Fields, call: Asked): Sql;
}

/** GET: one record. */
export function retrieve(records: Records): LeadHubOperation {
  const { view, names } = records;
  return {
    kind: "read",
    get contract() {
      return {
        id: `get${names.id}`,
        summary: `Get a ${names.one}`,
        answers: { 200: oneRecord(view.schema) },
        refusals: ["not_found" as const],
      };
    },
    async run(call) {
      const number = numberOf(call, records);
      parseQuery(noParameters(), call.query);
      const [rows] = await call.workspace.read([selectByNumber(view, number)]);
      return answer(200, shownRecord(view, number, rows));
    },
  };
}

/** POST: makes a record; 201. */
export function create(records: Records): LeadHubOperation {
  const { view, names, more } = records;
  const query = records.create ?? ((given: Given) => insertion(view, given));
  return {
    kind: "write",
    body: jsonBody(SINGLE_LIMIT),
    get contract() {
      return {
        id: `create${names.id}`,
        summary: `Make a ${names.one}`,
        body: bodySchema(view, "creation", more),
        answers: { 201: oneRecord(view.schema) },
      };
    },
    run(call) {
      parseQuery(noParameters(), call.query);
      const values = readCreation(call, view, more);
      const statements = writeThenSelect(view, query(settings(view, values), values, call));
      return written(call, records, statements, (rows) => answer(201, shownRecord(view, 0, rows)));
    },
  };
}

/** PUT and PATCH: changes the given fields of a record. */
export function update(records: Records, verb: "replace" | "update"): LeadHubOperation {
  const { view, names, more } = records;
  const query = records.change ??
    ((number: number, given: Given) => alteration(view, number, given));
  return {
    kind: "write",
    body: jsonBody(SINGLE_LIMIT),
    get contract() {
      return {
        id: `${verb}${names.id}`,
        summary: `Change a ${names.one}`,
        body: bodySchema(view, "change", more),
        answers: { 200: oneRecord(view.schema) },
        refusals: ["not_found" as const],
      };
    },
    run(call) {
      const number = numberOf(call, records);
      parseQuery(noParameters(), call.query);
      const values = readChange(call, view, more);
      const set = settings(view, values);
      // What is read-only is ignored; where nothing else is given, the record is answered as it is.
      const statements = set.isEmpty && records.change === undefined
        ? [selectByNumber(view, number)]
        : writeThenSelect(view, query(number, set, values, call));
      return written(
        call,
        records,
        statements,
        (rows) => answer(200, shownRecord(view, number, rows)),
      );
    },
  };
}

/** DELETE: removes a record; 204. */
export function remove(records: Records): LeadHubOperation {
  const { view, names } = records;
  return {
    kind: "write",
    contract: {
      id: `delete${names.id}`,
      summary: `Delete a ${names.one}`,
      answers: { 204: null },
      refusals: ["not_found" as const],
    },
    run(call) {
      const number = numberOf(call, records);
      parseQuery(noParameters(), call.query);
      return written(call, records, [deleteByNumber(view, number)], (rows) => {
        if (rows?.length === 0) throw new RecordNotFound(view.resource.record, String(number));
        return NO_CONTENT;
      });
    },
  };
}

/** The number of the record in the path. Throws RecordNotFound. */
export function numberOf(call: Asked, { view, parameter = "id" }: Records): number {
  return pathNumber(call, parameter, view.resource.record);
}

/** Writes, and makes the answer of the last statement's rows. Throws what the API says of a refusal. */
export async function written(
  call: Asked,
  { view }: Pick<Records, "view">,
  statements: readonly Statement[],
  toOutcome: (rows: Record<string, unknown>[] | undefined) => Outcome,
): Promise<Outcome> {
  try {
    return await write(call, statements, (rows) => toOutcome(rows.at(-1)));
  } catch (error) {
    throw toldOf(view, domainError(view.resource, error));
  }
}

// By the names of the API; what must be unique and is not is a mistake of its field.
function toldOf({ fields }: View, error: unknown): unknown {
  if (!(error instanceof InvalidInput || error instanceof Conflict)) return error;
  const names = new Map(
    Object.entries(fields).map(([name, { input }]) => [input?.column ?? name, name]),
  );
  return new InvalidInput(
    error.fields.map((one) => ({ ...one, field: names.get(one.field) ?? one.field })),
  );
}
