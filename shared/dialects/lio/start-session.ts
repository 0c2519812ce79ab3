import type { Proof } from "../../auth/sign-in.ts";
import {
  organizationId,
  USER_TOKEN_SECONDS,
  type UserTokens,
  workspaceOf,
} from "../../auth/user-token.ts";
import type { Rows, Statement } from "../../db/wire/pipeline.ts";
import { rowOf, rowsOf } from "../../db/wire/rows.ts";
import { Workspace } from "../../db/workspace.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { keyedWrite, writeOnce } from "../../http/idempotency.ts";
import type { Refusal } from "../../refusals/refusal.ts";
import { refusal } from "./errors.ts";

const NOBODY = "00000000-0000-0000-0000-000000000000";

/** Who gave the right password, and the organisation that they name. */
interface Proved {
  email: string;
  proof: Proof;
  organization: string | undefined;
}

/** A session as app.start_user_session answers it. */
interface Started {
  refused: "changed" | "inactive" | "foreign" | null;
  session: string;
  workspace_id: string;
  number: number;
  name: string;
  role_name: string;
}

/** The password is not the one of the email. */
export function wrongPassword(): Refusal {
  const facts = { challenge: "Bearer" };
  return refusal("unauthenticated", "invalid_credentials", "Wrong email or password.", facts);
}

/** Starts a session, once under an idempotency key, and answers its token. Throws Refusal. */
export async function startSession(
  call: Call,
  tokens: UserTokens,
  proved: Proved,
): Promise<Outcome> {
  const { database } = call.services;
  const { email, organization } = proved;
  const at = Math.floor(Date.now() / 1_000);
  const toOutcome = (rows: Rows) => answered(tokens, email, at, rowOf<Started>(rows));
  // An organisation that cannot be is one that no user is of.
  const asked = organization === undefined ? null : workspaceOf(organization) ?? NOBODY;
  const keyed = keyedWrite(call);
  const entity = keyed && await entityOf(call, email, asked);
  if (!keyed || !entity) return await toOutcome(await database.query(start(proved, asked, at)));
  const { id: workspaceId, user_id: id } = entity;
  const workspace = new Workspace(database, {
    workspaceId,
    actor: { kind: "user", id },
    scopes: [],
    requestId: call.requestId,
  });
  return await writeOnce(workspace, keyed, async (transaction) => {
    const [rows = []] = await transaction.run([start(proved, workspaceId, at)]);
    return await toOutcome(rows);
  });
}

/** The workspace that lets an email in: the one that is asked for, if any is. */
async function entityOf({ services: { database } }: Call, email: string, asked: string | null) {
  const [entity] = rowsOf<{ id: string; user_id: string }>(
    await database.query({
      text: "select id, user_id from app.entities_of($1) where $2::uuid is null or id = $2 limit 1",
      values: [email, asked],
      prepared: true,
    }),
  );
  return entity;
}

function start({ email, proof }: Proved, workspace: string | null, at: number): Statement {
  return {
    text: "select * from app.start_user_session($1, $2, $3, $4, $5)",
    values: [email, proof.attempt, proof.hash, workspace, expiry(at)],
    prepared: true,
  };
}

async function answered(
  tokens: UserTokens,
  email: string,
  at: number,
  { refused, ...user }: Started,
): Promise<Outcome> {
  if (refused !== null) throw denied(refused);
  const { session: sessionId, workspace_id: workspaceId, name, role_name } = user;
  const number = Number(user.number);
  const body = {
    success: true,
    access_token: await tokens.issue({ sessionId, number, workspaceId }, at),
    token_type: "Bearer",
    expires_in: USER_TOKEN_SECONDS,
    expires_at: expiry(at),
    user: {
      id: number,
      email,
      name,
      organization_id: organizationId(workspaceId),
      role_name,
    },
  };
  return { status: 200, body: JSON.stringify(body), confidential: true };
}

function expiry(at: number): string {
  return new Date((at + USER_TOKEN_SECONDS) * 1_000).toISOString();
}

function denied(why: "changed" | "inactive" | "foreign"): Refusal {
  if (why === "changed") return wrongPassword();
  return why === "inactive"
    ? refusal("forbidden", "account_inactive", "This account is inactive.")
    : refusal("forbidden", "no_organization", "You are not a user of this organisation.");
}
