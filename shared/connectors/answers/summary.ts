/** A line of a summary. */
export interface SummaryLine {
  text: string;
  title: string;
  /** Which of the answers it is, counted from 0; null for what is left at the end. */
  answer: number | null;
}

/** More answers than any form has questions; finding each takes a walk through the summary. */
const MOST_ANSWERS = 300;

/**
 * Jotform's summary of a form, `Title:answer, Title:answer`, in lines: it is broken after each of the
 * answers, which are given in their order. It writes a list with blanks between.
 */
export function summaryLines(summary: string, answers: readonly string[]): SummaryLine[] {
  const lines: SummaryLine[] = [];
  const whole = `${summary.trim()}, `;
  let from = 0;
  for (const [answer, given] of answers.slice(0, MOST_ANSWERS).entries()) {
    const shown = [given, given.replaceAll(", ", " ")].find((text) =>
      whole.includes(`:${text}, `, from)
    );
    if (shown === undefined) continue;
    const at = whole.indexOf(`:${shown}, `, from);
    const title = whole.slice(from, at);
    lines.push({ text: `${title}: ${shown}`, title, answer });
    from = at + shown.length + 3;
  }
  const rest = whole.slice(from).replace(/, $/, "");
  return rest === "" ? lines : [...lines, { text: rest, title: "", answer: null }];
}

/** Where the next title of a summary may begin, and no address such as https://example.com. */
const NEXT_TITLE = /, (?=[^,:]{1,200}:(?!\/\/))/;

/** The answers of what is left of a summary, as far as its titles and answers can be told apart. */
export function answersInSummary(rest: string): { question: string; value: string }[] {
  return rest.split(NEXT_TITLE).flatMap((line) => {
    const at = line.indexOf(":");
    return at < 1 ? [] : [{ question: line.slice(0, at), value: line.slice(at + 1) }];
  });
}
