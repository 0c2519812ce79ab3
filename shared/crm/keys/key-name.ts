import { withoutSecrets } from "../../auth/without-secrets.ts";
import { printable } from "../../formats/printable.ts";

/** The longest name of a key, in characters. */
export const LONGEST_NAME = 200;

/** Whether a text can be the name of a key. One pasted by mistake must not end up stored as text. */
export function isKeyName(text: string): boolean {
  const length = [...text].length;
  return length >= 1 && length <= LONGEST_NAME && printable(text) === text &&
    withoutSecrets(text) === text;
}
