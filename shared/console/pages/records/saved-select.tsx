import { useState } from "preact/hooks";
import { tell } from "../../toasts.ts";
import { SelectField } from "../../ui/fields.tsx";

interface SavedSelectProps {
  label: string;
  value: string;
  choices: readonly (readonly [value: string, text: string])[];
  save(value: string): Promise<void>;
}

/** A choice that is saved at once, and goes back where that is refused. */
export function SavedSelect({ label, value, choices, save }: SavedSelectProps) {
  const [asked, setAsked] = useState<string | null>(null);
  const change = async (next: string) => {
    setAsked(next);
    try {
      await save(next);
    } catch (error) {
      tell(error instanceof Error ? error.message : String(error));
    } finally {
      setAsked(null);
    }
  };
  return (
    <SelectField
      label={label}
      value={asked ?? value}
      onChange={change}
      choices={choices.some(([choice]) => choice === value)
        ? choices
        : [[value, value], ...choices]}
    />
  );
}
