import { type Twilio, twilio } from "../../providers/voice/twilio.ts";
import type { Call } from "../../http/call.ts";
import { notConfigured } from "./errors.ts";

/** The telephone service. Throws Refusal when it is not configured. */
export function voiceService({ services: { env, publicUrl } }: Pick<Call, "services">): Twilio {
  const service = twilio(env);
  // It calls back, at an address of the web.
  if (service !== null && publicUrl.startsWith("http")) return service;
  throw notConfigured(
    "voice",
    "Calls need TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and an address of the web in LUMENBASE_PUBLIC_URL.",
  );
}
