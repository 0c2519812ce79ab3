import { useEffect, useRef, useState } from "preact/hooks";
import { tell } from "../../toasts.ts";
import { SelectField } from "../../ui/fields.tsx";

interface SavedSelectProps {
  label: string;
  value: string;
  choices: readonly (readonly [value: string, text: string])[];
  save(value: string): Promise<void>;
}

/** Arrow keys choose each value on their way: the last one is saved. */
const CHOSEN_MS = 500;

/** A choice that is saved by itself, one after another, and goes back where that is refused. */
export function SavedSelect({ label, value, choices, save }: SavedSelectProps) {
  const [asked, setAsked] = useState<string | null>(null);
  const pending = useRef<{ value: string; timer: ReturnType<typeof setTimeout> } | null>(null);
  const saving = useRef(Promise.resolve());
  const latest = useRef(save);
  latest.current = save;
  const saveAfter = async (before: Promise<void>, next: string) => {
    await before;
    try {
      await latest.current(next);
    } catch (error) {
      setAsked(null);
      tell(error instanceof Error ? error.message : String(error));
    }
  };
  const flush = () => {
    if (pending.current === null) return;
    const { value: next, timer } = pending.current;
    clearTimeout(timer);
    pending.current = null;
    saving.current = saveAfter(saving.current, next);
  };
  const change = (next: string) => {
    setAsked(next);
    if (pending.current) clearTimeout(pending.current.timer);
    pending.current = { value: next, timer: setTimeout(flush, CHOSEN_MS) };
  };
  // What was chosen is shown until the record has it.
  useEffect(() => {
    if (pending.current === null) setAsked(null);
  }, [value]);
  useEffect(() => flush, []);
  const isKnown = choices.some(([choice]) => choice === value);
  return (
    <div onFocusOut={flush}>
      <SelectField
        label={label}
        value={asked ?? value}
        onChange={change}
        choices={isKnown ? choices : [[value, value], ...choices]}
      />
    </div>
  );
}
