import * as z from "zod";
import type { Proof } from "../../auth/sign-in.ts";
import { USER_TOKEN_SECONDS } from "../../auth/user-token.ts";
import { email as address } from "../../crm/values/fields.ts";
import { loadRegistries } from "../../crm/values/registries.ts";
import type { Call } from "../../http/call.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { Refusal } from "../../refusals/refusal.ts";
import { checked } from "../../refusals/validation.ts";
import { countByAddress } from "./by-address.ts";
import { checkedPassword } from "./checked-password.ts";
import type { LioOperation } from "./contract.ts";
import { notConfigured } from "./errors.ts";
import { BODY, given, objectOf, readQuery } from "./reading.ts";
import { startSession, wrongPassword } from "./start-session.ts";

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
    return await startSession(call, tokens, {
      email,
      proof,
      organization: asked.organization_id,
    });
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
  if (proof === null) throw wrongPassword();
  return proof;
}
