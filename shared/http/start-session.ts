import type { Proof } from "../auth/sign-in.ts";
import { USER_TOKEN_SECONDS } from "../auth/user-token.ts";
import type { Rows, Statement } from "../db/wire/pipeline.ts";
import { rowsOf } from "../db/wire/rows.ts";
import { Workspace } from "../db/workspace.ts";
import type { Call, Outcome } from "./call.ts";
import { keyedWrite, writeOnce } from "./idempotency.ts";

/** A user in a workspace that lets them in. */
export interface Member {
  id: string;
  user_id: string;
}

/** How a session of a user begins. */
export interface SessionStart {
  /** The user, under whom the answer is kept for a retry; nobody where none is let in. */
  member(): Promise<Member | undefined>;
  /** Starts it in a workspace, or in the first one that lets the user in. */
  statement(workspaceId: string | null): Statement;
  /** The answer of the statement's rows; `read` reads in the workspace that they name. Throws Refusal. */
  answer(rows: Rows, read: Read): Promise<Outcome>;
}

/** Reads in a workspace, in the very transaction where there is one. */
export type Read = (workspaceId: string, statement: Statement) => Promise<Rows>;

/** Starts a session, once under an idempotency key. Throws Refusal. */
export async function startSession(call: Call, start: SessionStart): Promise<Outcome> {
  const { services: { database }, requestId } = call;
  const keyed = keyedWrite(call);
  const member = keyed && await start.member();
  const workspaceOf = (workspaceId: string, id: string) =>
    new Workspace(database, {
      workspaceId,
      actor: { kind: "user", id },
      scopes: [],
      requestId,
    });
  if (!keyed || !member) {
    return await start.answer(
      await database.query(start.statement(null)),
      async (workspaceId, statement) =>
        (await workspaceOf(workspaceId, workspaceId).read([statement]))[0] ?? [],
    );
  }
  return await writeOnce(workspaceOf(member.id, member.user_id), keyed, async (transaction) => {
    const run = async (statement: Statement) => (await transaction.run([statement]))[0] ?? [];
    return await start.answer(await run(start.statement(member.id)), (_, more) => run(more));
  });
}

/** The workspace that lets an email in: the one that is asked for, if any is. */
export async function memberOf(
  { services: { database } }: Pick<Call, "services">,
  email: string,
  workspaceId: string | null,
): Promise<Member | undefined> {
  const [member] = rowsOf<Member>(
    await database.query({
      text: "select id, user_id from app.entities_of($1) where $2::uuid is null or id = $2 limit 1",
      values: [email, workspaceId],
      prepared: true,
    }),
  );
  return member;
}

/** Starts a session of an email whose password was right, which ends when its token does. */
export function startByPassword(
  { email, proof }: { email: string; proof: Proof },
  workspaceId: string | null,
  at: number,
): Statement {
  return {
    text: "select * from app.start_user_session($1, $2, $3, $4, $5)",
    values: [email, proof.attempt, proof.hash, workspaceId, expiry(at)],
    prepared: true,
  };
}

/** When a session ends that began at a time (Unix seconds). */
export function expiry(at: number): string {
  return new Date((at + USER_TOKEN_SECONDS) * 1_000).toISOString();
}
