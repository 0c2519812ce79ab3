import { native } from "../../api.ts";
import { besideFields } from "../../api-error.ts";
import type { Once } from "../../once.ts";
import { KEY_APIS } from "./scopes.ts";

/** A key as it is filled in. */
export interface Draft {
  name: string;
  api: string;
  scopes: readonly string[];
  days: string;
  ips: string;
  domains: string;
  rate: string;
}

/** The fields of a key, as the API calls them. */
export const KEY_FIELDS = [
  "name",
  "scopes",
  "expires_at",
  "allowed_ips",
  "allowed_domains",
  "rate_limit",
];

/** Makes the key, which expires so many days from a time (Unix milliseconds) on, and answers its text. */
export async function madeKey(
  draft: Draft,
  from: number,
  once: Once,
): Promise<string> {
  const { name, api: id, scopes, days, ips, domains, rate } = draft;
  const api = KEY_APIS.find((one) => one.id === id);
  const body = {
    name,
    api: id,
    scopes,
    expires_at: days ? new Date(from + Number(days) * 86_400_000).toISOString() : null,
    allowed_ips: linesOf(ips),
    allowed_domains: api?.hasDomains ? linesOf(domains) : null,
    rate_limit: api?.window && rate ? Number(rate) : null,
  };
  try {
    const { data } = await once(
      body,
      (idempotencyKey) =>
        native.post<{ data: { key: string } }>("v1-public-api-keys", body, { idempotencyKey }),
    );
    return data.key;
  } catch (error) {
    throw besideFields(error, KEY_FIELDS);
  }
}

function linesOf(text: string): string[] | null {
  const lines = text.split(/[\n,]/).map((line) => line.trim()).filter((line) => line !== "");
  return lines.length === 0 ? null : lines;
}
