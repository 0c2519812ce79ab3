import type { ComponentChildren } from "preact";
import type { Column } from "../../ui/table.tsx";

/** A list of records. */
export interface RecordList<T> {
  module: "lead" | "contact" | "company";
  /** `Leads` */
  title: string;
  /** `lead` */
  one: string;
  /** The path of the list in LIO. */
  path: string;
  /** Every filter that LIO's list knows, with those the page has no control for. */
  names: readonly string[];
  columns: readonly Column<T>[];
  nameOf(record: T): string;
  /** What to do while there is no record at all. */
  start: ComponentChildren;
  /** The dialog that makes one. */
  create(close: () => void): ComponentChildren;
  /** What can be done with several at once. */
  several?(ids: readonly number[], done: () => void): ComponentChildren;
}
