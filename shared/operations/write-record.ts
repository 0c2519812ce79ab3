import type { Fields } from "../crm/plan.ts";
import { bodySchema, changeOf, creationOf, withoutIgnored } from "../crm/views/body.ts";
import { linkChecks } from "../crm/views/links.ts";
import {
  alteration,
  insertion,
  type Key,
  shownRecord,
  writeThenSelect,
} from "../crm/views/statements.ts";
import { type Given, given } from "../crm/views/view.ts";
import type { Sql } from "../db/sql.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import type { Call } from "../http/call.ts";
import type { Caller } from "../http/caller.ts";
import type { Operation } from "../http/operation.ts";
import { noParameters } from "../http/query.ts";
import type { Contract } from "../openapi/contract.ts";
import { InvalidInput } from "../refusals/errors.ts";
import { collectMistakes } from "../refusals/validation.ts";
import { named, ownerIn, refusalsOf } from "./named-record.ts";
import { noOwner } from "./parent.ts";
import type { Records, RecordWords } from "./records.ts";

/** Makes a record; 201. */
export function createRecord<K extends Key, C extends Caller>(
  words: RecordWords<K, C>,
  records: Records<K, C>,
): Operation<C, Contract> {
  const { view, names, more } = records;
  const query = records.create ?? ((set: Given) => insertion(view, set));
  return {
    kind: "write",
    body: words.body,
    get contract() {
      return {
        id: `create${names.id}`,
        summary: `Make a ${names.one}`,
        body: words.refusesReadOnly
          ? withoutIgnored(bodySchema(view, "creation", more))
          : bodySchema(view, "creation", more),
        answers: { 201: words.one(view.schema) },
        refusals: refusalsOf(records, "creation"),
      };
    },
    async run(call) {
      const owner = ownerIn(words, records, call);
      const [, values] = collectMistakes(
        () => words.query(call, noParameters()),
        () => creationIn(words, records, call),
      );
      const set = given(view, values);
      const made = query(set, values, call);
      const statements = await writing(records, { query: made, set, values, call });
      return await words.written(call, view, statements, (rows) => {
        if (owner && rows.length === 0) throw noOwner(owner);
        return words.answer(201, shownRecord(view, "", rows), "created", names.one);
      });
    },
  };
}

/** Changes the given fields of a record; what is read-only is ignored. */
export function updateRecord<K extends Key, C extends Caller>(
  words: RecordWords<K, C>,
  records: Records<K, C>,
  verb: "replace" | "update",
): Operation<C, Contract> {
  const { view, names, more } = records;
  const query = records.change ?? ((key: K, set: Given) => alteration(view, key, set));
  return {
    kind: "write",
    body: words.body,
    get contract() {
      const body = bodySchema(view, "change", more);
      return {
        id: `${verb}${names.id}`,
        summary: `Change a ${names.one}`,
        body: words.refusesEmptyChange ? body.meta({ minProperties: 1 }) : body,
        answers: { 200: words.one(view.schema) },
        refusals: refusalsOf(records, "change"),
      };
    },
    async run(call) {
      const { key } = named(words, records, call);
      const [, values] = collectMistakes(
        () => words.query(call, noParameters()),
        () => changeIn(words, records, call),
      );
      const set = given(view, values);
      const changed = query(key, set, values, call);
      const statements = await writing(records, { query: changed, set, values, call });
      return await words.written(
        call,
        view,
        statements,
        (rows) => words.answer(200, shownRecord(view, key, rows), "updated", names.one),
      );
    },
  };
}

async function writing<K extends Key, C extends Caller>(
  { view, also }: Records<K, C>,
  { query, set, values, call }: { query: Sql; set: Given; values: Fields; call: Call<C> },
): Promise<Statement[]> {
  const steps = writeThenSelect(view, query, await also?.(values, call));
  return [...linkChecks(view, set.columns), ...steps];
}

function creationIn<K extends Key, C extends Caller>(
  { object, refusesReadOnly }: RecordWords<K, C>,
  { view, more }: Records<K, C>,
  call: Call<C>,
): Fields {
  const body = object(call);
  const schema = bodySchema(view, "creation", more);
  return creationOf(refusesReadOnly ? withoutIgnored(schema) : schema, body);
}

function changeIn<K extends Key, C extends Caller>(
  words: RecordWords<K, C>,
  { view, more }: Records<K, C>,
  call: Call<C>,
): Fields {
  const body = words.object(call);
  const values = changeOf(bodySchema(view, "change", more), body);
  if (!words.refusesEmptyChange || Object.keys(body).length > 0) return values;
  throw new InvalidInput([{ field: "body", message: "The body must have at least one field." }]);
}
