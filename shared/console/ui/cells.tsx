import type { ComponentChildren } from "preact";

/** What a wide table breaks over no lines, such as an amount or a day. */
export function Whole({ children }: { children: ComponentChildren }) {
  return <span class="cell-whole">{children}</span>;
}

/** A text of any length, of which a table shows three lines. */
export function Clamped({ text }: { text: string | null }) {
  return <span class="cell-clamped" title={text ?? ""}>{text}</span>;
}
