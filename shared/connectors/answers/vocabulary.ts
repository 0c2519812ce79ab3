/** In one form whatever the case, the accents and what stands between the words. */
export function folded(text: string): string {
  return text.replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2").normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "").normalize("NFKC").toLowerCase().normalize("NFC")
    .replace(/[\u0300-\u036f]/g, "").replace(/(\p{L})\d{1,4}(?!\p{L})/gu, "$1")
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ").replace(/^ ?(?:q ?)?\d+ (?=\p{L})/u, " ").trim()
    .replace(/ \d+$/, "");
}

/** The phrases of lists that have `|` between, folded. */
export function phrasesOf(lists: readonly string[]): string[] {
  return lists.flatMap((list) => list.split("|")).map(folded);
}

/** The words of lists that have blanks between, folded. */
export function tokenSet(lists: readonly string[]): Set<string> {
  return new Set(lists.flatMap((list) => folded(list).split(" ")));
}

// Scripts that put blanks between words.
const SPACED = /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N} ]+$/u;
const LONGEST_PHRASE = 6;

/** Phrases to find in a folded wording: those of alphabets as words of their own, others anywhere. */
export class Vocabulary {
  readonly #own = new Set<string>();
  readonly #within: RegExp | null;

  /** Phrases of an alphabet with as many letters as `telling` are found within words too. */
  constructor(lists: readonly string[], telling = Infinity) {
    const within: string[] = [];
    for (const phrase of phrasesOf(lists)) {
      if (SPACED.test(phrase) && phrase.length < telling) this.#own.add(phrase);
      else within.push(phrase);
    }
    within.sort((a, b) => b.length - a.length);
    this.#within = within.length === 0 ? null : new RegExp(within.join("|"), "gu");
  }

  /** The phrases in a wording, the longest first at each place, and what is left beside them. */
  find(wording: string): { phrases: string[]; rest: string } {
    const phrases: string[] = [];
    const left: string[] = [];
    const text = this.#within === null ? wording : wording.replace(this.#within, (phrase) => {
      phrases.push(phrase);
      return " ";
    });
    const tokens = text.split(" ").filter((token) => token !== "");
    for (let at = 0; at < tokens.length; at += 1) {
      const phrase = this.#longestAt(tokens, at);
      if (phrase === undefined) left.push(tokens[at] ?? "");
      else {
        phrases.push(phrase);
        at += phrase.split(" ").length - 1;
      }
    }
    return { phrases, rest: left.join(" ") };
  }

  /** Whether a phrase is in a wording. */
  isIn(wording: string): boolean {
    return this.find(wording).phrases.length > 0;
  }

  #longestAt(tokens: readonly string[], at: number): string | undefined {
    for (let length = Math.min(LONGEST_PHRASE, tokens.length - at); length > 0; length -= 1) {
      const phrase = tokens.slice(at, at + length).join(" ");
      if (this.#own.has(phrase)) return phrase;
    }
    return undefined;
  }
}
