import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { streamFrom } from "../outgoing/ask-service.ts";
import { ProviderFailed } from "../outgoing/provider-failed.ts";
import { asked, pathWith, type Twilio } from "./twilio.ts";

/** How a call stands, as Twilio's words are here. */
const STATUSES: Readonly<Record<string, CallStatus>> = {
  queued: "queued",
  initiated: "queued",
  ringing: "ringing",
  "in-progress": "in_progress",
  completed: "completed",
  busy: "busy",
  "no-answer": "no_answer",
  failed: "failed",
  canceled: "canceled",
};

export type CallStatus =
  | "queued"
  | "ringing"
  | "in_progress"
  | "completed"
  | "busy"
  | "no_answer"
  | "failed"
  | "canceled";

/** What a word of Twilio's for how a call stands means; null for one that it does not have. */
export function callStatus(word: string): CallStatus | null {
  return Object.hasOwn(STATUSES, word) ? STATUSES[word] ?? null : null;
}

/** A time as Twilio writes it (RFC 2822), as ISO 8601; null for what is none. */
export function twilioTime(text: string | null | undefined): string | null {
  const at = Date.parse(text ?? "");
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

const NOT_FOUND = 404;
/** The most seconds that are kept (integer of PostgreSQL). */
const MOST_SECONDS = 2_147_483_647;

const seconds = lazy(() => z.coerce.number().int().min(0).max(MOST_SECONDS));
const time = lazy(() => z.string().nullish().transform(twilioTime));

const call = lazy(() =>
  z.looseObject({
    sid: z.string().min(1),
    status: z.string().transform((word) => callStatus(word) ?? "queued" as const),
    price: z.string().regex(/^-?\d+(\.\d+)?$/).nullish()
      .transform((price) => price?.replace("-", "") ?? null),
    price_unit: z.string().toUpperCase().nullish(),
    duration: seconds().nullish().catch(null),
    date_created: time(),
    end_time: time(),
  })
);

/** A call as Twilio knows it; the price is decimal text without a sign. */
export type TwilioCall = z.output<ReturnType<typeof call>>;

const calls = lazy(() => z.looseObject({ calls: z.array(call()) }));

/** Whom to call, and what Twilio asks for what to say, and tells how the call goes. */
export interface NewCall {
  to: string;
  from: string;
  url: string;
  statusUrl: string;
}

/** Places a call that is recorded. Throws ProviderFailed. */
export function placeCall(
  service: Twilio,
  { to, from, url, statusUrl }: NewCall,
  signal?: AbortSignal,
): Promise<TwilioCall> {
  const form = new URLSearchParams({
    To: to,
    From: from,
    Url: url,
    Method: "POST",
    StatusCallback: statusUrl,
    StatusCallbackMethod: "POST",
    Record: "true",
  });
  for (const event of ["initiated", "ringing", "answered", "completed"]) {
    form.append("StatusCallbackEvent", event);
  }
  const request = { method: "POST" as const, path: "/Calls.json", form };
  return asked(service, signal ? { ...request, signal } : request, call());
}

/** The newest calls from one number to another. Throws ProviderFailed. */
export async function callsBetween(
  service: Twilio,
  { to, from }: Pick<NewCall, "to" | "from">,
): Promise<TwilioCall[]> {
  const path = pathWith("/Calls.json", { To: to, From: from, PageSize: "50" });
  return (await asked(service, { method: "GET", path }, calls())).calls;
}

/** A call. Throws ProviderFailed. */
export function readCall(service: Twilio, sid: string): Promise<TwilioCall> {
  return asked(
    service,
    { method: "GET", path: `/Calls/${encodeURIComponent(sid)}.json` },
    call(),
  );
}

const recording = lazy(() =>
  z.looseObject({
    sid: z.string(),
    status: z.string().nullish(),
    duration: seconds().catch(0),
  })
);

const recordings = lazy(() => z.looseObject({ recordings: z.array(recording()) }));

/** What was recorded of a call and can be listened to; null for nothing, or no such call. Throws ProviderFailed. */
export async function recordingOf(
  service: Twilio,
  callSid: string,
): Promise<{ sid: string; duration: number } | null> {
  const path = `/Calls/${encodeURIComponent(callSid)}/Recordings.json`;
  const told = await asked(service, { method: "GET", path }, recordings()).catch(noneWithoutCall);
  return told.recordings.find(({ status }) => status === "completed" || status == null) ?? null;
}

function noneWithoutCall(error: unknown): z.output<ReturnType<typeof recordings>> {
  if (error instanceof ProviderFailed && error.status === NOT_FOUND) return { recordings: [] };
  throw error;
}

/** A recording, as MP3. Throws ProviderFailed. */
export function recordingStream(service: Twilio, sid: string): Promise<Response> {
  const path = `/Recordings/${encodeURIComponent(sid)}.mp3`;
  return streamFrom(service, { method: "GET", path, headers: { Accept: "audio/mpeg" } });
}
