import { Field } from "../../ui/fields.tsx";

/** What is told once secrets were sent. */
export const FORGOTTEN =
  "What is secret is not kept once it was sent: fill it in again to send it anew.";

interface SecretFieldProps {
  label: string;
  hint?: string;
  error?: string | undefined;
  value: string;
  onChange(value: string): void;
}

/** A line that is not shown. Not a password, which browsers offer to keep, and to fill in elsewhere. */
export function SecretField({ label, hint, error, value, onChange }: SecretFieldProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(attributes) => (
        <input
          {...attributes}
          class="secret"
          type="text"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          value={value}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
