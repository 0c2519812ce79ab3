import type { CallToolResult } from "@modelcontextprotocol/sdk/types";
import type { Refused } from "../../http/dialect.ts";
import { STATUSES } from "../../http/statuses.ts";
import type { FieldError } from "../../refusals/field-error.ts";
import type { Kind, Refusal } from "../../refusals/refusal.ts";

const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const INTERNAL_ERROR = -32603;
const SERVER_ERROR = -32000;

/** JSON-RPC's code for what keeps a message from being read or acted on; of tools, their results tell. */
const CODES: Readonly<Record<Kind, number>> = {
  invalid: PARSE_ERROR,
  unauthenticated: SERVER_ERROR,
  forbidden: SERVER_ERROR,
  not_found: INVALID_REQUEST,
  method_not_allowed: INVALID_REQUEST,
  conflict: SERVER_ERROR,
  key_reused: SERVER_ERROR,
  too_large: INVALID_REQUEST,
  unsupported_type: INVALID_REQUEST,
  limited: SERVER_ERROR,
  payment_required: SERVER_ERROR,
  failed: INTERNAL_ERROR,
  provider_failed: INTERNAL_ERROR,
  unavailable: INTERNAL_ERROR,
};

/** A refusal of the whole request, as JSON-RPC has errors; which message it was is not told, as it may be unread. */
export function refuse(refusal: Refusal, requestId: string): Refused {
  const { kind, message } = refusal;
  const data = { code: kind, request_id: requestId, ...factsOf(refusal) };
  const body = JSON.stringify({
    jsonrpc: "2.0",
    id: null,
    error: { code: CODES[kind], message, data },
  });
  return { status: STATUSES[kind], code: kind, body };
}

/** A refusal as the result of a tool, in which a model reads what to do better. */
export function refusedTool(refusal: Refusal, requestId: string): CallToolResult {
  const { kind, message } = refusal;
  const facts = factsOf(refusal);
  const lines = facts.fields.map(({ field, message: wrong }) => `${field}: ${wrong}`);
  return {
    isError: true,
    content: [{ type: "text", text: [message, ...lines].join("\n") }],
    structuredContent: { error: { code: kind, message, request_id: requestId, ...facts } },
  };
}

function factsOf({ facts: { challenge: _, fields = [], ...others } }: Refusal) {
  return { ...others, fields: fields.map(told) };
}

// What HTTP has a header for is an argument here.
function told({ field, message }: FieldError): FieldError {
  const names: Record<string, string> = {
    "Idempotency-Key": "idempotency_key",
    body: "arguments",
  };
  return { field: names[field] ?? field, message };
}
