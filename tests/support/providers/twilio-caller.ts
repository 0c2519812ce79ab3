import { twilioSignature } from "../../../shared/providers/voice/signature.ts";
import { FUNCTIONS_ENVIRONMENT } from "../functions-environment.ts";
import type { TwilioAccount } from "./twilio-account.ts";

/** Where a callback goes, and how it is signed. */
export interface Calling {
  /** The gateway, whose address outside is another. */
  gatewayUrl: string;
  account: Pick<TwilioAccount, "sid" | "token">;
}

/** Calls an address back as Twilio does, with its signature unless another is given (null: none). */
export async function callBack(
  { gatewayUrl, account }: Calling,
  url: string,
  fields: Record<string, string>,
  signature?: string | null,
): Promise<Response> {
  const form = new URLSearchParams({
    AccountSid: account.sid,
    ApiVersion: "2010-04-01",
    ...fields,
  });
  const right = twilioSignature(account.token, url, form);
  const signed = signature === undefined ? right : signature;
  return await fetch(
    url.replace(FUNCTIONS_ENVIRONMENT.LUMENBASE_PUBLIC_URL, `${gatewayUrl}/functions/v1`),
    {
      method: "POST",
      headers: {
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        ...(signed === null ? {} : { "X-Twilio-Signature": signed }),
      },
      body: form,
    },
  );
}
