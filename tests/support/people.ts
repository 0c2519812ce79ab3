import { randomBytes, randomUUID, scryptSync } from "node:crypto";
import { expect } from "vitest";
import { ApiClient, type ApiResponse, type RequestOptions } from "./api-client.ts";
import { asOwner, gatewayUrl, type TestWorkspace, testWorkspace } from "./workspace.ts";

/** The password of people of tests. */
export const PASSWORD = "correct horse battery";

/** A user of a workspace of one test. */
export interface Person {
  email: string;
  userId: string;
  workspace: TestWorkspace;
}

/** What a session is told when it begins or goes on. */
export interface Tokens {
  access_token: string;
  refresh_token: string;
  entities: { id: string; role: string }[];
}

interface PersonOptions {
  email?: string;
  role?: "admin" | "member" | "viewer";
  status?: "active" | "invited" | "inactive";
  workspace?: TestWorkspace;
  /** Whether their password takes a moment to check, so that attempts meet; none unless asked for. */
  slow?: boolean;
}

/** Calls the CRM HTTP API in a session: paths are below `/api/crm`. */
export class SessionClient extends ApiClient {
  constructor(token: string, readonly entityHeader: string | null, url = gatewayUrl()) {
    super(url, token);
  }

  override send(
    method: string,
    path: string,
    { headers, ...options }: RequestOptions & { headers?: Record<string, string> | undefined },
  ): Promise<ApiResponse> {
    const entity: Record<string, string> = this.entityHeader === null
      ? {}
      : { "x-entity-id": this.entityHeader };
    return super.send(method, `crm/api/crm/${path}`, {
      ...options,
      headers: { ...entity, ...headers },
    });
  }
}

/** A hash of {@link PASSWORD} as an account may have it, with parameters that take no time. */
const QUICK_HASH = hashOf({ ln: 4, r: 8, p: 1 });

/** One whose check takes some tens of milliseconds, a tenth of what the product's takes. */
const SLOW_HASH = hashOf({ ln: 13, r: 8, p: 1 });

function hashOf({ ln, r, p }: { ln: number; r: number; p: number }): string {
  const salt = randomBytes(16);
  const parts = [salt, scryptSync(PASSWORD, salt, 32, { N: 2 ** ln, r, p })];
  const [saltText, hash] = parts.map((part) => part.toString("base64").replace(/=+$/, ""));
  return `$scrypt$ln=${ln},r=${r},p=${p}$${saltText}$${hash}`;
}

/** Makes a user of a workspace, by default a new one of each. */
export async function user(options: PersonOptions = {}): Promise<Person> {
  const { email = `${randomUUID()}@example.com`, role = "member", status = "active" } = options;
  const workspace = options.workspace ?? await testWorkspace();
  const [row] = await asOwner<{ id: string }>(
    `insert into crm.users (workspace_id, name, email, role, status)
     values ($1, 'Jane Roe', $2, $3, $4) returning id`,
    [workspace.id, email, role, status],
  );
  return { email, userId: row!.id, workspace };
}

/** Makes a user who signs in with {@link PASSWORD}, which their workspace gave them. */
export async function person(options: PersonOptions = {}): Promise<Person> {
  const made = await user(options);
  await asOwner("insert into crm.accounts (email, password_hash, set_in) values ($1, $2, $3)", [
    made.email,
    options.slow ? SLOW_HASH : QUICK_HASH,
    made.workspace.id,
  ]);
  return made;
}

/**
 * Forgets that an attempt to sign in failed, once it is answered, as for the address that all tests ask from: a
 * hundred of the same quarter of an hour would lock all of them out.
 */
export async function spared(asked: Promise<ApiResponse>): Promise<ApiResponse> {
  const answer = await asked;
  if (answer.status === 401) {
    await asOwner(
      `delete from crm.sign_in_attempts
        where failed and subject = app.sign_in_subject('address', '127.0.0.1')`,
    );
  }
  return answer;
}

/** Calls one of the operations of `auth`, with an access token where one is needed. */
export function auth(
  operation: string,
  body: object | null,
  token: string | null = null,
  url = gatewayUrl(),
): Promise<ApiResponse> {
  const client = new ApiClient(url, token);
  return spared(client.send("POST", `auth/${operation}`, body === null ? {} : { body }));
}

export function signIn(
  email: string,
  password = PASSWORD,
  url = gatewayUrl(),
): Promise<ApiResponse> {
  return auth("sign-in", { email, password }, null, url);
}

/** The attempts to sign in that count for an email. */
export function attemptsOf(email: string): Promise<{ id: string; failed: boolean }[]> {
  return asOwner(
    `select id, failed from crm.sign_in_attempts
      where subject = app.sign_in_subject('email', $1) order by id`,
    [email],
  );
}

/** Makes the attempts of an email or an address older by an interval. */
export async function age(kind: "email" | "address", value: string, by: string): Promise<void> {
  await asOwner(
    `update crm.sign_in_attempts set at = at - $3::interval
      where subject = app.sign_in_subject($1, $2)`,
    [kind, value, by],
  );
}

/** The tokens of an answer, which must be a success. */
export function tokens({ status, text, body }: ApiResponse): Tokens {
  expect(status, text).toBe(200);
  return body;
}

/** The tokens of a new session. */
export async function session(email: string): Promise<Tokens> {
  return tokens(await signIn(email));
}

/** A client in a new session of a person. */
export async function signedIn({ email, workspace }: Person): Promise<SessionClient> {
  return new SessionClient((await session(email)).access_token, workspace.id);
}

/** Asserts a refusal, and its sentence. */
export function expectRefused(
  { status, text, body }: ApiResponse,
  expected: number,
  error: string,
) {
  expect({ status, body }, text).toEqual({ status: expected, body: { error } });
}
