import { createHmac } from "node:crypto";

/**
 * What Twilio signs a request to an address with: the address, then each field of the form by its name, each
 * with its value, under the account's token (HMAC-SHA1).
 */
export function twilioSignature(token: string, url: string, form: URLSearchParams): string {
  const names = [...new Set(form.keys())].toSorted();
  const fields = names.flatMap((name) =>
    [...new Set(form.getAll(name))].toSorted().map((value) => name + value)
  );
  return createHmac("sha1", token).update(url + fields.join("")).digest("base64");
}
