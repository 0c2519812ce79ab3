import { useId } from "preact/hooks";
import type { Preset } from "./connectors.ts";

/** What a connector of one's own is called among the providers. */
export const OWN = "";

/** The providers, of which one is chosen. */
export function ProviderChoice({ presets, value, onChange }: {
  presets: readonly Preset[];
  value: string | null;
  onChange(name: string): void;
}) {
  const group = useId();
  const choices = [
    ...presets.map(({ name, title }) => [name, title] as const),
    [OWN, "Another sender"] as const,
  ];
  return (
    <fieldset class="providers">
      <legend>Who sends the leads?</legend>
      <div>
        {choices.map(([name, title]) => (
          <label key={name} class="provider">
            <input
              type="radio"
              name={group}
              value={name}
              checked={value === name}
              onChange={() => onChange(name)}
            />
            <span>{title}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
