import { useState } from "preact/hooks";
import { lio, type LioPage } from "../../api.ts";
import { useLoad } from "../../load.ts";
import { useKept } from "./kept.ts";
import { Loading } from "../../ui/loading.tsx";
import { Short } from "../../ui/text.tsx";
import { numberText, Time } from "../../ui/values.tsx";
import type { Happening } from "./answers.ts";

const STEP = 20;
/** As much as LIO answers at once. */
const MOST = 500;

/** What happened to a record, the newest first; `round` changes when it was written to. */
export function Timeline(
  { model, id, round }: { model: "lead" | "contact" | "company"; id: number; round: string },
) {
  const [size, setSize] = useState(STEP);
  const loaded = useKept(useLoad(
    (signal) =>
      lio.get<LioPage<Happening>>("feed/list", {
        model_type: model,
        model_id: id,
        limit: size,
      }, signal),
    [model, id, size, round],
  ));
  return (
    <section class="card" aria-labelledby="timeline">
      <h2 id="timeline">Timeline</h2>
      <Loading of={loaded}>
        {({ data, total }) => (
          <>
            {data.length === 0 && (
              <p class="quiet">Nothing has happened here in the last 30 days.</p>
            )}
            <ol class="records-timeline">
              {data.map((one) => <Entry key={one.id} happening={one} />)}
            </ol>
            {total > data.length && size < MOST && (
              <button
                type="button"
                onClick={() => setSize(Math.min(MOST, size + STEP * 2))}
              >
                Show older ({numberText(total - data.length)})
              </button>
            )}
          </>
        )}
      </Loading>
    </section>
  );
}

function Entry({ happening: { title, changes, user_name, created_at } }: { happening: Happening }) {
  const changed = Object.entries(changes).filter(([field]) => !SHOWN.has(field));
  return (
    <li>
      <p dir="auto">{title}</p>
      {changed.length > 0 && (
        <details>
          <summary>What changed</summary>
          <ul>
            {changed.map(([field, { from, to }]) => (
              <li key={field}>
                {wordsOf(field)}: <Short text={textOf(from)} /> → <Short text={textOf(to)} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <p class="quiet">
        <Time value={created_at} />
        {user_name && " · "}
        <bdi>{user_name}</bdi>
      </p>
    </li>
  );
}

/** What the title says already, in words rather than numbers. */
const SHOWN = new Set(["status", "assigned_to", "tags", "company_id", "lead_source", "owner_id"]);

function wordsOf(field: string): string {
  const words = field.replace(/_/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function textOf(value: unknown): string {
  if (value === null || value === undefined || value === "") return "nothing";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
