import { Parser } from "htmlparser2";

const MOST_LINKS = 1_000;
const LONGEST_ADDRESS = 2_048;
// The parser's time grows with the square of it.
const DEEPEST = 500;

class TooDeep extends Error {}

/** A body in HTML whose links lead elsewhere, and where they led. */
export interface TrackedHtml {
  html: string;
  /** Each address once; the first is number 1. */
  links: string[];
}

/**
 * Replaces the addresses of links by those that `addressOf` makes of their numbers; nothing else is
 * changed. Only links by http and https count, the first 1,000, and none behind 500 elements within
 * each other.
 */
export function trackLinks(html: string, addressOf: (link: number) => string): TrackedHtml {
  const numbers = new Map<string, number>();
  const parts: string[] = [];
  let copied = 0;
  let replaced = 0;
  eachLink(html, (href, start, end) => {
    const address = webAddress(href);
    if (address === null || replaced++ >= MOST_LINKS) return;
    const number = numbers.get(address) ?? numbers.size + 1;
    numbers.set(address, number);
    parts.push(html.slice(copied, start), `href="${addressOf(number)}"`);
    copied = end;
  });
  return { html: parts.join("") + html.slice(copied), links: [...numbers.keys()] };
}

/** Adds an image that cannot be seen, at the end of the body. */
export function withPixel(html: string, address: string): string {
  const end = [...html.matchAll(/<\/body\s*>/gi)].at(-1)?.index ?? html.length;
  const image = `<img src="${address}" width="1" height="1" alt="" border="0">`;
  return html.slice(0, end) + image + html.slice(end);
}

// Every `href` of a link: its value, and where in the text the attribute begins and ends.
function eachLink(html: string, found: (href: string, start: number, end: number) => void): void {
  let [element, depth] = ["", 0];
  const parser = new Parser({
    onopentagname(name) {
      element = name;
    },
    onattribute(name, value) {
      if (name !== "href" || (element !== "a" && element !== "area")) return;
      found(value, parser.startIndex, parser.endIndex);
    },
    onopentag() {
      if (++depth > DEEPEST) throw new TooDeep();
    },
    onclosetag() {
      depth--;
    },
  });
  try {
    parser.end(html);
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
  }
}

// As it stands there, unless a Location header cannot have that.
function webAddress(href: string): string | null {
  const given = href.trim();
  if (!URL.canParse(given)) return null;
  const { protocol, href: whole } = new URL(given);
  const address = /^https?:\/\/[\x21-\x7e]+$/i.test(given) ? given : whole;
  const isWeb = protocol === "http:" || protocol === "https:";
  return isWeb && address.length <= LONGEST_ADDRESS ? address : null;
}
