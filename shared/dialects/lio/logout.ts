import * as z from "zod";
import { noParameters } from "../../http/query.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { userOf } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { denied, identifyRevoked } from "./identify.ts";
import { readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const answered = lazy(() => oneRecord(z.null()));

/** POST: ends the session of the token; 200. */
export const logout: LioOperation = {
  kind: "write",
  // A retry comes with a token that is revoked by then.
  identify: identifyRevoked,
  get contract() {
    return { id: "logout", summary: "Log out", answers: { 200: answered() } };
  },
  async run(call) {
    readQuery(call, noParameters());
    const { email, sessionId } = userOf(call.caller);
    const ending = {
      text: "select app.end_session($1, $2) as was_on",
      values: [email, sessionId],
      prepared: true as const,
    };
    return await write(call, [ending], ([rows]) => {
      if (rows?.[0]?.was_on !== true) throw denied("revoked");
      return answer(200, null, "Logged out");
    });
  },
};
