import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { hashPassword } from "../../shared/auth/password.ts";
import { USER_TOKEN_SECONDS, type UserTokens, userTokens } from "../../shared/auth/user-token.ts";
import type { UserRole } from "../../shared/db/claims.ts";
import { SCOPES } from "../../shared/dialects/lio/access.ts";
import { ApiClient, type ApiResponse, type Json, type RequestOptions } from "./api-client.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";
import { PASSWORD } from "./people.ts";
import {
  asOwner,
  gatewayUrl,
  type KeyOptions,
  type NewKey,
  type TestWorkspace,
  testWorkspace,
} from "./workspace.ts";

/** What a time looks like. */
export const TIME: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);

/** The roles that every workspace has. */
export type LioRole = "admin" | "manager" | "rep" | "viewer";

/** A user of a workspace who is signed in to LIO. */
export interface LioUser {
  api: LioClient;
  id: string;
  number: number;
  email: string;
  sessionId: string;
}

/** Calls LIO: paths are below `/lio/api`. */
export class LioClient extends ApiClient {
  override send(
    method: string,
    path: string,
    options: RequestOptions & { headers?: Record<string, string> | undefined } = {},
  ): Promise<ApiResponse> {
    return super.send(method, `lio/api/${path}`, options);
  }

  /** The record that a POST makes. */
  async made(path: string, body: object): Promise<Json> {
    return answered(await this.post(path, body), 201).data;
  }

  /** What a GET answers. */
  async read(path: string): Promise<Json> {
    return answered(await this.get(path)).data;
  }

  /** What a POST answers that makes no record. */
  async done(path: string, body: object): Promise<Json> {
    return answered(await this.post(path, body)).data;
  }
}

function answered({ status, body, text }: ApiResponse, expected = 200): Json {
  expect(status, text).toBe(expected);
  expect(body.success).toBe(true);
  return body;
}

/** Makes and reads tokens as the functions do. */
export const tokens: UserTokens = userTokens(FUNCTIONS_ENVIRONMENT.LUMENBASE_ENCRYPTION_KEY ?? "");
let hash: Promise<string> | undefined;

/** The hash of the password of people of tests. */
export function PASSWORD_HASH(): Promise<string> {
  return hash ??= hashPassword(PASSWORD);
}

/** How a user is who signs in. */
interface SessionOptions {
  /** When the token was issued, in Unix seconds. */
  at?: number;
  ended?: boolean;
  inactive?: boolean;
}

/** Signs a user in to LIO whom this makes, of a role, with the password of people of tests. */
export async function lioUser(
  workspace: Pick<TestWorkspace, "id">,
  role: LioRole = "admin",
  { at = Date.now() / 1_000, ended = false, inactive = false }: SessionOptions = {},
): Promise<LioUser> {
  const email = `${randomUUID()}@example.com`;
  const [made] = await asOwner<{ id: string; number: string; session: string }>(
    `with account as (
       insert into crm.accounts (email, password_hash, set_in) values ($3, $6, $1)
     ), session as (
       insert into crm.sessions (email, expires_at, ended_at)
       values ($3, now() + interval '30 days', case when $7 then now() end) returning id
     )
     insert into crm.users (workspace_id, name, email, role, is_rep, status)
     values ($1, 'Jane Roe', $3, $2, $4, $5)
     returning id, number, (select id from session) as session`,
    [
      workspace.id,
      role === "manager" || role === "rep" ? "member" : role,
      email,
      role === "rep",
      inactive ? "inactive" : "active",
      await PASSWORD_HASH(),
      ended,
    ],
  );
  const [number, sessionId] = [Number(made?.number), String(made?.session)];
  const token = await tokens.issue(
    { sessionId, number, workspaceId: workspace.id },
    Math.floor(at),
  );
  const api = new LioClient(gatewayUrl(), token);
  return { api, id: String(made?.id), number, email, sessionId };
}

/** The role of whoever has some rights. */
export function roleFor(rights: readonly string[]): UserRole {
  if (rights.includes("admin")) return "admin";
  if (rights.includes("manage")) return "member";
  return rights.includes("write") ? "rep" : "viewer";
}

/** The token of a user with these rights in place of a key; of an inactive one with none. */
export async function lioToken(
  workspace: Pick<TestWorkspace, "id">,
  { scopes = ["admin"], revokedAt, expiresAt }: KeyOptions,
): Promise<NewKey> {
  const role = roleFor(scopes);
  const { id, api } = await lioUser(workspace, role === "member" ? "manager" : role, {
    ended: revokedAt !== undefined,
    inactive: scopes.length === 0,
    ...(expiresAt === undefined ? {} : { at: expiresAt.getTime() / 1_000 - USER_TOKEN_SECONDS }),
  });
  return { id, key: String(api.key) };
}

/** A token of a user who is not there. */
export function strangersToken(): Promise<string> {
  const stranger = { sessionId: randomUUID(), number: 1, workspaceId: randomUUID() };
  return tokens.issue(stranger, Math.floor(Date.now() / 1_000));
}

/** A workspace of one test with users of LIO, and clients with keys. */
export interface LioWorld {
  workspace: TestWorkspace;
  admin: LioUser;
  user(role: LioRole): Promise<LioUser>;
  /** A client with a key, whose scopes are all unless given. */
  keyed(options?: KeyOptions): Promise<LioClient>;
}

export async function lioWorld(): Promise<LioWorld> {
  const workspace = await testWorkspace();
  return {
    workspace,
    admin: await lioUser(workspace),
    user: (role) => lioUser(workspace, role),
    async keyed(options = {}) {
      const key = await workspace.key({ api: "lio", scopes: SCOPES, ...options });
      return new LioClient(gatewayUrl(), key);
    },
  };
}

/** Asserts an error of LIO: status, type, code and the whole envelope. */
export function expectLioError(
  { status, body, text }: ApiResponse,
  expected: number,
  type: string,
  code: string | null = null,
): void {
  expect(status, text).toBe(expected);
  expect(body, text).toMatchObject({
    success: false,
    error: { message: expect.any(String), type, code },
  });
}

/** Asserts that fields are refused, those and no others. */
export function expectLioFields(answer: ApiResponse, status: 400 | 422, ...fields: string[]): void {
  expectLioError(answer, status, status === 400 ? "invalid_request" : "validation_error");
  const named = answer.body.error.fields.map(({ field }: { field: string }) => field);
  expect(named, answer.text).toEqual(fields);
}
