import { useId, useState } from "preact/hooks";
import type { Target } from "./connectors.ts";
import { fieldLabel, FIELDS } from "./field-names.ts";

/** Fields with their expressions, in the order they stand in. */
export type Rows = readonly (readonly [field: string, expression: string])[];

interface MapRowsProps {
  target: Target;
  rows: Rows;
  onChange(rows: Rows): void;
  errorOf(field: string): string | undefined;
}

/** A line for each field of a map, and one that adds another. */
export function MapRows({ target, rows, onChange, errorOf }: MapRowsProps) {
  const set = (field: string, text: string) =>
    onChange(rows.map((row) => row[0] === field ? [field, text] : row));
  const left = FIELDS[target].filter((field) => !rows.some(([one]) => one === field));
  return (
    <div class="map-rows">
      {rows.map(([field, text]) => (
        <MapRow
          key={field}
          field={field}
          text={text}
          error={errorOf(field)}
          onChange={(next) => set(field, next)}
          onRemove={() => onChange(rows.filter(([one]) => one !== field))}
        />
      ))}
      {left.length > 0 && (
        <AddField
          fields={left}
          onAdd={(field) => onChange([...rows, [field, ""]])}
        />
      )}
    </div>
  );
}

function MapRow({ field, text, error, onChange, onRemove }: {
  field: string;
  text: string;
  error: string | undefined;
  onChange(text: string): void;
  onRemove(): void;
}) {
  const id = useId();
  const label = fieldLabel(field);
  return (
    <div class="map-row">
      <label for={id}>{label}</label>
      <textarea
        id={id}
        rows={Math.min(6, Math.max(1, Math.ceil(text.length / 44)))}
        spellcheck={false}
        value={text}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <button type="button" class="plain" aria-label={`Leave out ${label}`} onClick={onRemove}>
        ×
      </button>
      {error && <p id={`${id}-error`} class="wrong">{error}</p>}
    </div>
  );
}

function AddField({ fields, onAdd }: { fields: readonly string[]; onAdd(field: string): void }) {
  const id = useId();
  const [chosen, setChosen] = useState("");
  const field = fields.includes(chosen) ? chosen : fields[0] ?? "";
  return (
    <div class="map-add">
      <label for={id}>Another field</label>
      <select id={id} value={field} onChange={(event) => setChosen(event.currentTarget.value)}>
        {fields.map((one) => <option key={one} value={one}>{fieldLabel(one)}</option>)}
      </select>
      <button type="button" onClick={() => onAdd(field)}>Add</button>
    </div>
  );
}

/** The map that rows make: a line that is blank is left out. */
export function mapOf(rows: Rows): Record<string, string> {
  return Object.fromEntries(rows.filter(([, text]) => text.trim() !== ""));
}
