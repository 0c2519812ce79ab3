/** Plain text under way: blanks between words count as one, empty lines between paragraphs as well. */
export class TextLines {
  #written: string[] = [];
  #length = 0;
  /** Line ends to write before what comes next. */
  #breaks = 0;
  #isBlankDue = false;
  #isAtStart = true;

  /** Characters written so far. */
  get length(): number {
    return this.#length;
  }

  /** What was written after so many characters. */
  since(length: number): string {
    let from = this.#written.length;
    let left = this.#length - length;
    while (left > 0 && from > 0) left -= this.#written[--from]?.length ?? 0;
    return this.#written.slice(from).join("").slice(Math.max(-left, 0));
  }

  /** Adds words: blanks and line ends among them are a blank. */
  add(text: string): void {
    const words = text.split(/[ \t\r\n\f]+/);
    for (const [index, word] of words.entries()) {
      if (index > 0) this.#isBlankDue = true;
      if (word !== "") this.#write(word);
    }
  }

  /** Adds text with its line ends and blanks. */
  addAsIs(text: string): void {
    for (const [index, line] of text.split(/\r\n?|\n/).entries()) {
      if (index > 0) this.newLine();
      if (line !== "") this.#write(line);
    }
  }

  /** Begins a line with a mark, which needs no blank after it. */
  mark(text: string): void {
    this.endLine();
    this.#write(text);
    this.#isAtStart = true;
  }

  /** Ends the line, also an empty one. */
  newLine(): void {
    this.#isBlankDue = false;
    this.#isAtStart = true;
    this.#breaks++;
  }

  /** Ends the line, if anything is on it. */
  endLine(): void {
    this.#isBlankDue = false;
    this.#isAtStart = true;
    this.#breaks = Math.max(this.#breaks, 1);
  }

  /** Ends the line, if anything is on it, with an empty one after it. */
  endParagraph(): void {
    this.endLine();
    this.#breaks = Math.max(this.#breaks, 2);
  }

  /** All of it, without blanks at the ends of lines and of the whole. */
  text(): string {
    return this.#written.join("").split("\n").map((line) => line.trimEnd()).join("\n").trim();
  }

  #write(text: string): void {
    if (this.#length > 0 && this.#breaks > 0) this.#push("\n".repeat(Math.min(this.#breaks, 3)));
    else if (this.#isBlankDue && !this.#isAtStart) this.#push(" ");
    this.#breaks = 0;
    this.#isBlankDue = false;
    this.#isAtStart = false;
    this.#push(text);
  }

  #push(text: string): void {
    this.#written.push(text);
    this.#length += text.length;
  }
}
