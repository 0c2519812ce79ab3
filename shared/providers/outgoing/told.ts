import { Buffer } from "node:buffer";

const MOST_CHARACTERS = 500;
// A shorter one would be found in any text.
const LEAST_SECRET = 4;
const MASK = "********";

/**
 * What another side said, fit to be kept and shown: one line of at most 500 characters, in which the
 * secrets, also in base64 or percent-encoded, are masked.
 */
export function told(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter((secret) => secret.length >= LEAST_SECRET)
    .flatMap(formsOf)
    .sort((a, b) => b.length - a.length);
  const masked = forms.reduce((rest, form) => rest.replaceAll(form, MASK), text);
  return masked.replace(/[\p{Cc}\s]+/gu, " ").trim().slice(0, MOST_CHARACTERS).toWellFormed();
}

function formsOf(secret: string): string[] {
  const base64 = Buffer.from(secret).toString("base64").replace(/=+$/, "");
  return [secret, base64, encodeURIComponent(secret)];
}
