import { JsonText } from "../../formats/json-text.ts";
import type { Outcome } from "../../http/call.ts";
import type { Refused } from "../../http/dialect.ts";
import { STATUSES } from "../../http/statuses.ts";
import type { Refusal } from "../../refusals/refusal.ts";

/** A bare object. */
export function answer(status: 200 | 201 | 202, data: unknown): Outcome {
  return { status, body: data instanceof JsonText ? data.text : JSON.stringify(data) };
}

/** A record is gone. */
export const NO_CONTENT: Outcome = { status: 204, body: null };

/** A refusal as the API says it (spec: `{"error": "string"}`), with every field that is wrong. */
export function refuse({ kind, message, fields }: Refusal): Refused {
  const error = fields.length === 0
    ? message
    : fields.map((one) => `${one.field}: ${one.message}`).join(" ");
  // For the log: the answer has the status alone.
  return { status: STATUSES[kind], code: kind.toUpperCase(), body: JSON.stringify({ error }) };
}
