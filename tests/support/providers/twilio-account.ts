import { randomBytes } from "node:crypto";
import type { Answered } from "./lasting-stand-in.ts";

/** A number that the account owns. */
export interface TwilioNumber {
  sid: string;
  phone_number: string;
  friendly_name: string;
  voice_url: string;
  status_callback: string;
}

/** A call of the account. */
export interface TwilioCall {
  sid: string;
  to: string;
  from: string;
  status: string;
  date_created: string;
  end_time: string | null;
  duration: string | null;
  price: string | null;
  price_unit: string;
  /** What it was placed with. */
  url: string;
  statusCallback: string;
  events: string[];
}

/** The account that a stand-in keeps. */
export interface TwilioAccount {
  sid: string;
  token: string;
  numbers: TwilioNumber[];
  calls: TwilioCall[];
  /** Recordings, by the call. */
  recordings: { sid: string; call_sid: string; duration: string; status: string; mp3: Buffer }[];
  /** Whether calls may come from any number. */
  anyFrom: boolean;
}

/** A request below the account. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  /** What was sent; what is no form is not read. */
  form: URLSearchParams;
}

/** An error as Twilio puts it. */
export function refusal(status: number, code: number, message: string): Answered {
  const more_info = `https://www.twilio.com/docs/errors/${code}`;
  return { status, body: { code, message, more_info, status } };
}

export function notFound(path: string): Answered {
  return refusal(404, 20404, `The requested resource ${path} was not found`);
}

/** A new id of a kind, such as `CA`. */
export function newSid(kind: string): string {
  return kind + randomBytes(16).toString("hex");
}
