import { type Key, selectByKey, shownRecord } from "../crm/views/statements.ts";
import type { Caller } from "../http/caller.ts";
import type { Operation } from "../http/operation.ts";
import { noParameters } from "../http/query.ts";
import type { Contract } from "../openapi/contract.ts";
import { named } from "./named-record.ts";
import type { Records, RecordWords } from "./records.ts";

/** Reads a record. */
export function retrieveRecord<K extends Key, C extends Caller>(
  words: RecordWords<K, C>,
  records: Records<K, C>,
): Operation<C, Contract> {
  const { view, names } = records;
  return {
    kind: "read",
    get contract() {
      return {
        id: `get${names.id}`,
        summary: `Get a ${names.one}`,
        answers: { 200: words.one(view.schema) },
        refusals: ["not_found" as const],
      };
    },
    async run(call) {
      const { key, owner } = named(words, records, call);
      words.query(call, noParameters());
      const [rows] = await call.workspace.read([selectByKey(view, key, owner)]);
      return words.answer(200, shownRecord(view, key, rows), "retrieved", names.one);
    },
  };
}
