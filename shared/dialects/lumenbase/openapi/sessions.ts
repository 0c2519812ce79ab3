import type * as z from "zod";
import { SINGLE_LIMIT } from "../../../http/body.ts";
import { RouteScope } from "../../../http/operation.ts";
import type { Components } from "../../../openapi/document.ts";
import { object, ref, type Schema, type Schemas } from "../../../openapi/schemas.ts";
import type { SessionContract } from "../sessions/contract.ts";
import { errorResponses } from "./errors.ts";
import { HEADERS } from "./headers.ts";

/** What the operations about who signed in are listed under. */
export const SESSION_TAG = {
  name: "Sign in",
  description: "Sessions of the workspace's users, whose tokens do in place of API keys.",
};

/** A contract of an operation that is about who signed in; null for any other. */
export function sessionContract(contract: unknown): SessionContract | null {
  const { action } = contract as SessionContract;
  return ["signIn", "signOut", "session"].includes(action) ? contract as SessionContract : null;
}

/** Describes an operation that is about who signed in, and what opens it if anything has to. */
export function describeSession(
  { schemas, responses }: Components,
  contract: SessionContract,
  access: unknown,
): Schema {
  const { action, summary, text, body, answer } = contract;
  const scope = access instanceof RouteScope ? access.needed : null;
  const isWrite = action !== "session";
  const needs = scope === null
    ? "Needs no key."
    : `Needs the scope \`${scope}\`, which user tokens have, and no API key has.`;
  const headers = isWrite ? ["IdempotencyKey", "XIdempotencyKey", "XRequestId"] : ["XRequestId"];
  return {
    operationId: action === "session" ? "getSession" : action,
    tags: [SESSION_TAG.name],
    summary,
    description: `${text}\n\n${needs}${isWrite ? " Has no dry run." : ""}`,
    ...(scope === null ? {} : { "x-required-scope": scope }),
    security: scope === null ? [] : [{ userToken: [scope] }],
    parameters: headers.map((name) => ref("parameters", name)),
    ...(body === undefined ? {} : { requestBody: requestBody(schemas, body) }),
    responses: {
      200: {
        description: "Who is signed in, or no more.",
        headers: HEADERS.of(...isWrite ? ["Idempotency-Replayed" as const] : []),
        content: { "application/json": { schema: answered(schemas.output(answer)) } },
      },
      ...errorResponses(schemas, responses, errorsOf(contract)),
    },
  };
}

function requestBody(schemas: Schemas, body: z.ZodObject): Schema {
  const schema = schemas.named("SignInBody", () => schemas.input(body));
  const examples = { link: { value: { token: EXAMPLE_TOKEN } } };
  return {
    description: `JSON in UTF-8, at most ${SINGLE_LIMIT} bytes, unpacked.`,
    required: true,
    content: { "application/json": { schema, examples } },
  };
}

function errorsOf({ action }: SessionContract): Parameters<typeof errorResponses>[2] {
  const isWrite = action !== "session";
  const isSignIn = action === "signIn";
  return [
    "ValidationError",
    "Unauthorized",
    "Forbidden",
    "MethodNotAllowed",
    ...(isWrite ? ["IdempotencyKeyReused" as const] : []),
    ...(isSignIn ? ["PayloadTooLarge" as const, "UnsupportedMediaType" as const] : []),
    "RateLimitExceeded",
    ...(isSignIn ? ["SignInLocked" as const] : []),
    "InternalError",
    "ServiceUnavailable",
  ];
}

const EXAMPLE_TOKEN = `lb_link_${"0".repeat(12)}_${"0".repeat(49)}`;

function answered(data: Schema): Schema {
  return object({ success: { type: "boolean", const: true }, data, meta: ref("schemas", "Meta") });
}
