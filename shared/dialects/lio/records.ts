import type { Key } from "../../crm/views/statements.ts";
import type { Call } from "../../http/call.ts";
import { recordOperations } from "../../operations/record-operations.ts";
import type * as operations from "../../operations/records.ts";
import { written } from "../../operations/written.ts";
import type { LioCaller } from "./caller.ts";
import { answer } from "./envelope.ts";
import { BODY, objectOf, pathNumber, readQuery } from "./reading.ts";
import { deletedRecord, oneRecord } from "./schemas.ts";

/** Records as this API shows them, by what names them in a path. */
export type RecordsBy<K extends Key> = operations.Records<K, LioCaller>;

/** Records as this API shows them, by their numbers. */
export type Records = RecordsBy<number>;

/** What this API does with single records, by what names them in a path. */
export function operationsBy<K extends Key>(key: (call: Call, name: string) => K) {
  return recordOperations<K, LioCaller>({
    key,
    query: readQuery,
    body: BODY,
    object: objectOf,
    refusesEmptyChange: true,
    refusesReadOnly: true,
    one: oneRecord,
    answer: (status, record, done, one) =>
      answer(
        status,
        record,
        `${capital(one)} ${done === "created" ? "created successfully" : done}`,
      ),
    removed: {
      answers: { 200: deletedRecord() },
      outcome: (id, one) => answer(200, { id, deleted: true }, `${capital(one)} deleted`),
    },
    written,
  });
}

/** What this API does with single records by their numbers. */
export const { retrieve, create, update, remove } = operationsBy(pathNumber);

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
