import type { Key } from "../crm/views/statements.ts";
import type { Caller } from "../http/caller.ts";
import type { Records, RecordWords } from "./records.ts";
import { removeRecord } from "./remove-record.ts";
import { retrieveRecord } from "./retrieve-record.ts";
import { createRecord, updateRecord } from "./write-record.ts";

/** What an API does with single records, in its words. */
export function recordOperations<K extends Key, C extends Caller>(words: RecordWords<K, C>) {
  return {
    /** Reads a record. */
    retrieve: (records: Records<K, C>) => retrieveRecord(words, records),
    /** Makes a record; 201. */
    create: (records: Records<K, C>) => createRecord(words, records),
    /** Changes the given fields of a record; what is read-only is ignored. The verb is for its id. */
    update: (records: Records<K, C>, verb: "replace" | "update" = "update") =>
      updateRecord(words, records, verb),
    /** Removes a record. */
    remove: (records: Records<K, C>) => removeRecord(words, records),
  };
}
