import type { Answered } from "./lasting-stand-in.ts";
import {
  type Asked,
  newSid,
  notFound,
  refusal,
  type TwilioAccount,
  type TwilioCall,
} from "./twilio-account.ts";

const E164 = /^\+[1-9]\d{6,14}$/;

/** What is answered about calls and their recordings; null for other paths. */
export function callsAnswered(account: TwilioAccount, asked: Asked): Answered | null {
  const { method, path } = asked;
  if (path === "Calls.json") {
    return method === "POST" ? placed(account, asked.form) : listed(account, asked);
  }
  if (method !== "GET") return null;
  const [, sid, list] = /^Calls\/(\w+?)(\/Recordings)?\.json$/.exec(path) ?? [];
  const call = account.calls.find((one) => one.sid === sid) ??
    (account.anyFrom ? some(sid) : undefined);
  if (sid !== undefined && call === undefined) return notFound(path);
  if (call !== undefined) {
    return list === undefined ? { status: 200, body: shown(call) } : recordingsOf(account, call);
  }
  const [, recording] = /^Recordings\/(\w+)\.mp3$/.exec(path) ?? [];
  const found = account.recordings.find((one) => one.sid === recording);
  return found === undefined
    ? null
    : { status: 200, body: found.mp3, headers: { "content-type": "audio/mpeg" } };
}

function placed({ calls, numbers, anyFrom }: TwilioAccount, form: URLSearchParams): Answered {
  const given = (name: string) => form.get(name) ?? "";
  const [to, from, url] = [given("To"), given("From"), given("Url")];
  if (to === "") return refusal(400, 21201, "No 'To' number is specified");
  if (from === "") return refusal(400, 21213, "No 'From' number is specified");
  if (!E164.test(to)) {
    return refusal(400, 21211, `The phone number you are attempting to call, ${to}, is not valid.`);
  }
  const isOwn = anyFrom || numbers.some(({ phone_number }) => phone_number === from);
  if (!isOwn) {
    return refusal(
      400,
      21210,
      `The source phone number provided, ${from}, is not yet verified for your account.`,
    );
  }
  if (!/^https?:\/\//.test(url)) return refusal(400, 21205, "Url parameter is required.");
  const call: TwilioCall = {
    sid: newSid("CA"),
    to,
    from,
    status: "queued",
    date_created: new Date().toUTCString().replace("GMT", "+0000"),
    end_time: null,
    duration: null,
    price: null,
    price_unit: "USD",
    url,
    statusCallback: given("StatusCallback"),
    events: form.getAll("StatusCallbackEvent"),
  };
  calls.push(call);
  return { status: 201, body: shown(call) };
}

function listed({ calls }: TwilioAccount, { query }: Asked): Answered {
  const found = calls.filter(({ to, from }) =>
    (query.get("To") ?? to) === to && (query.get("From") ?? from) === from
  );
  return { status: 200, body: { page: 0, page_size: 50, calls: found.toReversed().map(shown) } };
}

/** A call that somebody made. */
function some(sid: string | undefined): TwilioCall | undefined {
  const at = new Date().toUTCString();
  const plain = { to: "", from: "", date_created: at, end_time: at, url: "", statusCallback: "" };
  return sid === undefined ? undefined : {
    ...plain,
    sid,
    status: "completed",
    duration: "15",
    price: "-0.03",
    price_unit: "USD",
    events: [],
  };
}

function recordingsOf({ recordings, anyFrom }: TwilioAccount, { sid }: TwilioCall): Answered {
  const all = anyFrom
    ? [{ sid: `RE${sid}`, call_sid: sid, duration: "14", status: "completed", mp3: Buffer.of() }]
    : recordings;
  const found = all.filter(({ call_sid }) => call_sid === sid)
    .map(({ mp3: _, ...one }) => Object.assign(one, { channels: 1, source: "OutboundAPI" }));
  return { status: 200, body: { page: 0, page_size: 50, recordings: found } };
}

function shown({ url: _, statusCallback: __, events: ___, ...call }: TwilioCall): object {
  return { ...call, direction: "outbound-api", answered_by: null, start_time: null };
}
