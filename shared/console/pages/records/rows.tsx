import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { isAtLeast } from "../../session.ts";
import { CheckField } from "../../ui/fields.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import type { RecordList } from "./record-list.ts";

/** The records of a page, of which some can be chosen for what is done with several at once. */
export function Rows<T extends { id: number }>(
  { list, rows, reload, empty }: {
    list: RecordList<T>;
    rows: readonly T[];
    reload(): void;
    empty: ComponentChildren;
  },
) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  // Only what is seen is chosen.
  const ids = rows.map(({ id }) => id).filter((id) => chosen.has(id));
  const hasChoice = list.several !== undefined && isAtLeast("rep") && rows.length > 0;
  const choose = (id: number, isChosen: boolean) =>
    setChosen(new Set(isChosen ? [...ids, id] : ids.filter((one) => one !== id)));
  const choice: Column<T> = {
    title: "Choose",
    // As narrow as one: it takes no room from names.
    isNumber: true,
    cell: (row) => <Choice isChosen={chosen.has(row.id)} of={row} choose={choose} list={list} />,
  };
  return (
    <>
      {hasChoice && (
        <div class="actions">
          <CheckField
            label="Choose all of this page"
            checked={ids.length === rows.length}
            onChange={(all) => setChosen(new Set(all ? rows.map(({ id }) => id) : []))}
          />
          {ids.length > 0 && list.several?.(ids, () => {
            setChosen(new Set());
            reload();
          })}
        </div>
      )}
      <Table
        caption={list.title}
        rows={rows}
        columns={hasChoice ? [...list.columns, choice] : list.columns}
        keyOf={({ id }) => id}
        empty={empty}
      />
    </>
  );
}

function Choice<T extends { id: number }>(
  { isChosen, of, choose, list }: {
    isChosen: boolean;
    of: T;
    choose(id: number, isChosen: boolean): void;
    list: RecordList<T>;
  },
) {
  return (
    <input
      type="checkbox"
      aria-label={`Choose ${list.nameOf(of)}`}
      checked={isChosen}
      onChange={(event) => choose(of.id, event.currentTarget.checked)}
    />
  );
}
