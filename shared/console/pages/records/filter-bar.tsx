import { useEffect, useRef, useState } from "preact/hooks";
import { setQuery } from "../../router.ts";
import { SelectField, TextField } from "../../ui/fields.tsx";
import { type Change, changeBy, type Filter, type Given, instead, valueOf } from "./filters.ts";

const TYPED_MS = 250;
/** As much as the APIs search for. */
const LONGEST = 200;

/** The filters of a list, which the address keeps. */
export function FilterBar(
  { filters, given, names }: {
    filters: readonly Filter[];
    given: Given;
    names: readonly string[];
  },
) {
  const change = (next: Change) => setQuery({ ...next, page: null });
  const main = filters.filter(({ isMain }) => isMain);
  const more = filters.filter(({ isMain }) => !isMain);
  const handled = new Set(filters.flatMap((filter) => filter.names));
  const others = Object.entries(given).filter(([name]) => !handled.has(name));
  const isMoreGiven = more.some((filter) => valueOf(filter, given) !== "");
  const ordering = new Set(["order_by", "order_in"]);
  return (
    <div class="records-filters">
      <div class="filters" role="search" aria-label="Filters">
        {main.map((one) => <Control key={one.label} filter={one} given={given} change={change} />)}
      </div>
      {more.length > 0 && (
        <details open={isMoreGiven}>
          <summary>More filters</summary>
          <div class="filters">
            {more.map((one) => (
              <Control key={one.label} filter={one} given={given} change={change} />
            ))}
          </div>
        </details>
      )}
      {Object.keys(given).some((name) => !ordering.has(name)) && (
        <div class="actions">
          {others.map(([name, value]) => (
            <button
              key={name}
              type="button"
              onClick={() => change({ [name]: null })}
            >
              <bdi>{name}: {value}</bdi> <span aria-hidden="true">×</span>
              <span class="unseen">Remove</span>
            </button>
          ))}
          <button type="button" class="plain" onClick={() => change(instead([...names, "view"]))}>
            Clear filters
          </button>
        </div>
      )}
    </div>
  );
}

function Control(
  { filter, given, change }: { filter: Filter; given: Given; change(next: Change): void },
) {
  const value = valueOf(filter, given);
  const set = (next: string) => change(changeBy(filter, next));
  if (filter.kind === "choice") {
    const { choices = [] } = filter;
    const isKnown = choices.some(([choice]) => choice === value);
    return (
      <SelectField
        label={filter.label}
        value={value}
        onChange={set}
        choices={isKnown ? choices : [...choices, [value, value]]}
      />
    );
  }
  return <Typed filter={filter} value={value} set={set} />;
}

/** What is typed is asked for once the typing pauses. */
function Typed(
  { filter, value, set }: { filter: Filter; value: string; set(value: string): void },
) {
  const [text, setText] = useState(value);
  const asked = useRef(value);
  const latest = useRef(set);
  latest.current = set;
  useEffect(() => {
    if (value === asked.current) return;
    asked.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    const next = text.trim().slice(0, LONGEST);
    if (next === asked.current) return;
    const timer = setTimeout(() => {
      asked.current = next;
      latest.current(next);
    }, TYPED_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const { label, kind } = filter;
  return (
    <TextField
      label={label}
      type={kind === "choice" ? "text" : kind}
      value={text}
      onChange={setText}
    />
  );
}
