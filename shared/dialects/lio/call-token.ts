import * as z from "zod";
import { sql, statement } from "../../db/sql.ts";
import { noParameters } from "../../http/query.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { accessToken, tokenMaker } from "../../providers/voice/access-token.ts";
import { clientName } from "../../voice/addresses.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { userOf } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { notConfigured } from "./errors.ts";
import { objectOf, OPTIONAL_BODY, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const GOOD_FOR = 3_600;

const nothing = lazy(() => z.strictObject({}));

const answered = lazy(() =>
  oneRecord(
    z.object({
      token: z.string(),
      identity: z.string(),
      expires_in: z.literal(GOOD_FOR),
      expires_at: z.string(),
    }).meta({ id: "VoiceToken" }),
  ).meta({ id: "VoiceTokenAnswer" })
);

/** POST: a token by which the user's device calls and is called (decisions: 23). */
export const createVoiceToken: LioOperation = {
  kind: "write",
  body: OPTIONAL_BODY,
  get contract() {
    return {
      id: "createVoiceToken",
      summary: "Get a token for calling",
      body: nothing(),
      answers: { 200: answered() },
      refusals: ["unavailable" as const],
    };
  },
  async run(call) {
    collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(nothing(), call.text === "" ? {} : objectOf(call)),
    );
    const maker = tokenMaker(call.services.env);
    if (maker === null) throw notConfigured("voice", "Calls by telephone are not configured.");
    const at = Math.floor(Date.now() / 1_000);
    const identity = clientName(userOf(call.caller).number);
    const data = {
      token: await accessToken(maker, identity, at, GOOD_FOR),
      identity,
      expires_in: GOOD_FOR,
      expires_at: new Date((at + GOOD_FOR) * 1_000).toISOString(),
    };
    return await write(call, [statement(sql`select 1`)], () => ({
      ...answer(200, data, "Voice token created"),
      confidential: true,
    }));
  },
};
