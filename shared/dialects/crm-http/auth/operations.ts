import * as z from "zod";
import { isPassword, PASSWORD_LENGTH } from "../../../auth/password.ts";
import {
  changePassword as givePassword,
  endSession,
  refreshSession,
  startSession,
} from "../../../auth/sign-in.ts";
import { email } from "../../../crm/values/fields.ts";
import { loadRegistries } from "../../../crm/values/registries.ts";
import { jsonBody, SINGLE_LIMIT } from "../../../http/body.ts";
import { checkedPassword } from "../../../http/checked-password.ts";
import { noParameters } from "../../../http/query.ts";
import { lazy } from "../../../memory/lazy.ts";
import { InvalidInput } from "../../../refusals/errors.ts";
import { Refusal } from "../../../refusals/refusal.ts";
import { checked } from "../../../refusals/validation.ts";
import type { CrmOperation } from "../contract.ts";
import { NO_CONTENT } from "../envelope.ts";
import { accessTokenDenied } from "../identify.ts";
import { readQuery } from "../parameters.ts";

import { ownSession } from "./own-session.ts";
import { queryOf } from "./query.ts";
import { answerSession, sessionSchema } from "./session-answer.ts";

const { least, most } = PASSWORD_LENGTH;

const text = () =>
  z.string().min(1, "Must not be empty").max(1_000, "Must have at most 1000 characters");
const credentials = lazy(() => z.strictObject({ email: email(), password: text() }));
const refreshing = lazy(() => z.strictObject({ refresh_token: text() }));
const passwords = lazy(() =>
  z.strictObject({
    current_password: text(),
    new_password: z.string().refine(isPassword, `Must have ${least} to ${most} characters`),
  })
);

/** POST: starts a session of an email and its password. */
export const signIn: CrmOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  get contract() {
    return {
      id: "signIn",
      summary: "Sign in",
      body: credentials(),
      answers: { 200: sessionSchema() },
      refusals: ["unauthenticated" as const, "limited" as const],
    };
  },
  async run(call) {
    await loadRegistries();
    readQuery(call, noParameters());
    const given = checked(credentials(), call.object());
    call.services.accessTokens();
    const proof = await checkedPassword(call, given.email, given.password);
    const session = proof && await startSession(queryOf(call), given.email, proof);
    if (session === null) throw unauthenticated("No account has this email and password.");
    return await answerSession(call, session);
  },
};

/** POST: goes on with a session by its refresh token, which is then used up. */
export const refresh: CrmOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  get contract() {
    return {
      id: "refreshSession",
      summary: "Go on with a session",
      body: refreshing(),
      answers: { 200: sessionSchema() },
      refusals: ["unauthenticated" as const],
    };
  },
  async run(call) {
    readQuery(call, noParameters());
    const { refresh_token } = checked(refreshing(), call.object());
    const session = await refreshSession(queryOf(call), refresh_token);
    if (session === null) {
      throw unauthenticated("This refresh token is not valid, or no longer; sign in again.");
    }
    return await answerSession(call, session);
  },
};

/** POST: ends the session of the access token; 204. */
export const signOut: CrmOperation = {
  kind: "write",
  get contract() {
    return {
      id: "signOut",
      summary: "Sign out",
      answers: { 204: null },
      refusals: ["unauthenticated" as const],
    };
  },
  async run(call) {
    readQuery(call, noParameters());
    const session = await ownSession(call);
    await endSession(queryOf(call), session.email, session.sessionId);
    return NO_CONTENT;
  },
};

/** POST: gives the account of the access token another password; its other sessions end; 204. */
export const changePassword: CrmOperation = {
  kind: "write",
  body: jsonBody(SINGLE_LIMIT),
  get contract() {
    return {
      id: "changePassword",
      summary: "Change the password",
      body: passwords(),
      answers: { 204: null },
      refusals: ["unauthenticated" as const, "limited" as const],
    };
  },
  async run(call) {
    readQuery(call, noParameters());
    const session = await ownSession(call);
    const { current_password, new_password } = checked(passwords(), call.object());
    const proof = await checkedPassword(call, session.email, current_password);
    if (proof === null) {
      const message = "Is not the password of this account.";
      throw new InvalidInput([{ field: "current_password", message }]);
    }
    const done = await givePassword(queryOf(call), session, proof, new_password);
    if (!done) throw accessTokenDenied();
    return NO_CONTENT;
  },
};

function unauthenticated(message: string): Refusal {
  return new Refusal("unauthenticated", message, { challenge: "Bearer" });
}
