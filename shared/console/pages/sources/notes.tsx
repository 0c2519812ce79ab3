import type { FieldNote } from "./connectors.ts";

/** What is told of fields, one line each. */
export function Notes({ notes }: { notes: readonly FieldNote[] }) {
  return (
    <ul class="notes">
      {notes.map(({ field, message }) => (
        <li key={field + message} dir="auto">
          <code>{field}</code> {message}
        </li>
      ))}
    </ul>
  );
}
