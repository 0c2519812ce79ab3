import { type Answer, readAnswer, titled } from "./answer.ts";
import type { GivenAnswer } from "./answer-object.ts";
import { type Person, Reader } from "./reader.ts";
import { answersInSummary, summaryLines } from "./summary.ts";
import { textOf } from "./text.ts";

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
  const reader = new Reader(form.answers, step);
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
  const found = answers.map((answer, index) => {
    const title = titles.get(index);
    return title === undefined ? answer : titled(answer, title);
  });
  const left = lines.filter(({ answer }) => answer === null).flatMap(({ text }) =>
    answersInSummary(text)
  );
  return {
    answers: [...found, ...left.flatMap((one) => readAnswer(one) ?? [])],
    lines: lines.map(({ text }) => text),
  };
}
