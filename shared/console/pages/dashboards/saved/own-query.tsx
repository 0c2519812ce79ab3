import { SelectField } from "../../../ui/fields.tsx";
import { type Draft, queryOf, withMeasure, withSource } from "./draft.ts";
import { FilterFields } from "./filter-fields.tsx";
import { CURRENCY, currencyOf } from "./saved.ts";
import { fieldText, isOverTime, sourceNamed, SOURCES } from "./sources.ts";

export interface DraftProps {
  draft: Draft;
  onChange(draft: Draft): void;
}

export interface QueryProps extends DraftProps {
  errorOf(field: string): string | undefined;
}

const SUMS = [["sum", "Sum"], ["avg", "Average"], ["min", "Least"], ["max", "Greatest"]] as const;
const INTERVALS = [["day", "Day"], ["week", "Week"], ["month", "Month"]] as const;

/** A query of a dashboard's own: of what, what is measured, and by what it is told apart. */
export function OwnQuery({ draft, onChange, errorOf }: QueryProps) {
  const source = sourceNamed(draft.source);
  const names = Object.keys(source.fields);
  return (
    <>
      <div class="columns">
        <SelectField
          label="Of what"
          value={draft.source}
          error={errorOf("query.source")}
          onChange={(next) => onChange(withSource(draft, next))}
          choices={SOURCES.map(({ name, title }) => [name, title] as const)}
        />
        <Measure draft={draft} onChange={onChange} errorOf={errorOf} />
        <SelectField
          label="For each"
          value={draft.dimension}
          error={errorOf("query.dimension")}
          onChange={(dimension) => onChange({ ...draft, dimension })}
          choices={[
            ["", "All together"],
            ...names.map((name) => [name, fieldText(name)] as const),
          ]}
        />
        {isOverTime(source.fields[draft.dimension]) && (
          <SelectField
            label="By"
            value={draft.interval}
            onChange={(interval) => onChange({ ...draft, interval })}
            choices={INTERVALS}
          />
        )}
      </div>
      <FilterFields
        source={source}
        filters={draft.filters}
        error={errorOf("query.filters")}
        onChange={(filters) => onChange({ ...draft, filters })}
      />
    </>
  );
}

function Measure({ draft, onChange, errorOf }: QueryProps) {
  const { measures } = sourceNamed(draft.source);
  const isMoney = currencyOf(queryOf(draft, undefined)) !== null;
  return (
    <>
      <SelectField
        label="Measure"
        value={draft.fn}
        error={errorOf("query.measure")}
        onChange={(fn) => onChange(withMeasure(draft, fn))}
        choices={[["count", "How many"], ...(measures.length === 0 ? [] : SUMS)]}
      />
      {draft.fn !== "count" && (
        <SelectField
          label="Of"
          hint={isMoney && `Of deals in ${CURRENCY} alone.`}
          value={draft.measure}
          onChange={(measure) => onChange({ ...draft, measure })}
          choices={measures.map((name) => [name, fieldText(name)] as const)}
        />
      )}
    </>
  );
}
