import type * as operations from "../../operations/records.ts";
import { recordOperations } from "../../operations/record-operations.ts";
import { written } from "../../operations/written.ts";
import { jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import { nothing, OPTIONAL_BODY } from "./bodies.ts";
import type { CrmCaller } from "./caller.ts";
import { objectOf } from "./entity.ts";
import { answer, NO_CONTENT } from "./envelope.ts";
import { readQuery } from "./parameters.ts";
import { pathId } from "./path-id.ts";

/** Records as this API shows them, by their ids. */
export type Records = operations.Records<string, CrmCaller>;

/** What this API does with single records. */
export const { retrieve, create, update, remove } = recordOperations<string, CrmCaller>({
  key: pathId,
  query: readQuery,
  body: jsonBody(SINGLE_LIMIT),
  object: objectOf,
  refusesEmptyChange: false,
  one: (record) => record,
  answer,
  removalBody: { rule: OPTIONAL_BODY, schema: nothing },
  removed: { answers: { 204: null }, outcome: () => NO_CONTENT },
  written,
});
