import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface FieldProps {
  label: string;
  hint?: ComponentChildren;
  /** What is wrong with the value. */
  error?: string | undefined;
  children: (
    attributes: { id: string; "aria-describedby"?: string; "aria-invalid"?: true },
  ) => ComponentChildren;
}

/** A labelled control, with a hint and what is wrong with it. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(
    " ",
  );
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        ...(described ? { "aria-describedby": described } : {}),
        ...(error ? { "aria-invalid": true } : {}),
      })}
      {hint && <p id={`${id}-hint`} class="quiet">{hint}</p>}
      {error && <p id={`${id}-error`} class="wrong">{error}</p>}
    </div>
  );
}

type Given = Omit<FieldProps, "children">;
type Change = { value: string; onChange(value: string): void };

interface Line {
  type?: "text" | "email" | "password" | "search" | "date" | "datetime-local" | "url" | "number";
  name?: string;
  autocomplete?: string;
  placeholder?: string;
}

/** A line of text; `type` as HTML's. */
export function TextField(
  { label, hint, error, value, onChange, type = "text", ...line }: Given & Change & Line,
) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(attributes) => (
        <input
          {...line}
          {...attributes}
          // Preact has a type for each type of input, which differ by their roles alone.
          type={type as "text"}
          dir="auto"
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** Lines of text. */
export function TextArea(
  { label, hint, error, value, onChange, rows = 4 }: Given & Change & { rows?: number },
) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(attributes) => (
        <textarea
          {...attributes}
          dir="auto"
          rows={rows}
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}

/** One of several values: each with what it is called. */
export function SelectField(
  { label, hint, error, value, onChange, choices }:
    & Given
    & Change
    & { choices: readonly (readonly [value: string, text: string])[] },
) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(attributes) => (
        <select
          {...attributes}
          onChange={(event) => onChange(event.currentTarget.value)}
        >
          {choices.map(([choice, text]) => (
            <option key={choice} value={choice} selected={choice === value}>{text}</option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** Yes or no. */
export function CheckField(
  { label, checked, onChange }: {
    label: ComponentChildren;
    checked: boolean;
    onChange(checked: boolean): void;
  },
) {
  return (
    <label class="check">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <span>{label}</span>
    </label>
  );
}
