import * as z from "zod";
import { endSession } from "../../auth/sign-in.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { userOf } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const answered = lazy(() => oneRecord(z.null()));

/** POST: ends the session of the token; 200. */
export const logout: LioOperation = {
  kind: "write",
  get contract() {
    return { id: "logout", summary: "Log out", answers: { 200: answered() } };
  },
  async run(call) {
    readQuery(call, noParameters());
    const { email, sessionId } = userOf(call.caller);
    const { database, userSessions } = call.services;
    await endSession((statement) => database.query(statement), email, sessionId);
    userSessions.forget();
    return answer(200, null, "Logged out");
  },
};
