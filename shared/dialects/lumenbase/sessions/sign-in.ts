import * as z from "zod";
import { USER_TOKEN_SECONDS, type UserTokens } from "../../../auth/user-token.ts";
import { loadRegistries } from "../../../crm/values/registries.ts";
import type { Rows } from "../../../db/wire/pipeline.ts";
import { rowOf } from "../../../db/wire/rows.ts";
import { jsonBody, SINGLE_LIMIT } from "../../../http/body.ts";
import { countByAddress } from "../../../http/by-address.ts";
import type { Call, Outcome } from "../../../http/call.ts";
import { noParameters, parseQuery } from "../../../http/query.ts";
import { expiry, type Read, startSession } from "../../../http/start-session.ts";
import { lazy } from "../../../memory/lazy.ts";
import { Refusal } from "../../../refusals/refusal.ts";
import { checked, collectMistakes } from "../../../refusals/validation.ts";
import { answer } from "../envelope.ts";
import type { SessionOperation } from "./contract.ts";
import { type Credentials, credentials } from "./credentials.ts";
import { selectSignedIn, type SignedIn, userSchema, workspaceSchema } from "./signed-in.ts";
import { byLink, byPassword, type Way } from "./ways.ts";

/** Nobody can tell when the service will be configured. */
const CONFIGURED_SECONDS = 3_600;

const session = lazy(() =>
  z.object({
    token: z.string(),
    token_type: z.literal("Bearer"),
    expires_in: z.literal(USER_TOKEN_SECONDS),
    expires_at: z.iso.datetime(),
    user: userSchema(),
    workspace: workspaceSchema(),
  }).meta({ id: "Session" })
);

/** A session as SQL starts it. */
interface Started {
  refused: string | null;
  session: string;
  workspace_id: string;
  number: number;
}

/** POST: a user token for a link that signs in once, or for an email and its password. */
export const signIn: SessionOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  get contract() {
    return {
      action: "signIn" as const,
      summary: "Sign in",
      text: "Takes the `token` of a link that signs in once, or an `email` with its `password`. " +
        "The token that it answers is good for 30 days, in this API, LeadHub, LIO and MCP. Of an " +
        "email five passwords may be wrong in 15 minutes, from an address a hundred.",
      body: credentials(),
      answer: session(),
    };
  },
  async run(call) {
    await countByAddress(call, "lumenbase");
    await loadRegistries();
    const [, given] = collectMistakes(
      () => parseQuery(noParameters(), call.query),
      () => checked(credentials(), call.object()),
    );
    const tokens = call.services.userTokens;
    if (tokens === null) {
      const message = "LUMENBASE_ENCRYPTION_KEY is not set; nobody can sign in.";
      throw new Refusal("unavailable", message, { retry_after: CONFIGURED_SECONDS });
    }
    const at = Math.floor(Date.now() / 1_000);
    const way = await wayOf(call, given, at);
    return await startSession(call, {
      ...way,
      answer: (rows, read) => begun(call, { tokens, way, at }, rowOf<Started>(rows), read),
    });
  },
};

async function wayOf(call: Call, given: Credentials, at: number): Promise<Way> {
  const { token, email = "", password = "", workspace } = given;
  return token === undefined
    ? await byPassword(call, { email, password, workspace }, at)
    : byLink(call, token, at);
}

async function begun(
  call: Call,
  { tokens, way, at }: { tokens: UserTokens; way: Way; at: number },
  { refused, session: sessionId, workspace_id: workspaceId, ...of }: Started,
  read: Read,
): Promise<Outcome> {
  if (refused !== null) throw way.refusal(refused);
  const number = Number(of.number);
  const found: Rows = await read(workspaceId, selectSignedIn(number));
  const outcome = answer(call, 200, {
    token: await tokens.issue({ sessionId, number, workspaceId }, at),
    token_type: "Bearer",
    expires_in: USER_TOKEN_SECONDS,
    expires_at: expiry(at),
    ...rowOf<SignedIn>(found),
  });
  return { ...outcome, confidential: true };
}
