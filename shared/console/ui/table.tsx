import type { ComponentChildren } from "preact";

/** A column of a table. */
export interface Column<T> {
  title: string;
  cell(row: T): ComponentChildren;
  /** Numbers stand at the end of their cells. */
  isNumber?: boolean;
}

interface TableProps<T> {
  /** What the table is of, for screen readers. */
  caption: string;
  rows: readonly T[];
  columns: readonly Column<T>[];
  keyOf(row: T): string | number;
  /** What stands there without rows. */
  empty: ComponentChildren;
}

/** A table, which on a narrow screen is a list of its rows with the names of their values. */
export function Table<T>({ caption, rows, columns, keyOf, empty }: TableProps<T>) {
  if (rows.length === 0) return <div class="empty">{empty}</div>;
  // Roles are said, as styles that change how a table is laid out take them from it.
  return (
    <table role="table">
      <caption class="unseen">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ title, isNumber }) => (
            <th key={title} role="columnheader" scope="col" class={isNumber ? "number" : ""}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map(({ title, cell, isNumber }) => (
              <td key={title} role="cell" data-title={title} class={isNumber ? "number" : ""}>
                <div dir="auto">{cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
