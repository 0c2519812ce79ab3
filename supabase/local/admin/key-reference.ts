import { Refusal } from "./refusal.ts";

/** Names a key, by its public id or by its UUID. */
export interface KeyReference {
  publicId?: string;
  id?: string;
}

/** What to say when there is no such key. */
export function unknownKey({ publicId, id }: KeyReference): Refusal {
  const shown = publicId === undefined ? id : `lb_live_${publicId}_…`;
  return new Refusal(
    "not_found",
    `There is no key ${shown}: see \`npm run admin -- keys list\`.`,
  );
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const KEY = /^(?:lb_live_)?([0-9A-Za-z]{12})(?:_…|_[0-9A-Za-z]*)?$/;

/** Reads what names a key: its public id, `lb_live_` + that, the whole key, or its UUID. */
export function keyReference(text: string): KeyReference {
  if (UUID.test(text)) return { id: text.toLowerCase() };
  const publicId = KEY.exec(text)?.[1];
  if (publicId !== undefined) return { publicId };
  throw new Refusal(
    "invalid_argument",
    "The key is not named in a known form: give its public id (lb_live_ and 12 letters and " +
      "digits) or its UUID, as `npm run admin -- keys list` shows them.",
  );
}
