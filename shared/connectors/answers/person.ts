import { type Answer, readAnswer, titled } from "./answer.ts";
import type { GivenAnswer } from "./flatten.ts";
import { splitName } from "./names.ts";
import { isAboutOthers, isOtherNumber, type Part, SURENESS } from "./question.ts";
import { summaryLines } from "./summary.ts";
import { textOf } from "./text.ts";
import { emailIn, looksLikeEmail, looksLikePhone, phoneIn, type Readable } from "./values.ts";

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

/** What else a form has beside its answers. */
export interface FormTexts {
  /** The first line of the message, such as the form's name. */
  heading?: unknown;
  /** The form in one line, with titles that the answers lack. */
  summary?: unknown;
}

/**
 * Reads the answers of a form: email, phone, names, company and job title each come from the answer
 * that asks for it most surely, and all that fills no field is a line of the message. An answer that
 * is asked for but cannot be read is given as it is, and is a line too.
 */
export function personOf(
  given: unknown,
  { heading, summary }: FormTexts,
  step: () => void,
): Person {
  const answers: Answer[] = [];
  for (const one of [given].flat(Infinity)) {
    step();
    const answer = isGiven(one) ? readAnswer(one) : undefined;
    if (answer !== undefined) answers.push(answer);
  }
  const form = typeof summary === "string" && summary.trim() !== ""
    ? summarised(answers, summary)
    : { answers, lines: [] };
  const reader = new Reader(form.answers);
  const person = { ...reader.contact(), ...reader.name() };
  const lines = [textOf(heading), ...form.lines, ...reader.lines(form.lines.length > 0)];
  const message = lines.filter((line) => line !== "").join("\n");
  return message === "" ? person : { ...person, message };
}

function isGiven(value: unknown): value is GivenAnswer {
  return typeof value === "object" && value !== null;
}

function summarised(answers: readonly Answer[], summary: string) {
  const lines = summaryLines(summary, answers.map(({ text }) => text));
  const titles = new Map(lines.map(({ answer, title }) => [answer, title]));
  return {
    answers: answers.map((answer, index) => {
      const title = titles.get(index);
      return title === undefined ? answer : titled(answer, title);
    }),
    lines: lines.map(({ text }) => text),
  };
}

class Reader {
  readonly #answers: readonly Answer[];
  readonly #used = new Set<Answer>();

  constructor(answers: readonly Answer[]) {
    this.#answers = answers;
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
      ...(name.last ? { last_name: name.last } : this.#unreadable("last_name")),
    };
  }

  /** What fills no field, a line each; of a form with a summary, what the summary lacks. */
  lines(summarised: boolean): string[] {
    return this.#answers.filter((answer) =>
      !this.#used.has(answer) && !(summarised && !isExtra(answer))
    )
      .map(({ question, text }) => question === "" ? text : `${question}: ${text}`);
  }

  #read(
    part: "email" | "phone",
    read: (text: string) => Readable | null,
    looksLikeIt: (answer: Answer) => boolean,
  ): Person {
    const best = this.#best(part, ({ text }) => read(text) !== null) ??
      this.#answers.find((answer) =>
        !answer.asked.has(part) && !isAboutOthers(answer.question) && looksLikeIt(answer)
      );
    if (best === undefined) return this.#unreadable(part);
    const found = read(best.text);
    if (found === null) return {};
    if (found.whole) this.#used.add(best);
    return { [part]: found.whole ? best.text : found.value };
  }

  #short(part: "company" | "title"): Person {
    const best = this.#best(part, isShort);
    if (best === undefined) return this.#unreadable(part);
    this.#used.add(best);
    return { [part]: cleaned(best.text) };
  }

  #best(part: Part, fits: (answer: Answer) => boolean): Answer | undefined {
    let best: Answer | undefined;
    for (const answer of this.#answers) {
      const sureness = answer.asked.get(part);
      if (sureness === undefined || !fits(answer)) continue;
      if (best === undefined || sureness > (best.asked.get(part) ?? 0)) best = answer;
    }
    return best;
  }

  // What is surely meant for a field is told with it, so that the answer can say that it does not fit.
  #unreadable(part: Part & keyof Person): Person {
    const meant = this.#answers.find(({ asked }) => (asked.get(part) ?? 0) >= SURENESS.whole);
    return meant === undefined ? {} : { [part]: meant.text };
  }

  #dropRepeated(email: string): void {
    const address = emailIn(email)?.value;
    for (const answer of this.#answers) {
      if (!answer.asked.has("email")) continue;
      const found = emailIn(answer.text);
      if (found?.whole && found.value === address) this.#used.add(answer);
    }
  }

  #likeAName(): Answer | undefined {
    const like = this.#answers.find(({ kind, text }) =>
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

function isExtra({ kind }: Answer): boolean {
  return kind === "extra";
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
