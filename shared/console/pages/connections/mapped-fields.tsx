import { SelectField } from "../../ui/fields.tsx";
import type { Mapped, Property } from "./hubspot.ts";

interface MappedFieldsProps {
  legend: string;
  properties: readonly Property[];
  fields: readonly (readonly [field: string, name: string])[];
  rows: Mapped;
  onChange(rows: Mapped): void;
  error?: string | undefined;
}

/** Which field each property becomes: a row for each that is imported. */
export function MappedFields(
  { legend, properties, fields, rows, onChange, error }: MappedFieldsProps,
) {
  const left = properties.filter(({ name }) => !rows.some(([one]) => one === name));
  const first = left[0];
  const change = (at: number, row: Mapped[number] | null) =>
    onChange(rows.flatMap((one, n) => n !== at ? [one] : row === null ? [] : [row]));
  return (
    <fieldset>
      <legend>{legend}</legend>
      {error && <p class="wrong">{error}</p>}
      <div class="mapped">
        {rows.map(([property, field], at) => (
          <div key={at} role="group" aria-label={labelOf(properties, property)}>
            <SelectField
              label="Property"
              value={property}
              choices={[[property, labelOf(properties, property)], ...left.map(choiceOf)]}
              onChange={(next) =>
                change(at, [next, field])}
            />
            <SelectField
              label="Becomes"
              value={field}
              choices={fields}
              onChange={(next) =>
                change(at, [property, next])}
            />
            <button
              type="button"
              class="plain"
              aria-label={`Leave out ${labelOf(properties, property)}`}
              onClick={() =>
                change(at, null)}
            >
              ×
            </button>
          </div>
        ))}
      </div>
      {first && (
        <button
          type="button"
          onClick={() => onChange([...rows, [first.name, fieldFor(first.name, fields)]])}
        >
          Add a property
        </button>
      )}
    </fieldset>
  );
}

function choiceOf({ name, label }: Property): readonly [string, string] {
  return [name, label === name ? name : `${label} (${name})`];
}

function labelOf(properties: readonly Property[], name: string): string {
  const property = properties.find((one) => one.name === name);
  return property ? choiceOf(property)[1] : name;
}

// The last one takes whatever there is.
function fieldFor(name: string, fields: MappedFieldsProps["fields"]): string {
  return fields.find(([field]) => field === name)?.[0] ?? fields.at(-1)?.[0] ?? "";
}
