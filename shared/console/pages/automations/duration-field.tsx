import { Field } from "../../ui/fields.tsx";
import { amountOf, durationOf, UNITS } from "./duration.ts";

interface DurationProps {
  label: string;
  error: string | undefined;
  value: string;
  onChange(value: string): void;
}

/** A time to wait: an amount and its unit. */
export function DurationField({ label, error, value, onChange }: DurationProps) {
  const { amount, unit } = amountOf(value);
  const units = UNITS.map(([name, text]) => [name, text] as const);
  return (
    <Field label={label} error={error}>
      {(attributes) => (
        <div class="duration">
          <input
            {...attributes}
            inputMode={unit === "other" ? "text" : "numeric"}
            value={amount}
            onInput={(event) => onChange(durationOf({ amount: event.currentTarget.value, unit }))}
          />
          <select
            aria-label="Unit"
            onChange={(event) => onChange(durationOf({ amount, unit: event.currentTarget.value }))}
          >
            {[...units, ...(unit === "other" ? [["other", "ISO 8601"] as const] : [])].map((
              [name, text],
            ) => <option key={name} value={name} selected={name === unit}>{text}</option>)}
          </select>
        </div>
      )}
    </Field>
  );
}
