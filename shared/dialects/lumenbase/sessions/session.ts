import * as z from "zod";
import type { UserSession } from "../../../auth/user-sessions.ts";
import { coveredScopes } from "../../../crm/scopes.ts";
import { rowOf } from "../../../db/wire/rows.ts";
import type { Call } from "../../../http/call.ts";
import { tokenDenied } from "../../../http/key-or-session.ts";
import { noParameters, parseQuery } from "../../../http/query.ts";
import { write } from "../../../http/write.ts";
import { lazy } from "../../../memory/lazy.ts";
import { identifyEnded } from "../admission.ts";
import type { LumenbaseCaller } from "../caller.ts";
import { answer } from "../envelope.ts";
import type { SessionOperation } from "./contract.ts";
import { selectSignedIn, type SignedIn, userSchema, workspaceSchema } from "./signed-in.ts";

const shown = lazy(() =>
  z.object({
    user: userSchema(),
    workspace: workspaceSchema(),
    scopes: z.array(z.string()).meta({
      description: "Every scope that an operation may need and that the role has, each by itself.",
    }),
  }).meta({ id: "SignedIn" })
);
const ended = lazy(() => z.object({ signed_out: z.literal(true) }));

/** GET: who is signed in. */
export const getSession: SessionOperation = {
  kind: "read",
  get contract() {
    return {
      action: "session" as const,
      summary: "Show who is signed in",
      text: "The user of the token, their workspace, and what their role may do.",
      answer: shown(),
    };
  },
  async run(call) {
    parseQuery(noParameters(), call.query);
    const [rows = []] = await call.workspace.read([selectSignedIn(userOf(call).number)]);
    const { user, workspace } = rowOf<SignedIn>(rows);
    return answer(call, 200, { user, workspace, scopes: coveredScopes(call.caller.scopes) });
  },
};

/** POST: ends the session of the token. */
export const signOut: SessionOperation = {
  kind: "write",
  // A retry comes with a token that is revoked by then.
  identify: identifyEnded,
  get contract() {
    return {
      action: "signOut" as const,
      summary: "Sign out",
      text: "Ends the session of the token at once, in every API.",
      answer: ended(),
    };
  },
  async run(call) {
    parseQuery(noParameters(), call.query);
    const { email, sessionId } = userOf(call);
    const ending = {
      text: "select app.end_session($1, $2) as was_on",
      values: [email, sessionId],
      prepared: true as const,
    };
    return await write(call, [ending], ([rows]) => {
      if (rows?.[0]?.was_on !== true) throw tokenDenied("revoked");
      return answer(call, 200, { signed_out: true });
    });
  },
};

/** The user who signed in, of an operation that no key opens. */
export function userOf({ caller: { user } }: Call<LumenbaseCaller>): UserSession {
  if (user === undefined) throw new Error("an operation of users was not asked by one");
  return user;
}
