import type { Proof } from "../../auth/sign-in.ts";
import {
  organizationId,
  USER_TOKEN_SECONDS,
  type UserTokens,
  workspaceOf,
} from "../../auth/user-token.ts";
import { rowOf } from "../../db/wire/rows.ts";
import type { Call, Outcome } from "../../http/call.ts";
import {
  expiry,
  memberOf,
  startByPassword,
  startSession as start,
} from "../../http/start-session.ts";
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
  const { email, organization } = proved;
  const at = Math.floor(Date.now() / 1_000);
  // An organisation that cannot be is one that no user is of.
  const asked = organization === undefined ? null : workspaceOf(organization) ?? NOBODY;
  return await start(call, {
    member: () => memberOf(call, email, asked),
    statement: (workspaceId) => startByPassword(proved, workspaceId ?? asked, at),
    answer: (rows) => answered(tokens, email, at, rowOf<Started>(rows)),
  });
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

function denied(why: "changed" | "inactive" | "foreign"): Refusal {
  if (why === "changed") return wrongPassword();
  return why === "inactive"
    ? refusal("forbidden", "account_inactive", "This account is inactive.")
    : refusal("forbidden", "no_organization", "You are not a user of this organisation.");
}
