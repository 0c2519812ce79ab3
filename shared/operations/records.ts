import type * as z from "zod";
import type { Fields } from "../crm/plan.ts";
import type { WritableResource } from "../crm/resource.ts";
import type { More } from "../crm/views/body.ts";
import type { Key } from "../crm/views/statements.ts";
import type { Given, View } from "../crm/views/view.ts";
import type { Sql } from "../db/sql.ts";
import type { JsonText } from "../formats/json-text.ts";
import type { BodyRule } from "../http/body.ts";
import type { Call, Outcome } from "../http/call.ts";
import type { Caller } from "../http/caller.ts";
import type { Contract } from "../openapi/contract.ts";
import type { Parent } from "./parent.ts";
import type { written } from "./written.ts";

/** Records as an API shows them, and what writing them takes where that is more than columns. */
export interface Records<K extends Key = Key, C extends Caller = Caller> {
  view: View<WritableResource>;
  /** The singular in summaries and, such as `Lead`, in operation ids. */
  names: { one: string; id: string };
  /** The path's parameter with the record's key; `id` unless given. */
  parameter?: string;
  /** What they belong to, in the path. */
  parent?: Parent;
  more?: More;
  /** The query that makes a record and answers its `id`; without it, its columns are inserted. */
  create?(given: Given, values: Fields, call: Call<C>): Sql;
  /** The query that changes a record and answers its `id`; without it, its columns are set. */
  change?(key: K, given: Given, values: Fields, call: Call<C>): Sql;
  /** What else is done, in the same transaction, with what was written (SQL: `writtenId`). */
  also?(values: Fields, call: Call<C>): Promise<readonly Sql[]>;
  /** How one is deleted, where that is more than its row. */
  removal?: Removal<K, C>;
  /** The writes that may be refused with a conflict, beside what is wrong with a field. */
  conflicts?: readonly ("creation" | "change" | "removal")[];
}

/** A deletion with parameters. */
export interface Removal<K extends Key = Key, C extends Caller = Caller> {
  parameters(): z.ZodObject;
  /** The query that deletes a record: one row when there was one. */
  query(key: K, parameters: Fields, call: Call<C>): Sql;
}

/** What was done with the record that is answered. */
export type Done = "retrieved" | "created" | "updated";

/** What of the operations on records is one API's own. */
export interface RecordWords<K extends Key, C extends Caller> {
  /** The key in the path of a request. Throws Refusal for what can be none. */
  key(call: Call, parameter: string, record: string): K;
  /** The query parameters. Throws Refusal; of an InvalidInput the body's mistakes are told too. */
  query(call: Call<C>, schema: z.ZodObject): Fields;
  /** What a write takes. */
  body: BodyRule;
  /** The body. Throws Refusal. */
  object(call: Call<C>): Fields;
  /** Whether a change must give a field, be it one that is ignored. */
  refusesEmptyChange: boolean;
  /** Set when what is read-only is refused in a creation, rather than ignored. */
  refusesReadOnly?: true;
  /** The schema of the answer with a record. */
  one(record: z.ZodType): z.ZodType;
  answer(status: 200 | 201, record: JsonText, done: Done, one: string): Outcome;
  /** The body that a deletion takes, and may be sent without; none unless given. */
  removalBody?: { rule: BodyRule; schema(): z.ZodObject };
  /** What a deletion answers. */
  removed: { answers: Contract["answers"]; outcome(key: K, one: string): Outcome };
  written: typeof written;
}
