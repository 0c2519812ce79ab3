import { connectedAccounts } from "../../../crm/connected-accounts.ts";
import { pascalCase } from "../../../formats/pascal-case.ts";
import type * as z from "zod";
import { SINGLE_LIMIT } from "../../../http/body.ts";
import { RouteScope } from "../../../http/operation.ts";
import type { Components } from "../../../openapi/document.ts";
import { object, ref, type Schema, type Schemas } from "../../../openapi/schemas.ts";
import type { SessionContract } from "../sessions/contract.ts";
import { errorResponses } from "./errors.ts";
import { HEADERS } from "./headers.ts";
import { title } from "./wordings.ts";

/** What the operations about who signed in are listed under. */
export const SESSION_TAG = {
  name: "Sign in",
  description: "Sessions of the workspace's users, whose tokens do in place of API keys.",
};

const EXAMPLE_TOKEN = `lb_link_${"0".repeat(12)}_${"0".repeat(49)}`;
const EXAMPLE_CONSENT = {
  provider: "gmail",
  code: "4/0AX4XfWh-as-google-gave-it",
  code_verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk",
  redirect_uri: "https://crm.example.com/console",
  from_name: "Jane Roe",
};
const ACCOUNTS = title(connectedAccounts.name);

interface Wording {
  id: string;
  tag: string;
  isWrite?: true;
  /** What its body is called, and an example of it. */
  body?: [name: string, example: object];
  /** The status of its success, and what that tells. */
  success: [status: 200 | 201, told: string];
  /** The record that it answers. */
  record?: string;
}

const SESSION: Wording = {
  id: "getSession",
  tag: SESSION_TAG.name,
  success: [200, "Who is signed in, or no more."],
};

/** What each of them is called, and answers. */
const WORDINGS: Readonly<Record<SessionContract["action"], Wording>> = {
  session: SESSION,
  signIn: {
    ...SESSION,
    id: "signIn",
    isWrite: true,
    body: ["SignInBody", { link: { value: { token: EXAMPLE_TOKEN } } }],
  },
  signOut: { ...SESSION, id: "signOut", isWrite: true },
  consents: { id: "listConsents", tag: ACCOUNTS, success: [200, "What can be connected."] },
  connect: {
    id: "connectByConsent",
    tag: ACCOUNTS,
    isWrite: true,
    body: ["ConnectByConsentBody", { mail: { value: EXAMPLE_CONSENT } }],
    success: [201, "The account that was connected."],
    record: pascalCase(connectedAccounts.record),
  },
};

/** A contract of an operation for users who signed in; null for any other. */
export function sessionContract(contract: unknown): SessionContract | null {
  const { action } = contract as SessionContract;
  return Object.hasOwn(WORDINGS, action) ? contract as SessionContract : null;
}

/** Describes an operation for users who signed in, and what opens it if anything has to. */
export function describeSession(
  { schemas, responses }: Components,
  contract: SessionContract,
  access: unknown,
): Schema {
  const { action, summary, text, body, answer } = contract;
  const { id, tag, isWrite, success: [status, told], record } = WORDINGS[action];
  const scope = access instanceof RouteScope ? access.needed : null;
  const needs = scope === null
    ? "Needs no key."
    : `Needs the scope \`${scope}\`, which user tokens have, and no API key has.`;
  const headers = isWrite ? ["IdempotencyKey", "XIdempotencyKey", "XRequestId"] : ["XRequestId"];
  const data = record === undefined
    ? schemas.output(answer)
    : schemas.named(record, () => schemas.output(answer));
  return {
    operationId: id,
    tags: [tag],
    summary,
    description: `${text}\n\n${needs}${isWrite ? " Has no dry run." : ""}`,
    ...(scope === null ? {} : { "x-required-scope": scope }),
    security: scope === null ? [] : [{ userToken: [scope] }],
    parameters: headers.map((name) => ref("parameters", name)),
    ...(body === undefined ? {} : { requestBody: requestBody(schemas, action, body) }),
    responses: {
      [status]: {
        description: told,
        headers: HEADERS.of(...isWrite ? ["Idempotency-Replayed" as const] : []),
        content: { "application/json": { schema: answered(data) } },
      },
      ...errorResponses(schemas, responses, errorsOf(action)),
    },
  };
}

function requestBody(schemas: Schemas, action: SessionContract["action"], body: z.ZodObject) {
  const [name, examples] = WORDINGS[action].body ?? [action, {}];
  const schema = schemas.named(name, () => schemas.input(body));
  return {
    description: `JSON in UTF-8, at most ${SINGLE_LIMIT} bytes, unpacked.`,
    required: true,
    content: { "application/json": { schema, examples } },
  };
}

function errorsOf(action: SessionContract["action"]): Parameters<typeof errorResponses>[2] {
  const { isWrite, body } = WORDINGS[action];
  return [
    "ValidationError",
    "Unauthorized",
    "Forbidden",
    "MethodNotAllowed",
    ...(isWrite ? ["IdempotencyKeyReused" as const] : []),
    ...(body ? ["PayloadTooLarge" as const, "UnsupportedMediaType" as const] : []),
    "RateLimitExceeded",
    ...(action === "signIn" ? ["SignInLocked" as const] : []),
    "InternalError",
    "ServiceUnavailable",
    ...(action === "connect" ? ["ProviderFailed" as const] : []),
  ];
}

function answered(data: Schema): Schema {
  return object({ success: { type: "boolean", const: true }, data, meta: ref("schemas", "Meta") });
}
