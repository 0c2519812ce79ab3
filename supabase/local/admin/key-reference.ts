import { type Api, APIS, KEY_PREFIXES } from "../../../shared/auth/api-key.ts";
import { Refusal } from "./refusal.ts";

/** Names a key, by its public id or by its UUID. */
export interface KeyReference {
  publicId?: string;
  id?: string;
  /** Its API, when the prefix is that of another than lumenbase. */
  api?: Api;
}

/** A key as it is shown: all but its secret. */
export function shownKey({ api, publicId }: { api: Api; publicId: string }): string {
  return `${KEY_PREFIXES[api]}${publicId}_…`;
}

/** What to say when there is no such key. */
export function unknownKey({ api = "lumenbase", publicId, id }: KeyReference): Refusal {
  const shown = publicId === undefined ? id : shownKey({ api, publicId });
  return new Refusal(
    "not_found",
    `There is no key ${shown}: see \`npm run admin -- keys list\`.`,
  );
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const KEY = new RegExp(
  `^(${Object.values(KEY_PREFIXES).join("|")})?([0-9A-Za-z]{12})(?:_…|_[0-9A-Za-z]*)?$`,
);

/** Reads what names a key: its public id, a prefix + that, the whole key, or its UUID. */
export function keyReference(text: string): KeyReference {
  if (UUID.test(text)) return { id: text.toLowerCase() };
  const [, prefix, publicId] = KEY.exec(text) ?? [];
  if (publicId !== undefined) {
    const api = APIS.find((one) => KEY_PREFIXES[one] === prefix);
    return api === undefined || api === "lumenbase" ? { publicId } : { publicId, api };
  }
  throw new Refusal(
    "invalid_argument",
    "The key is not named in a known form: give its public id (lb_live_, lh_, ak_ or lio_ and 12 " +
      "letters and digits) or its UUID, as `npm run admin -- keys list` shows them.",
  );
}
