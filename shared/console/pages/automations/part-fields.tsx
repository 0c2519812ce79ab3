import { SelectField } from "../../ui/fields.tsx";
import { newPart, type PartDraft, withItems } from "./draft.ts";
import { ParameterField } from "./parameter-field.tsx";
import { type Choice, parametersOf } from "./parts.ts";

interface PartProps {
  label: string;
  /** What can be chosen. */
  of: Readonly<Record<string, Choice>>;
  part: PartDraft;
  onChange(part: PartDraft): void;
  /** Where mistakes say that it is, such as `actions.0`. */
  path: string;
  errorOf(field: string): string | undefined;
}

/** The controls of a trigger or an action: its type, and what that takes. */
export function PartFields({ label, of, part, onChange, path, errorOf }: PartProps) {
  const types = Object.entries(of).map(([type, choice]) => [type, choice.label] as const);
  return (
    <>
      <SelectField
        label={label}
        value={part.type}
        choices={part.type in of ? types : [[part.type, part.type], ...types]}
        onChange={(type) => onChange({ ...newPart(type), key: part.key })}
        error={errorOf(`${path}.type`) ?? errorOf(path)}
      />
      {parametersOf(of, part.type).map((parameter) => (
        <ParameterField
          key={`${part.type} ${parameter.name}`}
          parameter={parameter}
          value={part.values[parameter.name] ?? ""}
          onChange={(value) =>
            onChange({ ...part, values: { ...part.values, [parameter.name]: value } })}
          error={withItems(`${path}.${parameter.name}`, part.values[parameter.name])
            .map(errorOf).find(Boolean)}
        />
      ))}
    </>
  );
}
