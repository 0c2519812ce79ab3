import { useEffect, useId, useState } from "preact/hooks";
import { Field } from "./fields.tsx";

interface SuggestProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: string;
  onChange(value: string): void;
  /** What can be meant by a text. */
  suggest(text: string, signal: AbortSignal): Promise<readonly string[]>;
}

const TYPED_MS = 250;

/** A line of text for which the browser offers suggestions; any other text may be typed. */
export function SuggestField({ label, hint, error, value, onChange, suggest }: SuggestProps) {
  const list = useId();
  const [offered, setOffered] = useState<readonly string[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const next = await suggest(value.trim(), abort.signal);
        if (!abort.signal.aborted) setOffered(next);
      } catch {
        // Suggestions are a help: without them one types.
      }
    }, TYPED_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [value]);
  return (
    <Field label={label} hint={hint} error={error}>
      {(attributes) => (
        <>
          <input
            {...attributes}
            type="text"
            dir="auto"
            list={list}
            autocomplete="off"
            value={value}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
          <datalist id={list}>
            {offered.map((one) => <option key={one} value={one} />)}
          </datalist>
        </>
      )}
    </Field>
  );
}
