import { Parser } from "htmlparser2";
import { TextLines } from "./text-lines.ts";

const HIDDEN = new Set([
  "head",
  "style",
  "script",
  "template",
  "title",
  "svg",
  "textarea",
  "select",
]);
// With an empty line around them.
const PARAGRAPHS = new Set(
  ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "hr"],
);
const LINES = new Set(
  ["div", "li", "dt", "dd", "tr", "td", "th", "caption", "section", "article", "header", "footer"]
    .concat(
      "main",
      "nav",
      "aside",
      "address",
      "center",
      "figure",
      "figcaption",
      "fieldset",
      "form",
    ),
);

// No mail that people read comes near; the parser's time grows with the square of it.
const DEEPEST = 500;

/** A list that is open. */
interface List {
  /** The number of its next entry; null for one without numbers. */
  next: number | null;
}

class TooDeep extends Error {}

/**
 * What a body in HTML says, for readers of plain text: links with their addresses, no images. It ends
 * at 500 elements within each other.
 */
export function textOfHtml(html: string): string {
  const reader = new HtmlReader();
  let depth = 0;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (++depth > DEEPEST) throw new TooDeep();
      reader.open(name, attributes);
    },
    onclosetag(name) {
      depth--;
      reader.close(name);
    },
    ontext: (text) => reader.text(text),
  });
  try {
    parser.end(html);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
  }
  return reader.lines.text();
}

class HtmlReader {
  readonly lines = new TextLines();
  readonly #lists: List[] = [];
  readonly #links: { href: string; from: number }[] = [];
  #hidden = 0;
  #preformatted = 0;

  open(name: string, attributes: Record<string, string>): void {
    if (HIDDEN.has(name)) this.#hidden++;
    if (name === "br") this.lines.newLine();
    this.#breakFor(name);
    if (name === "pre") this.#preformatted++;
    if (name === "ul" || name === "ol") {
      this.#lists.push({
        next: name === "ol" ? Number.parseInt(attributes.start ?? "1") || 1 : null,
      });
    }
    if (name === "li") this.#entry();
    if (name === "a") {
      this.#links.push({ href: attributes.href?.trim() ?? "", from: this.lines.length });
    }
  }

  close(name: string): void {
    if (HIDDEN.has(name)) this.#hidden--;
    if (name === "pre") this.#preformatted--;
    if (name === "ul" || name === "ol") this.#lists.pop();
    if (name === "a") this.#endLink();
    this.#breakFor(name);
  }

  text(text: string): void {
    if (this.#hidden > 0) return;
    if (this.#preformatted > 0) this.lines.addAsIs(text);
    else this.lines.add(text);
  }

  #breakFor(name: string): void {
    // A list within a list begins on the next line.
    const isInner = (name === "ul" || name === "ol") && this.#lists.length > 0;
    if (PARAGRAPHS.has(name) && !isInner) this.lines.endParagraph();
    else if (LINES.has(name) || isInner) this.lines.endLine();
  }

  #entry(): void {
    const list = this.#lists.at(-1);
    const indent = "  ".repeat(Math.min(Math.max(this.#lists.length - 1, 0), 10));
    const mark = list?.next == null ? "*" : `${list.next++}.`;
    this.lines.mark(`${indent}${mark} `);
  }

  #endLink(): void {
    const { href, from } = this.#links.pop() ?? { href: "", from: 0 };
    const shown = this.lines.since(from).trim();
    const address = href.replace(/^mailto:/i, "");
    if (!/^(https?|mailto|tel):/i.test(href) || shown === address || shown === href) return;
    this.lines.add(shown === "" ? address : ` [${address}]`);
  }
}
