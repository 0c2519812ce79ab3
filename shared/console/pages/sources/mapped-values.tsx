import { Facts } from "../../ui/values.tsx";
import { fieldLabel, inOrder } from "./field-names.ts";

const LONGEST = 500;

/** What a field map gives, field by field. */
export function MappedValues({ values }: { values: Readonly<Record<string, unknown>> }) {
  const given = inOrder(values);
  if (given.length === 0) return <p class="quiet">Nothing.</p>;
  return <Facts facts={given.map(([field, value]) => [fieldLabel(field), shortText(value)])} />;
}

// What was received is beside it, as a whole.
function shortText(value: unknown): string {
  const text = textOf(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** A value that a field map gives, as text. */
export function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
