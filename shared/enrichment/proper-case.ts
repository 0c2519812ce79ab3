/** Letters that change with their case at the beginning of a name; those of Georgian do not. */
const WORD = /\p{L}[\p{L}\p{M}]*/gu;
const WITHOUT_CAPITALS = /\p{Script=Georgian}/u;

/** A name in proper case, `O'Brien` of `O'BRIEN`; one that has letters of both cases already stays as it is. */
export function properCase(name: string): string {
  const text = name.normalize("NFC");
  return hasBothCases(text) ? text : text.replaceAll(WORD, capitalized);
}

function hasBothCases(text: string): boolean {
  return /\p{Lu}/u.test(text) && /\p{Ll}/u.test(text);
}

function capitalized(word: string): string {
  if (WITHOUT_CAPITALS.test(word)) return word;
  const [first = ""] = word;
  // One letter may become two, such as a ligature: only the first of them is a capital.
  const [capital = "", ...more] = first.toUpperCase();
  return (capital + more.join("").toLowerCase() +
    word.toLowerCase().slice(first.toLowerCase().length))
    .normalize("NFC");
}
