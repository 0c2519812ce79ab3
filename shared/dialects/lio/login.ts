import * as z from "zod";
import type { Proof } from "../../auth/sign-in.ts";
import {
  organizationId,
  USER_TOKEN_SECONDS,
  type UserTokens,
  workspaceOf,
} from "../../auth/user-token.ts";
import { email as address } from "../../crm/values/fields.ts";
import { loadRegistries } from "../../crm/values/registries.ts";
import { rowOf } from "../../db/wire/rows.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { Refusal } from "../../refusals/refusal.ts";
import { checked } from "../../refusals/validation.ts";
import { countByAddress } from "./by-address.ts";
import { checkedPassword } from "./checked-password.ts";
import type { LioOperation } from "./contract.ts";
import { notConfigured, refusal } from "./errors.ts";
import { BODY, given, objectOf, readQuery } from "./reading.ts";

/** A session as app.start_user_session answers it. */
interface Started {
  refused: "changed" | "inactive" | "foreign" | null;
  session: string;
  workspace_id: string;
  number: number;
  name: string;
  role_name: string;
}

const NOBODY = "00000000-0000-0000-0000-000000000000";
const REFUSALS = ["unauthenticated", "forbidden", "not_found", "limited", "unavailable"] as const;

const credentials = lazy(() =>
  z.strictObject({
    email: z.string(),
    password: z.string(),
    organization_id: z.string().optional(),
  })
);

const session = lazy(() =>
  z.object({
    success: z.literal(true),
    access_token: z.string(),
    token_type: z.literal("Bearer"),
    expires_in: z.literal(USER_TOKEN_SECONDS),
    expires_at: z.string(),
    user: z.object({
      id: z.int(),
      email: z.string(),
      name: z.string(),
      organization_id: z.string(),
      role_name: z.string(),
    }),
  }).meta({ id: "Login" })
);

/** POST: a token for an email and its password (spec: Log in and get a token). */
export const login: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "login",
      summary: "Log in, get a token",
      body: credentials(),
      answers: { 200: session() },
      refusals: REFUSALS,
    };
  },
  async run(call) {
    await countByAddress(call);
    readQuery(call, noParameters());
    const asked = credentialsOf(call);
    const tokens = call.services.userTokens;
    if (tokens === null) {
      throw notConfigured("encryption", "LUMENBASE_ENCRYPTION_KEY is not set; nobody can log in.");
    }
    await loadRegistries();
    const email = address().safeParse(asked.email).data ?? "";
    const proof = await proved(call, email, asked.password);
    return await started(call, tokens, { email, proof, organization: asked.organization_id });
  },
};

// Whatever is wrong with the fields is told as what is wrong with the request (spec: 400).
function credentialsOf(call: Call) {
  return given("format", () => checked(credentials(), objectOf(call)));
}

async function proved(call: Call, email: string, password: string): Promise<Proof> {
  const [row] = await call.services.database.query({
    text: "select app.is_known_email($1) as known",
    values: [email],
    prepared: true,
  });
  const known = row?.known === true;
  const proof = await checkedPassword(call, known ? email : null, password);
  if (!known) throw new Refusal("not_found", "No LIO account exists for this email.");
  if (proof === null) throw wrong();
  return proof;
}

function wrong(): Refusal {
  const facts = { challenge: "Bearer" };
  return refusal("unauthenticated", "invalid_credentials", "Wrong email or password.", facts);
}

interface Proved {
  email: string;
  proof: Proof;
  organization: string | undefined;
}

async function started(
  { services: { database } }: Call,
  tokens: UserTokens,
  { email, proof, organization }: Proved,
): Promise<Outcome> {
  const at = Math.floor(Date.now() / 1_000);
  const expires_at = new Date((at + USER_TOKEN_SECONDS) * 1_000).toISOString();
  // An organisation that cannot be is one that no user is of.
  const workspace = organization === undefined ? null : workspaceOf(organization) ?? NOBODY;
  const { refused, ...user } = rowOf<Started>(
    await database.query({
      text: "select * from app.start_user_session($1, $2, $3, $4, $5)",
      values: [email, proof.attempt, proof.hash, workspace, expires_at],
      prepared: true,
    }),
  );
  if (refused !== null) throw denied(refused);
  const { session: sessionId, workspace_id: workspaceId, name, role_name } = user;
  const number = Number(user.number);
  const body = {
    success: true,
    access_token: await tokens.issue({ sessionId, number, workspaceId }, at),
    token_type: "Bearer",
    expires_in: USER_TOKEN_SECONDS,
    expires_at,
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
  if (why === "changed") return wrong();
  return why === "inactive"
    ? refusal("forbidden", "account_inactive", "This account is inactive.")
    : refusal("forbidden", "no_organization", "You are not a user of this organisation.");
}
