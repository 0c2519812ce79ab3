import type { ComponentChildren } from "preact";
import { lio, type LioPage } from "../../api.ts";
import { type Loaded, useLoad } from "../../load.ts";
import { Loading } from "../../ui/loading.tsx";
import { Short } from "../../ui/text.tsx";
import { Badge, dayText, moneyText, numberText } from "../../ui/values.tsx";

const SHOWN = 10;

interface RelatedProps<T> {
  title: string;
  of: Loaded<{ items: readonly T[]; total: number }>;
  empty: string;
  keyOf(item: T): string | number;
  children(item: T): ComponentChildren;
  /** What is added here. */
  add?: ComponentChildren;
}

/** A card with what belongs to a record. */
export function Related<T>({ title, of, empty, keyOf, children, add }: RelatedProps<T>) {
  const id = `related-${title.toLowerCase().replace(/\W+/g, "-")}`;
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <Loading of={of}>
        {({ items, total }) => (
          <>
            {items.length === 0 && <p class="quiet">{empty}</p>}
            {items.length > 0 && (
              <ul class="records-related">
                {items.map((item) => <li key={keyOf(item)}>{children(item)}</li>)}
              </ul>
            )}
            {total > items.length && (
              <p class="quiet">The newest {items.length} of {numberText(total)}.</p>
            )}
          </>
        )}
      </Loading>
      {add}
    </section>
  );
}

/** Loads the newest of a list of LIO. */
export function useNewest<T>(
  path: string,
  query: Readonly<Record<string, string | number>>,
  isWanted = true,
): Loaded<{ items: readonly T[]; total: number }> {
  return useLoad(async (signal) => {
    if (!isWanted) return { items: [], total: 0 };
    const { data, total } = await lio.get<LioPage<T>>(path, { ...query, limit: SHOWN }, signal);
    return { items: data, total };
  }, [path, query, isWanted]);
}

/** What is shown of a deal. */
export interface Deal {
  id: number | string;
  title: string;
  status: string;
  value: number | null;
  currency: string | null;
  stage_name?: string | null;
  stage?: string | null;
  expected_close_date: string | null;
}

/** A deal in a list of a record's. */
export function DealLine({ deal }: { deal: Deal }) {
  const { title, status, value, currency, expected_close_date, stage_name, stage } = deal;
  return (
    <>
      <p>
        <Short text={title} />{" "}
        <Badge tone={status === "won" ? "good" : status === "lost" ? "bad" : "plain"}>
          <Short text={stage_name ?? stage ?? status} />
        </Badge>
      </p>
      <p class="quiet">
        {value === null ? "No value" : moneyText(value, currency)}
        {expected_close_date && <>· closes {dayText(expected_close_date.slice(0, 10))}</>}
      </p>
    </>
  );
}
