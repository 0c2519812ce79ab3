import type * as z from "zod";
import { type Sql, statement } from "../../db/sql.ts";
import type { Fields } from "../../crm/plan.ts";
import type { WritableResource } from "../../crm/resource.ts";
import {
  alteration,
  deletion,
  insertion,
  selectByNumber,
  shownRecord,
  writeThenSelect,
} from "../../crm/views/statements.ts";
import { type Given, given, type View } from "../../crm/views/view.ts";
import { jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import type { Call } from "../../http/call.ts";
import { parseQuery } from "../../http/query.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import type { Kind } from "../../refusals/refusal.ts";
import { collectMistakes } from "../../refusals/validation.ts";
import { bodySchema, type More, readChange, readCreation } from "./body.ts";
import type { LeadHubCaller } from "./caller.ts";
import type { LeadHubOperation } from "./contract.ts";
import { answer, NO_CONTENT } from "./envelope.ts";
import { noParameters } from "./parameters.ts";
import { noOwner, ownerOf, type Parent } from "./parent.ts";
import { pathNumber } from "./path-number.ts";
import { oneRecord } from "./schemas.ts";
import { written } from "./written.ts";

type Asked = Call<LeadHubCaller>;

/** Records as this API shows them, and what writing them takes where that is more than columns. */
export interface Records {
  view: View<WritableResource>;
  /** The singular in summaries and, such as `Lead`, in operation ids. */
  names: { one: string; id: string };
  /** The path's parameter with the record's number. */
  parameter?: string;
  /** What they belong to, in the path. */
  parent?: Parent;
  more?: More;
  /** The query that makes a record and answers its `id`; without it, its columns are inserted. */
  create?(given: Given, values: Fields, call: Asked): Sql;
  /** The query that changes a record and answers its `id`; without it, its columns are set. */
  change?(number: number, given: Given, values: Fields, call: Asked): Sql;
  /** What else is done, in the same transaction, with what was written (SQL: `writtenId`). */
  also?(values: Fields, call: Asked): Promise<readonly Sql[]>;
  /** How one is deleted, where that is more than its row. */
  removal?: Removal;
  /** The writes that something may be in the way of. */
  conflicts?: readonly ("change" | "removal")[];
}

/** A deletion with parameters. */
export interface Removal {
  parameters(): z.ZodObject;
  /** The query that deletes a record: one row when there was one. */
  query(number: number, parameters: Fields, call: Asked): Sql;
}

/** GET: one record. */
export function retrieve(records: Records): LeadHubOperation {
  const { view, names, parent } = records;
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
      const owner = parent && ownerOf(call, parent);
      const number = numberOf(call, records);
      parseQuery(noParameters(), call.query);
      const [rows] = await call.workspace.read([selectByNumber(view, number, owner)]);
      return answer(200, shownRecord(view, number, rows));
    },
  };
}

/** POST: makes a record; 201. */
export function create(records: Records): LeadHubOperation {
  const { view, names, parent, more, also } = records;
  const query = records.create ?? ((set: Given) => insertion(view, set));
  return {
    kind: "write",
    body: jsonBody(SINGLE_LIMIT),
    get contract() {
      return {
        id: `create${names.id}`,
        summary: `Make a ${names.one}`,
        body: bodySchema(view, "creation", more),
        answers: { 201: oneRecord(view.schema) },
        refusals: parent === undefined ? [] : ["not_found" as const],
      };
    },
    async run(call) {
      const owner = parent && ownerOf(call, parent);
      const [, values] = collectMistakes(
        () => parseQuery(noParameters(), call.query),
        () => readCreation(call, view, more),
      );
      const made = query(given(view, values), values, call);
      const statements = writeThenSelect(view, made, await also?.(values, call));
      return await written(call, view, statements, (rows) => {
        if (owner && rows.length === 0) throw noOwner(owner);
        return answer(201, shownRecord(view, 0, rows));
      });
    },
  };
}

/** PUT and PATCH: changes the given fields of a record; what is read-only is ignored. */
export function update(records: Records, verb: "replace" | "update"): LeadHubOperation {
  const { view, names, more, also } = records;
  const query = records.change ??
    ((number: number, set: Given) => alteration(view, number, set));
  return {
    kind: "write",
    body: jsonBody(SINGLE_LIMIT),
    get contract() {
      return {
        id: `${verb}${names.id}`,
        summary: `Change a ${names.one}`,
        body: bodySchema(view, "change", more),
        answers: { 200: oneRecord(view.schema) },
        refusals: refusalsOf(records, "change"),
      };
    },
    async run(call) {
      const number = numberOf(call, records);
      const [, values] = collectMistakes(
        () => parseQuery(noParameters(), call.query),
        () => readChange(call, view, more),
      );
      const changed = query(number, given(view, values), values, call);
      const statements = writeThenSelect(view, changed, await also?.(values, call));
      return await written(
        call,
        view,
        statements,
        (rows) => answer(200, shownRecord(view, number, rows)),
      );
    },
  };
}

/** DELETE: removes a record; 204. */
export function remove(records: Records): LeadHubOperation {
  const { view, names, removal } = records;
  const parameters = removal?.parameters ?? noParameters;
  return {
    kind: "write",
    get contract() {
      return {
        id: `delete${names.id}`,
        summary: `Delete a ${names.one}`,
        query: parameters(),
        answers: { 204: null },
        refusals: refusalsOf(records, "removal"),
      };
    },
    run(call) {
      const number = numberOf(call, records);
      const query = parseQuery(parameters(), call.query);
      const removed = removal?.query(number, query, call) ?? deletion(view, number);
      return written(call, view, [statement(removed)], (rows) => {
        if (rows.length === 0) throw new RecordNotFound(view.resource.record, String(number));
        return NO_CONTENT;
      });
    },
  };
}

function refusalsOf({ conflicts }: Records, write: "change" | "removal"): readonly Kind[] {
  return conflicts?.includes(write) ? ["not_found", "conflict"] : ["not_found"];
}

/** The number of the record in the path. Throws RecordNotFound, also for its parent's. */
function numberOf(call: Asked, { view, parent, parameter = "id" }: Records): number {
  if (parent) ownerOf(call, parent);
  return pathNumber(call, parameter, view.resource.record);
}
