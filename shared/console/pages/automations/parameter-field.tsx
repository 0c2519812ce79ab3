import { useContext, useId } from "preact/hooks";
import { CheckField, SelectField, TextArea, TextField } from "../../ui/fields.tsx";
import { type Choices, ChoicesContext, type Named } from "./choices.ts";
import { DurationField } from "./duration-field.tsx";
import { FIELDS, type Kind, type Parameter } from "./parts.ts";

interface ParameterProps {
  parameter: Parameter;
  value: string;
  onChange(value: string): void;
  error: string | undefined;
}

const PRIORITIES = ["low", "medium", "high", "urgent"].map((one) => [one, one] as const);
const STATUSES = ["new", "contacted", "qualified", "unqualified", "converted"];

/** The control of a value that a trigger or an action is made of. */
export function ParameterField(given: ParameterProps) {
  const { parameter: { label, kind, hint, none }, value, onChange, error } = given;
  const choices = useContext(ChoicesContext);
  const field = { label, hint, error, value, onChange };
  switch (kind) {
    case "text":
      return <TextField {...field} />;
    case "number":
      return <TextField {...field} inputMode="numeric" />;
    case "lines":
      return <TextArea {...field} />;
    case "duration":
      return <DurationField {...field} />;
    case "tag":
      return <Suggested {...field} suggestions={choices.tags.map(({ name }) => name)} />;
    case "status":
      return <Suggested {...field} suggestions={STATUSES} />;
    case "users":
      return <Several {...given} choices={choices.users.map(({ id, name }) => [`${id}`, name])} />;
    case "fields":
      return <Several {...given} choices={Object.entries(FIELDS)} />;
    default:
      return <SelectField {...field} choices={options(kind, choices, none, value)} />;
  }
}

function options(kind: Kind, choices: Choices, none: string | undefined, value: string) {
  const known = kind === "priority" ? PRIORITIES : namesOf(kind, choices);
  const isKnown = value === "" || known.some(([one]) => one === value);
  return [
    ["", none ?? "Choose…"] as const,
    ...known,
    // One that was removed, or that is of another page.
    ...(isKnown ? [] : [[value, `#${value}`] as const]),
  ];
}

function namesOf(kind: Kind, choices: Choices): (readonly [string, string])[] {
  if (kind === "stage") {
    return choices.stages.map(({ id, name, pipeline }) => [`${id}`, `${pipeline.name} › ${name}`]);
  }
  const lists: Partial<Record<Kind, readonly Named[]>> = {
    pipeline: choices.pipelines,
    user: choices.users,
    form: choices.forms,
    webhook: choices.webhooks,
    mail: choices.mails,
  };
  return (lists[kind] ?? []).map(({ id, name }) => [`${id}`, name]);
}

interface SuggestedProps {
  label: string;
  hint: string | undefined;
  error: string | undefined;
  value: string;
  onChange(value: string): void;
  suggestions: readonly string[];
}

/** A line of text, with what is there already to choose from. */
function Suggested({ suggestions, ...field }: SuggestedProps) {
  const id = useId();
  return (
    <>
      <TextField {...field} list={id} autocomplete="off" />
      <datalist id={id}>
        {suggestions.map((one) => <option key={one} value={one} />)}
      </datalist>
    </>
  );
}

/** Several of what can be chosen, in the order in which they were. */
function Several(
  { parameter: { label, none }, value, onChange, error, choices }: ParameterProps & {
    choices: readonly (readonly [string, string])[];
  },
) {
  const id = useId();
  const chosen = value === "" ? [] : value.split(",");
  const change = (one: string, isChosen: boolean) =>
    onChange([...chosen.filter((other) => other !== one), ...(isChosen ? [one] : [])].join(","));
  const more = chosen.filter((one) => choices.every(([known]) => known !== one));
  return (
    <fieldset class="several" aria-describedby={error ? id : undefined}>
      <legend>{label}</legend>
      {none && <p class="quiet">Any when none is chosen.</p>}
      {error && <p id={id} class="wrong">{error}</p>}
      {choices.length === 0 && <p class="quiet">There are none to choose from.</p>}
      <div class="choices">
        {[...choices, ...more.map((one) => [one, one] as const)].map(([one, name]) => (
          <CheckField
            key={one}
            label={<span dir="auto">{name}</span>}
            checked={chosen.includes(one)}
            onChange={(isChosen) => change(one, isChosen)}
          />
        ))}
      </div>
    </fieldset>
  );
}
