import { deletion, type Key } from "../crm/views/statements.ts";
import { statement } from "../db/sql.ts";
import type { Caller } from "../http/caller.ts";
import type { Operation } from "../http/operation.ts";
import { noParameters } from "../http/query.ts";
import type { Contract } from "../openapi/contract.ts";
import { RecordNotFound } from "../refusals/errors.ts";
import { collectMistakes, validated } from "../refusals/validation.ts";
import { named, refusalsOf } from "./named-record.ts";
import type { Records, RecordWords } from "./records.ts";

/** Removes a record. */
export function removeRecord<K extends Key, C extends Caller>(
  words: RecordWords<K, C>,
  records: Records<K, C>,
): Operation<C, Contract> {
  const { view, names, removal } = records;
  const parameters = removal?.parameters ?? noParameters;
  const { removalBody, removed } = words;
  return {
    kind: "write",
    ...(removalBody ? { body: removalBody.rule } : {}),
    get contract() {
      return {
        id: `delete${names.id}`,
        summary: `Delete a ${names.one}`,
        query: parameters(),
        ...(removalBody ? { body: removalBody.schema() } : {}),
        answers: removed.answers,
        refusals: refusalsOf(records, "removal"),
      };
    },
    run(call) {
      const { key } = named(words, records, call);
      const [query] = collectMistakes(
        () => words.query(call, parameters()),
        () =>
          removalBody &&
          validated(removalBody.schema(), call.text === "" ? {} : words.object(call)),
      );
      const deleted = removal?.query(key, query, call) ?? deletion(view, key);
      return words.written(call, view, [statement(deleted)], (rows) => {
        if (rows.length === 0) throw new RecordNotFound(view.resource.record, String(key));
        return removed.outcome(key, names.one);
      });
    },
  };
}
