import { callNoting, inboundCall } from "../../crm/calls.ts";
import { rungUsers } from "../../crm/phone-numbers.ts";
import { sql, statement } from "../../db/sql.ts";
import { rowOf, rowsOf } from "../../db/wire/rows.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { publicRoute } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { aiService } from "../../providers/ai/chat.ts";
import { callStatus } from "../../providers/voice/calls.ts";
import { dial, hangup, say, twiml } from "../../providers/voice/twiml.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { callAddresses, clientName } from "../../voice/addresses.ts";
import { beginTalk, goOn, type Talk } from "../../voice/talk.ts";
import type { LioCaller } from "./caller.ts";
import { callback, newsOf, seconds, type Told, twimlAnswer } from "./voice-callback.ts";
import { playRecording } from "./voice-recording.ts";

const MOST_RUNG = 10;
const NOBODY = say("Nobody is available at the moment. Goodbye.", {
  language: "en-US",
  voice: null,
});
const NOTED: Outcome = { status: 204, body: null };

const addressesOf = ({ services: { publicUrl } }: Call<LioCaller>, told: Told) =>
  callAddresses(publicUrl, { workspaceId: told.workspace.id, id: told.id });

/** What an agent says first. */
const talk = callback(async (told, call) => {
  await told.workspace.write([
    statement(callNoting(told.id, { sid: told.sid, status: "in_progress" })),
  ]);
  return saidBy(told, await beginTalk(talkOf(told, call)));
});

/** What an agent says to what was heard. */
const turn = callback(async (told, call) => {
  const heard = {
    turn: Math.max(1, seconds(call.params.turn ?? "") ?? 1),
    speech: told.field("SpeechResult"),
    again: {
      tries: seconds(call.query.get("tries") ?? "") ?? 0,
      quiet: seconds(call.query.get("quiet") ?? "") ?? 0,
    },
  };
  return saidBy(told, await goOn(talkOf(told, call), heard));
});

/** How a call goes on. */
const callGoesOn = callback(async (told) => {
  await noted(told, told.id);
  return NOTED;
});

/** A call that came in has ended. */
const numberCallEnded = callback(async (told) => {
  const [rows] = await told.workspace.read([
    statement(sql`select id from crm.calls where sid = ${told.sid}`),
  ]);
  const [call] = rowsOf<{ id: string }>(rows);
  if (call === undefined) throw new RecordNotFound("call", told.sid);
  await noted(told, call.id);
  return NOTED;
});

/** A number is called: its users are rung. */
const ring = callback(async (told, call) => {
  const { workspace, id: numberId, sid, field } = told;
  const [rows, users] = await workspace.write([
    statement(inboundCall(numberId, { sid, from: field("From"), to: field("To") })),
    statement(rungUsers(numberId)),
  ]);
  const { id } = rowOf<{ id: string | null }>(rows);
  if (id === null) throw new RecordNotFound("phone number", numberId);
  const rung = rowsOf<{ number: string }>(users).slice(0, MOST_RUNG);
  if (rung.length > 0) {
    const { dialed: action } = addressesOf(call, { ...told, id });
    return twimlAnswer(twiml(dial(rung.map(({ number }) => clientName(number)), action)));
  }
  await workspace.write([statement(callNoting(id, { sid, status: "no_answer" }))]);
  return twimlAnswer(twiml(NOBODY, hangup()));
});

/** Ringing the users of a number has ended. */
const dialed = callback(async ({ workspace, id, sid, field }) => {
  const status = callStatus(field("DialCallStatus")) ?? "no_answer";
  const isAnswered = status === "completed";
  const since = Date.now() - (seconds(field("DialCallDuration")) ?? 0) * 1_000;
  const news = isAnswered
    ? { sid, status: "in_progress" as const, at: new Date(since).toISOString() }
    : { sid, status };
  await workspace.write([statement(callNoting(id, news))]);
  return twimlAnswer(isAnswered ? twiml(hangup()) : twiml(NOBODY, hangup()));
});

function talkOf(told: Told, call: Call<LioCaller>): Talk {
  return {
    workspace: told.workspace,
    callId: told.id,
    addresses: addressesOf(call, told),
    ai: aiService(call.services.env),
  };
}

function saidBy({ id }: Told, said: string | null): Outcome {
  if (said === null) throw new RecordNotFound("call", id);
  return twimlAnswer(said);
}

async function noted(told: Told, id: string): Promise<void> {
  const news = newsOf(told);
  if (news === null) return;
  const [rows] = await told.workspace.write([statement(callNoting(id, news))]);
  if (!rowOf<{ is_known: boolean }>(rows).is_known) throw new RecordNotFound("call", id);
}

/** What the telephone service calls back, and recordings for whoever has a link to one. */
export default router<LioCaller>("/voice")
  .post("/calls/:workspace/:id/talk", publicRoute, talk)
  .post("/calls/:workspace/:id/turns/:turn", publicRoute, turn)
  .post("/calls/:workspace/:id/status", publicRoute, callGoesOn)
  .post("/calls/:workspace/:id/dialed", publicRoute, dialed)
  .post("/numbers/:workspace/:id/ring", publicRoute, ring)
  .post("/numbers/:workspace/:id/status", publicRoute, numberCallEnded)
  .get("/recordings/:token", publicRoute, playRecording);
