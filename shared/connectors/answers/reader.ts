import type { Answer } from "./answer.ts";
import { isParticle, splitName, withParticle } from "./names.ts";
import { isAboutOthers, isOtherNumber, type Part, SURENESS } from "./question.ts";
import { saysNothing } from "./text.ts";
import {
  emailIn,
  looksLikeEmail,
  looksLikePhone,
  phoneIn,
  type Readable,
  storedEmail,
} from "./values.ts";

/** What a form says of the person who filled it in. */
export type Person = Partial<
  Record<"email" | "phone" | "first_name" | "last_name" | "company" | "title" | "message", string>
>;

/** The longest answer that may fill a field of the contact; it is of one line. */
const LONGEST_VALUE = 255;
/** Types of questions whose answer is never a name. */
const NO_NAME = /choice|select|dropdown|checkbox|radio|bool|yes_no|rating|number|date|file|upload/i;
const NO_PHONE = /number$|date|time|rating|scale/i;
/** A provider's answer without a title. */
const UNNAMED = "unnamed";
const LIKE_A_NAME = /^\p{Lu}[\p{L}'’.-]{0,20}(?: \p{Lu}[\p{L}'’.-]{0,20}){1,3}$/u;
const LIKE_A_NAME_WITHOUT_CASE = /^\p{Lo}[\p{Lo}\p{M}]{0,20}(?: [\p{Lo}\p{M}]{1,20}){1,3}$/u;

/** Finds in the answers of a form what it says of the person, each answer used once. */
export class Reader {
  readonly #answers: readonly Answer[];
  readonly #used = new Set<Answer>();
  readonly #step: () => void;

  constructor(answers: readonly Answer[], step: () => void) {
    this.#answers = answers;
    this.#step = step;
  }

  contact(): Person {
    const email = this.#read("email", emailIn, (answer) => looksLikeEmail(answer.text));
    const phone = this.#read(
      "phone",
      phoneIn,
      (answer) =>
        !NO_PHONE.test(answer.kind) && !isOtherNumber(answer.question) &&
        looksLikePhone(answer.text),
    );
    if (email.email !== undefined) this.#dropRepeated(email.email);
    return { ...email, ...phone, ...this.#short("company"), ...this.#short("title") };
  }

  name(): Person {
    const first = this.#best("first_name", isName);
    const last = this.#best("last_name", isName);
    const full = this.#best("full_name", isName) ?? (first || last ? undefined : this.#likeAName());
    if (first) this.#used.add(first);
    if (last) this.#used.add(last);
    const given = { first: cleaned(first?.text), last: cleaned(last?.text) };
    const whole = full && (full.parts ?? (first || last ? restOfName(full, given) : nameOf(full)));
    const name = { first: given.first || whole?.first, last: given.last || whole?.last };
    if (full && isAll(full, name, whole)) this.#used.add(full);
    return {
      ...(name.first ? { first_name: name.first } : this.#unreadable("first_name")),
      ...(name.last ? { last_name: this.#lastName(name.last) } : this.#unreadable("last_name")),
    };
  }

  // With what was asked for apart: what stands before it, and a second one.
  #lastName(last: string): string {
    const particle = this.#best("particle", isName) ??
      this.#best("middle_name", ({ text }) => isParticle(text));
    const second = this.#best("second_last_name", isName);
    if (particle) this.#used.add(particle);
    if (second) this.#used.add(second);
    const [before, after] = [cleaned(particle?.text), cleaned(second?.text)];
    const whole = before === "" ? last : withParticle(before, last);
    return after === "" || whole.endsWith(after) ? whole : `${whole} ${after}`;
  }

  /** What fills no field, a line each; of a form with a summary, what the summary lacks. */
  lines(hasSummary: boolean): string[] {
    return this.#answers.filter((answer) =>
      !this.#used.has(answer) && !(hasSummary && answer.kind !== "extra")
    )
      .map(({ question, text }) => question === "" ? text : `${question}: ${text}`);
  }

  #read(
    part: "email" | "phone",
    read: (text: string) => Readable | null,
    looksLikeIt: (answer: Answer) => boolean,
  ): Person {
    const best = this.#best(part, ({ text }) => read(text) !== null) ??
      this.#first((answer) =>
        !answer.asked.has(part) && !answer.other && !isAboutOthers(answer.question) &&
        looksLikeIt(answer)
      );
    if (best === undefined) return this.#unreadable(part);
    const found = read(best.text);
    if (found === null) return {};
    if (found.whole) this.#used.add(best);
    return { [part]: found.value };
  }

  #short(part: "company" | "title"): Person {
    const best = this.#best(part, isShort);
    if (best === undefined) return this.#unreadable(part);
    this.#used.add(best);
    return { [part]: cleaned(best.text) };
  }

  #best(part: Part, fits: (answer: Answer) => boolean): Answer | undefined {
    let best: Answer | undefined;
    for (const answer of this.#each()) {
      const sureness = answer.asked.get(part);
      if (sureness === undefined || saysNothing(answer.text) || !fits(answer)) continue;
      if (best === undefined || sureness > (best.asked.get(part) ?? 0)) best = answer;
    }
    return best;
  }

  // What is surely meant for a field is told with it, so that the answer can say that it does not fit.
  #unreadable(part: Part & keyof Person): Person {
    const meant = this.#first(({ asked }) => (asked.get(part) ?? 0) >= SURENESS.whole);
    if (meant === undefined) return {};
    if (!saysNothing(meant.text)) return { [part]: meant.text };
    this.#used.add(meant);
    return {};
  }

  #dropRepeated(email: string): void {
    const address = storedEmail(email);
    for (const answer of this.#each()) {
      if (!answer.asked.has("email")) continue;
      const found = emailIn(answer.text);
      if (found?.whole && storedEmail(found.value) === address) this.#used.add(answer);
    }
  }

  *#each(): Generator<Answer> {
    for (const answer of this.#answers) {
      this.#step();
      yield answer;
    }
  }

  #first(fits: (answer: Answer) => boolean): Answer | undefined {
    for (const answer of this.#each()) {
      if (fits(answer)) return answer;
    }
    return undefined;
  }

  #likeAName(): Answer | undefined {
    const like = this.#first(({ kind, text }) =>
      kind === UNNAMED && (LIKE_A_NAME.test(text) || LIKE_A_NAME_WITHOUT_CASE.test(text))
    );
    return like && { ...like, inferred: true };
  }
}

// Which part is which is not told by a title that may not be the answer's.
function nameOf({ text, inferred }: Answer): ReturnType<typeof splitName> {
  return inferred ? { first: cleaned(text), last: "", whole: false } : splitName(cleaned(text));
}

// A form may ask for the first name and for "Name", which then is the last name, or the reverse.
function restOfName({ text }: Answer, { first, last }: { first: string; last: string }) {
  const whole = cleaned(text);
  return {
    first: last !== "" && whole.endsWith(` ${last}`) ? whole.slice(0, -last.length - 1) : whole,
    last: first !== "" && whole.startsWith(`${first} `) ? whole.slice(first.length + 1) : whole,
  };
}

function isAll(
  { text, parts, inferred }: Answer,
  name: { first?: string; last?: string },
  whole: { first?: string; last?: string; whole?: boolean } | undefined,
): boolean {
  if (inferred || whole === undefined) return false;
  if (parts === undefined && "whole" in whole) return whole.whole === true;
  const told = [name.first, name.last].filter(Boolean);
  return cleaned(text) === told.join(" ") || told.includes(cleaned(text));
}

function isShort({ text }: Answer): boolean {
  return text.length <= LONGEST_VALUE && !/[\n\r]/.test(text);
}

function isName(answer: Answer): boolean {
  return isShort(answer) && !NO_NAME.test(answer.kind) && /\p{L}/u.test(answer.text) &&
    !answer.text.includes("@") && !/^https?:/i.test(answer.text);
}

function cleaned(text = ""): string {
  return text.replace(/\p{Cc}+/gu, " ").replace(/\s+/gu, " ").trim();
}
