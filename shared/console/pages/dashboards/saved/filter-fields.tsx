import { SelectField, TextField } from "../../../ui/fields.tsx";
import type { FilterDraft } from "./draft.ts";
import { fieldText, type FieldType, isOverTime, type Source } from "./sources.ts";

const TOLD = [["eq", "is"], ["ne", "is not"], ["contains", "contains"]] as const;
const ORDERED = [["eq", "is"], ["gte", "is at least"], ["lte", "is at most"]] as const;

interface FiltersProps {
  source: Source;
  filters: readonly FilterDraft[];
  error: string | undefined;
  onChange(filters: readonly FilterDraft[]): void;
}

/** Which records are counted, where not all are. */
export function FilterFields({ source: { fields }, filters, error, onChange }: FiltersProps) {
  const names = Object.keys(fields);
  const add = () => onChange([...filters, { field: names[0] ?? "", op: "eq", value: "" }]);
  return (
    <fieldset>
      <legend>Which of them</legend>
      {filters.length === 0 && <p class="quiet">All of them.</p>}
      {filters.map((filter, at) => (
        <Filter
          key={at}
          nth={at + 1}
          filter={filter}
          fields={fields}
          onChange={(next) => onChange(filters.with(at, next))}
          onRemove={() => onChange(filters.toSpliced(at, 1))}
        />
      ))}
      {error && <p class="wrong" role="alert">{error}</p>}
      <button type="button" onClick={add}>Only some of them</button>
    </fieldset>
  );
}

interface FilterProps {
  nth: number;
  filter: FilterDraft;
  fields: Readonly<Record<string, FieldType>>;
  onChange(filter: FilterDraft): void;
  onRemove(): void;
}

function Filter({ nth, filter, fields, onChange, onRemove }: FilterProps) {
  const type = fields[filter.field];
  const isOrdered = type === "number" || isOverTime(type);
  return (
    <div class="dashboards-filter" role="group" aria-label={`Condition ${nth}`}>
      <SelectField
        label="Whose"
        value={filter.field}
        onChange={(field) => onChange({ field, op: "eq", value: "" })}
        choices={Object.keys(fields).map((name) => [name, fieldText(name)] as const)}
      />
      <SelectField
        label="How"
        value={filter.op}
        onChange={(op) => onChange({ ...filter, op })}
        choices={isOrdered ? ORDERED : TOLD}
      />
      <TextField
        label="Value"
        type={isOverTime(type) ? "date" : type === "number" ? "number" : "text"}
        value={filter.value}
        onChange={(value) => onChange({ ...filter, value })}
      />
      <button type="button" class="plain" aria-label={`Remove condition ${nth}`} onClick={onRemove}>
        ×
      </button>
    </div>
  );
}
