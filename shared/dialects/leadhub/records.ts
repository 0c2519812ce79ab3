import { jsonBody, SINGLE_LIMIT } from "../../http/body.ts";
import { parseQuery } from "../../http/query.ts";
import { recordOperations } from "../../operations/record-operations.ts";
import type * as operations from "../../operations/records.ts";
import type { LeadHubCaller } from "./caller.ts";
import { answer, NO_CONTENT } from "./envelope.ts";
import { pathNumber } from "./path-number.ts";
import { oneRecord } from "./schemas.ts";
import { written } from "./written.ts";

/** Records as this API shows them, by their numbers. */
export type Records = operations.Records<number, LeadHubCaller>;

/** What this API does with single records. */
export const { retrieve, create, update, remove } = recordOperations<number, LeadHubCaller>({
  key: pathNumber,
  query: (call, schema) => parseQuery(schema, call.query),
  body: jsonBody(SINGLE_LIMIT),
  object: (call) => call.object(),
  refusesEmptyChange: true,
  one: oneRecord,
  answer,
  removed: { answers: { 204: null }, outcome: () => NO_CONTENT },
  written,
});
