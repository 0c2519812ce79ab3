import { sameText } from "../../auth/secret-token.ts";
import { Workspace } from "../../db/workspace.ts";
import type { BodyRule } from "../../http/body.ts";
import type { Call, Outcome } from "../../http/call.ts";
import type { Operation } from "../../http/operation.ts";
import { callStatus, twilioTime } from "../../providers/voice/calls.ts";
import { twilioSignature } from "../../providers/voice/signature.ts";
import { twilio } from "../../providers/voice/twilio.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { mended } from "../../refusals/storable.ts";
import type { CallNews } from "../../crm/calls.ts";
import { countByAddress } from "./by-address.ts";
import type { LioCaller } from "./caller.ts";
import { refusal } from "./errors.ts";

const URLENCODED = "application/x-www-form-urlencoded";
const MOST_KB = 64;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SID = /^\w{1,64}$/;

const FORM: BodyRule = {
  limit: MOST_KB * 1_024,
  accepts: (type) => type === URLENCODED,
  expected: URLENCODED,
};

/** What the telephone service tells of a call or a phone number of a workspace. */
export interface Told {
  workspace: Workspace;
  /** Of the call or the phone number. */
  id: string;
  /** Its own id of the call. */
  sid: string;
  /** A field of what it tells; empty where it tells no such thing. */
  field(name: string): string;
}

/** What is done when the telephone service calls back, which shows that by its signature. */
export function callback(
  answer: (told: Told, call: Call<LioCaller>) => Promise<Outcome>,
): Operation<LioCaller> {
  return {
    kind: "write",
    body: FORM,
    async run(call) {
      const form = new URLSearchParams(call.text);
      if (!isSigned(call, form)) {
        await countByAddress(call);
        throw refusal("forbidden", "bad_signature", "The signature is missing, or not right.");
      }
      return await answer(toldBy(call, form), call);
    },
  };
}

/** An answer that the telephone service follows. */
export function twimlAnswer(body: string): Outcome {
  return { status: 200, body, contentType: "text/xml" };
}

/** What there is to note of a call; null when it is told of no status that is known. */
export function newsOf({ sid, field }: Told): CallNews | null {
  const status = callStatus(field("CallStatus"));
  return status && {
    sid,
    status,
    at: twilioTime(field("Timestamp")),
    duration: seconds(field("CallDuration")),
    recording_sid: SID.test(field("RecordingSid")) ? field("RecordingSid") : null,
    recording_sec: seconds(field("RecordingDuration")),
  };
}

/** A number of seconds; null for what is none. */
export function seconds(text: string): number | null {
  return /^\d{1,7}$/.test(text) ? Number(text) : null;
}

// It signs the address that it was given, whatever stands between it and the functions.
function isSigned({ request, services: { env, publicUrl } }: Call, form: URLSearchParams): boolean {
  const service = twilio(env);
  const given = request.headers.get("x-twilio-signature");
  if (service === null || given === null) return false;
  const { pathname, search } = new URL(request.url);
  return sameText(twilioSignature(service.authToken, publicUrl + pathname + search, form), given);
}

function toldBy(
  { params, requestId, services: { database } }: Call<LioCaller>,
  form: URLSearchParams,
): Told {
  const { workspace: workspaceId = "", id = "" } = params;
  const sid = form.get("CallSid") ?? "";
  if (!UUID.test(workspaceId) || !UUID.test(id) || !SID.test(sid)) {
    throw new RecordNotFound("call", id);
  }
  const actor = { kind: "call" as const, id };
  return {
    workspace: new Workspace(database, { workspaceId, actor, scopes: [], requestId }),
    id,
    sid,
    field: (name) => String(mended(form.get(name) ?? "")),
  };
}
