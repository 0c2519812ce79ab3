import { recordOperations } from "../../operations/record-operations.ts";
import type * as operations from "../../operations/records.ts";
import { written } from "../../operations/written.ts";
import type { LioCaller } from "./caller.ts";
import { answer } from "./envelope.ts";
import { BODY, objectOf, pathNumber, readQuery } from "./reading.ts";
import { deletedRecord, oneRecord } from "./schemas.ts";

/** Records as this API shows them, by their numbers. */
export type Records = operations.Records<number, LioCaller>;

/** What this API does with single records. */
export const { retrieve, create, update, remove } = recordOperations<number, LioCaller>({
  key: pathNumber,
  query: readQuery,
  body: BODY,
  object: objectOf,
  refusesEmptyChange: true,
  refusesReadOnly: true,
  one: oneRecord,
  answer: (status, record, done, one) =>
    answer(status, record, `${capital(one)} ${done === "created" ? "created successfully" : done}`),
  removed: {
    answers: { 200: deletedRecord() },
    outcome: (id, one) => answer(200, { id, deleted: true }, `${capital(one)} deleted`),
  },
  written,
});

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
