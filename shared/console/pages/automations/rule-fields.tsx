import { SelectField, TextArea, TextField } from "../../ui/fields.tsx";
import { isCustom, newRule, type RuleDraft, withItems } from "./draft.ts";
import { FIELDS, OPERATORS } from "./parts.ts";

interface RulesProps {
  match: "all" | "any";
  rules: readonly RuleDraft[];
  onChange(change: { match?: "all" | "any"; rules?: readonly RuleDraft[] }): void;
  errorOf(field: string): string | undefined;
}

const CUSTOM = "custom_fields.";

/** The conditions under which an automation acts. */
export function RuleFields({ match, rules, onChange, errorOf }: RulesProps) {
  const change = (at: number, rule: RuleDraft) => onChange({ rules: rules.with(at, rule) });
  return (
    <fieldset>
      <legend>Only if</legend>
      {rules.length === 0 && <p class="quiet">Without a condition it acts on every such lead.</p>}
      {rules.length > 1 && (
        <SelectField
          label="Conditions that must hold"
          value={match}
          choices={[["all", "All of them"], ["any", "Any of them"]]}
          onChange={(value) => onChange({ match: value === "any" ? "any" : "all" })}
        />
      )}
      {rules.map((rule, at) => (
        <div key={rule.key} role="group" aria-label={`Condition ${at + 1}`} class="rule">
          <OneRule
            rule={rule}
            onChange={(next) =>
              change(at, next)}
            errorOf={(name) =>
              errorOf(`conditions.rules.${at}.${name}`)}
          />
          <button
            type="button"
            class="plain"
            aria-label={`Remove condition ${at + 1}`}
            onClick={() =>
              onChange({ rules: rules.toSpliced(at, 1) })}
          >
            Remove
          </button>
        </div>
      ))}
      <button type="button" onClick={() => onChange({ rules: [...rules, newRule()] })}>
        Add a condition
      </button>
    </fieldset>
  );
}

function OneRule({ rule, onChange, errorOf }: {
  rule: RuleDraft;
  onChange(rule: RuleDraft): void;
  errorOf(name: string): string | undefined;
}) {
  const { field, operator, value } = rule;
  const custom = isCustom(field);
  const values = {
    label: operator === "in" ? "Values, one a line" : "Value",
    value,
    error: withItems("value", value).map(errorOf).find(Boolean),
    onChange: (next: string) => onChange({ ...rule, value: next }),
  };
  return (
    <>
      <SelectField
        label="Field"
        value={custom ? CUSTOM : field}
        choices={[...fieldChoices(field), [CUSTOM, "A custom field…"]]}
        onChange={(next) => onChange({ ...rule, field: next })}
        error={custom ? undefined : errorOf("field")}
      />
      {custom && (
        <TextField
          label="Name of the custom field"
          value={field.slice(CUSTOM.length)}
          onChange={(key) => onChange({ ...rule, field: CUSTOM + key })}
          error={errorOf("field")}
        />
      )}
      <SelectField
        label="Comparison"
        value={operator}
        choices={Object.entries(OPERATORS)}
        onChange={(next) => onChange({ ...rule, operator: next })}
        error={errorOf("operator")}
      />
      {operator === "in" && <TextArea {...values} rows={3} />}
      {operator !== "in" && !operator.startsWith("is_") && <TextField {...values} />}
    </>
  );
}

// One that is not among those known here stays.
function fieldChoices(field: string): (readonly [string, string])[] {
  const known = Object.entries(FIELDS);
  return field in FIELDS || isCustom(field) ? known : [[field, field], ...known];
}
