import type { Fields } from "../../crm/plan.ts";
import type { WritableResource } from "../../crm/resource.ts";
import { bodySchema, changeOf, creationOf, type More } from "../../crm/views/body.ts";
import {
  alteration,
  deletion,
  insertion,
  selectById,
  shownRecord,
  writeThenSelect,
} from "../../crm/views/statements.ts";
import { type Given, given, type View } from "../../crm/views/view.ts";
import { type Sql, statement } from "../../db/sql.ts";
import { jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import type { Call } from "../../http/call.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import type { Kind } from "../../refusals/refusal.ts";
import { collectMistakes } from "../../refusals/validation.ts";
import { nothing, OPTIONAL_BODY, readNothing } from "./bodies.ts";
import type { CrmCaller } from "./caller.ts";
import type { CrmOperation } from "./contract.ts";
import { objectOf } from "./entity.ts";
import { answer, NO_CONTENT } from "./envelope.ts";
import { linkChecks } from "./links.ts";
import { noParameters, readQuery } from "./parameters.ts";
import { pathId } from "./path-id.ts";
import { written } from "./written.ts";

type Asked = Call<CrmCaller>;

/** Records as this API shows them, and what writing them takes where that is more than columns. */
export interface Records {
  view: View<WritableResource>;
  /** The singular in summaries and, such as `Company`, in operation ids. */
  names: { one: string; id: string };
  /** The path's parameter with the record's id. */
  parameter: string;
  /** What they belong to, in the path. */
  parent?: { parameter: string; record: string };
  more?: More;
  /** The query that makes a record and answers its `id`; without it, its columns are inserted. */
  create?(given: Given, values: Fields, call: Asked): Sql;
  /** The query that changes a record and answers its `id`; without it, its columns are set. */
  change?(id: string, given: Given, values: Fields, call: Asked): Sql;
  /** What writes may be refused with beside what is wrong with a field. */
  conflicts?: readonly ("creation" | "change" | "removal")[];
}

/** GET: one record. */
export function retrieve({ view, names, parameter }: Records): CrmOperation {
  return {
    kind: "read",
    get contract() {
      return {
        id: `get${names.id}`,
        summary: `Get a ${names.one}`,
        answers: { 200: view.schema },
        refusals: ["not_found" as const],
      };
    },
    async run(call) {
      const id = pathId(call, parameter);
      readQuery(call, noParameters());
      const [rows] = await call.workspace.read([selectById(view, id)]);
      return answer(200, shownRecord(view, id, rows));
    },
  };
}

/** POST: makes a record; 201. */
export function create(records: Records): CrmOperation {
  const { view, names, parent, more } = records;
  const query = records.create ?? ((set: Given) => insertion(view, set));
  return {
    kind: "write",
    body: jsonBody(SINGLE_LIMIT),
    get contract() {
      return {
        id: `create${names.id}`,
        summary: `Make a ${names.one}`,
        body: bodySchema(view, "creation", more),
        answers: { 201: view.schema },
        refusals: [
          ...(parent ? ["not_found" as const] : []),
          ...refusalsOf(records, "creation"),
        ],
      };
    },
    async run(call) {
      const [, values] = collectMistakes(
        () => readQuery(call, noParameters()),
        () => creationOf(bodySchema(view, "creation", more), objectOf(call)),
      );
      const set = given(view, values);
      const made = writeThenSelect(view, query(set, values, call));
      return await written(call, view, [...linkChecks(view, set.columns), ...made], (rows) => {
        if (parent && rows.length === 0) throw noParent(call, parent);
        return answer(201, shownRecord(view, "", rows));
      });
    },
  };
}

/** PATCH: changes the given fields of a record, also none; what is read-only is ignored. */
export function update(records: Records): CrmOperation {
  const { view, names, parameter, more } = records;
  const query = records.change ?? ((id: string, set: Given) => alteration(view, id, set));
  return {
    kind: "write",
    body: jsonBody(SINGLE_LIMIT),
    get contract() {
      return {
        id: `update${names.id}`,
        summary: `Change a ${names.one}`,
        body: bodySchema(view, "change", more),
        answers: { 200: view.schema },
        refusals: ["not_found" as const, ...refusalsOf(records, "change")],
      };
    },
    async run(call) {
      const id = pathId(call, parameter);
      const [, values] = collectMistakes(
        () => readQuery(call, noParameters()),
        () => changeOf(bodySchema(view, "change", more), objectOf(call)),
      );
      const set = given(view, values);
      const changed = writeThenSelect(view, query(id, set, values, call));
      return await written(
        call,
        view,
        [...linkChecks(view, set.columns), ...changed],
        (rows) => answer(200, shownRecord(view, id, rows)),
      );
    },
  };
}

/** DELETE: removes a record; 204. */
export function remove(records: Records): CrmOperation {
  const { view, names, parameter } = records;
  return {
    kind: "write",
    body: OPTIONAL_BODY,
    get contract() {
      return {
        id: `delete${names.id}`,
        summary: `Delete a ${names.one}`,
        body: nothing(),
        answers: { 204: null },
        refusals: ["not_found" as const, ...refusalsOf(records, "removal")],
      };
    },
    run(call) {
      const id = pathId(call, parameter);
      readNothing(call);
      return written(call, view, [statement(deletion(view, id))], (rows) => {
        if (rows.length === 0) throw new RecordNotFound(view.resource.record, id);
        return NO_CONTENT;
      });
    },
  };
}

function noParent(call: Call, { parameter, record }: NonNullable<Records["parent"]>) {
  return new RecordNotFound(record, pathId(call, parameter));
}

function refusalsOf(
  { conflicts }: Records,
  write: "creation" | "change" | "removal",
): readonly Kind[] {
  return conflicts?.includes(write) ? ["conflict"] : [];
}
