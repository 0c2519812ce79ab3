import {
  callAbandoning,
  callCharging,
  callNoting,
  type StoredCall,
  storedCall,
} from "../crm/calls.ts";
import { statement } from "../db/sql.ts";
import { rowsOf } from "../db/wire/rows.ts";
import { RetryLater, type Work, type WorkContext } from "../jobs/work.ts";
import { readCall, type TwilioCall } from "../providers/voice/calls.ts";
import { twilio } from "../providers/voice/twilio.ts";
import { placedAs } from "./find-call.ts";

const TRIES = 150;
const APART_SECONDS = 600;
/** A call that goes on is looked at again after so long: it may be about to end. */
const GOES_ON_SECONDS = [30, 60, 120, 600];
const LONG_SECONDS = 1_800;
const LEAST_WAIT_SECONDS = 15;
/** A price that is not told by then is not waited for any more. */
const PRICE_SECONDS = 3_600;
/** A call of which nobody told by then is not told of any more. */
const TOLD_MS = 7_200_000;
const ENDED = new Set(["completed", "busy", "no_answer", "failed", "canceled"]);

/** The work of jobs that find out what became of the call `{id}`, and charge what it cost. */
export const resolveCallWork: Work = {
  retryAfter: Array.from({ length: TRIES }, () => APART_SECONDS),
  async run({ payload, attempt }, context) {
    const { workspace, env, done } = context;
    const id = String(payload.id);
    const [rows] = await workspace.read([statement(storedCall(id))]);
    const [call] = rowsOf<StoredCall>(rows);
    if (call === undefined || call.has_price) return;
    const service = twilio(env);
    if (service === null) throw new RetryLater("Twilio is not configured.");
    const found = call.sid === null
      ? await placedAs(service, workspace, call)
      : await readCall(service, call.sid);
    if (found === null) {
      if (mayBeTold(call)) throw new RetryLater("It could be that of another call.");
      await workspace.write([statement(callAbandoning(id)), done]);
      return;
    }
    await workspace.write([statement(callNoting(id, newsOf(found)))]);
    await charged(id, found, context, GOES_ON_SECONDS[attempt - 1]);
  },
};

async function charged(
  id: string,
  call: TwilioCall,
  { workspace, done }: WorkContext,
  goesOn = LONG_SECONDS,
): Promise<void> {
  const { status, price, price_unit, end_time } = call;
  if (!ENDED.has(status)) throw new RetryLater("The call goes on.", goesOn);
  if (price !== null) {
    await workspace.write([statement(callCharging(id, price, price_unit ?? "USD")), done]);
    return;
  }
  if (status !== "completed") return;
  const age = (Date.now() - Date.parse(end_time ?? "")) / 1_000 || 0;
  if (age > PRICE_SECONDS) return;
  const wait = Math.min(Math.max(Math.round(age / 2), LEAST_WAIT_SECONDS), APART_SECONDS);
  throw new RetryLater("The price of the call is not told yet.", wait);
}

// Where it is not the only one of which nobody told, Twilio may tell yet which is which.
function mayBeTold({ sid, is_alone, created_at }: StoredCall): boolean {
  return sid === null && !is_alone && Date.now() - created_at < TOLD_MS;
}

function newsOf({ sid, status, duration, end_time, date_created }: TwilioCall) {
  return { sid, status, duration, at: ENDED.has(status) ? end_time : date_created };
}
