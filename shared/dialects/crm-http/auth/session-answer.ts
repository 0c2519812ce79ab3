import * as z from "zod";
import { ACCESS_SECONDS } from "../../../auth/access-token.ts";
import { entitiesOf, type Session } from "../../../auth/sign-in.ts";
import type { Call, Outcome } from "../../../http/call.ts";
import { lazy } from "../../../memory/lazy.ts";
import { answer } from "../envelope.ts";
import { queryOf } from "./query.ts";

/** What signing in and refreshing answer (decisions C13). */
export const sessionSchema = lazy(() =>
  z.object({
    access_token: z.string(),
    token_type: z.literal("bearer"),
    expires_in: z.int(),
    refresh_token: z.string(),
    user: z.object({ email: z.string(), name: z.string().nullable() }),
    entities: z.array(z.object({
      id: z.guid(),
      slug: z.string(),
      name: z.string(),
      role: z.enum(["admin", "member", "viewer"]),
    })),
  }).meta({ id: "Session" })
);

/** A session with the tokens to use it, and the workspaces that let its person in. */
export async function answerSession(
  call: Call,
  { email, sessionId, refreshToken }: Session,
): Promise<Outcome> {
  const access_token = await call.services.accessTokens().issue({ email, sessionId });
  const entities = await entitiesOf(queryOf(call), email);
  return {
    ...answer(200, {
      access_token,
      token_type: "bearer",
      expires_in: ACCESS_SECONDS,
      refresh_token: refreshToken,
      user: { email, name: entities[0]?.user_name ?? null },
      entities: entities.map(({ id, slug, name, role }) => ({ id, slug, name, role })),
    }),
    confidential: true,
  };
}
