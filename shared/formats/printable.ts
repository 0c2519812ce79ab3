/** The text without control characters, which could change what a terminal or a page shows. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}|\p{Bidi_Control}/gu, "\u{FFFD}");
}
