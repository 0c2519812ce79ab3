import { useEffect, useState } from "preact/hooks";
import { query, setQuery } from "../../router.ts";
import { SelectField, TextField } from "../../ui/fields.tsx";
import type { Pipeline } from "./deals.ts";
import { SORTS } from "./sorts.ts";

const WAIT_MS = 300;
const STATUSES = [["", "Any status"], ["open", "Open"], ["won", "Won"], ["lost", "Lost"]] as const;

interface FiltersProps {
  pipelines: readonly Pipeline[];
  pipeline: Pipeline;
}

/** Which deals are shown, and how: all of it is in the page's address. */
export function Filters({ pipelines, pipeline }: FiltersProps) {
  const of = (name: string) => query.value.get(name) ?? "";
  const isTable = of("view") === "table";
  return (
    <div class="filters">
      {pipelines.length > 1 && (
        <SelectField
          label="Pipeline"
          value={pipeline.id}
          onChange={(id) => setQuery({ pipeline: id, stage: null, page: null })}
          choices={pipelines.map(({ id, name }) => [id, name] as const)}
        />
      )}
      <Search />
      <SelectField
        label="Order"
        value={of("sort")}
        onChange={(sort) => setQuery({ sort, page: null })}
        choices={SORTS.map(({ name, text }) => [name, text] as const)}
      />
      {isTable && (
        <>
          <SelectField
            label="Stage"
            value={of("stage")}
            onChange={(stage) => setQuery({ stage, page: null })}
            choices={[
              ["", "Any stage"],
              ...pipeline.stages.map(({ name }) => [name, name] as const),
            ]}
          />
          <SelectField
            label="Status"
            value={of("status")}
            onChange={(status) => setQuery({ status, page: null })}
            choices={STATUSES}
          />
        </>
      )}
      <div class="deals-views" role="group" aria-label="View">
        <button type="button" aria-pressed={!isTable} onClick={() => show(null)}>Board</button>
        <button type="button" aria-pressed={isTable} onClick={() => show("table")}>Table</button>
      </div>
    </div>
  );
}

function show(view: string | null): void {
  setQuery({ view, stage: null, status: null, page: null });
}

// Waits until nothing has been typed for a moment.
function Search() {
  const [text, setText] = useState(query.value.get("q") ?? "");
  useEffect(() => {
    if (text === (query.value.get("q") ?? "")) return;
    const timer = setTimeout(() => setQuery({ q: text, page: null }), WAIT_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return <TextField label="Search" type="search" value={text} onChange={setText} />;
}
