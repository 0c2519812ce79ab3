// @ts-types="@types/html-to-text"
import { convert } from "html-to-text";

// Deeper ones are cut, which no mail that people read comes near.
const MAX_DEPTH = 200;

const LINE = { leadingLineBreaks: 1, trailingLineBreaks: 1 };
const HEADING = { uppercase: false };

/** What a body in HTML says, for readers of plain text: links with their addresses, no images. */
export function textOfHtml(html: string): string {
  return convert(html, {
    wordwrap: false,
    limits: { maxDepth: MAX_DEPTH },
    selectors: [
      { selector: "a", options: { hideLinkHrefIfSameAsText: true } },
      { selector: "img", format: "skip" },
      { selector: "td", format: "block", options: LINE },
      { selector: "th", format: "block", options: LINE },
      ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: HEADING })),
    ],
  });
}
