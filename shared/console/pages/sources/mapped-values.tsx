import { Facts } from "../../ui/values.tsx";
import { fieldLabel } from "./field-names.ts";

/** What a field map gives, field by field. */
export function MappedValues({ values }: { values: Readonly<Record<string, unknown>> }) {
  const given = Object.entries(values);
  if (given.length === 0) return <p class="quiet">Nothing.</p>;
  return <Facts facts={given.map(([field, value]) => [fieldLabel(field), textOf(value)])} />;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
