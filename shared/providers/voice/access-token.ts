/** What Twilio's access tokens are made with. */
export interface TokenMaker {
  accountSid: string;
  keySid: string;
  keySecret: string;
  appSid: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What is configured for access tokens; null when a variable is missing. */
export function tokenMaker(env: Environment): TokenMaker | null {
  const {
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_API_KEY_SID: keySid,
    TWILIO_API_KEY_SECRET: keySecret,
    TWILIO_APP_SID: appSid,
  } = env;
  return accountSid && keySid && keySecret && appSid
    ? { accountSid, keySid, keySecret, appSid }
    : null;
}

/** A token by which a client calls and is called under its identity, from a time (Unix seconds) for so many seconds. */
export async function accessToken(
  { accountSid, keySid, keySecret, appSid }: TokenMaker,
  identity: string,
  at: number,
  seconds: number,
): Promise<string> {
  const { SignJWT } = await import("../../auth/jwt.ts");
  const voice = { incoming: { allow: true }, outgoing: { application_sid: appSid } };
  return await new SignJWT({ grants: { identity, voice } })
    .setProtectedHeader({ alg: "HS256", typ: "JWT", cty: "twilio-fpa;v=1" })
    .setJti(`${keySid}-${at}`).setIssuer(keySid).setSubject(accountSid)
    .setIssuedAt(at).setNotBefore(at).setExpirationTime(at + seconds)
    .sign(new TextEncoder().encode(keySecret));
}
