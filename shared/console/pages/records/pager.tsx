import { setQuery } from "../../router.ts";
import { numberText } from "../../ui/values.tsx";

/** How many records a page of a list has. */
export const PAGE_SIZE = 25;

/** The page that an address asks for. */
export function pageIn(query: URLSearchParams): number {
  const page = Number(query.get("page") ?? "1");
  return Number.isSafeInteger(page) && page > 0 ? page : 1;
}

/** Which part of a list is shown, and the way to the others. */
export function Pager({ page, total, shown }: { page: number; total: number; shown: number }) {
  const first = (page - 1) * PAGE_SIZE + 1;
  const to = (next: number) => {
    setQuery({ page: next === 1 ? null : String(next) });
    scrollTo({ top: 0 });
  };
  const last = Math.max(1, Math.ceil(total / PAGE_SIZE));
  return (
    <nav class="records-pager" aria-label="Pages">
      <p class="quiet" role="status">
        {shown === 0
          ? `${numberText(total)} in all`
          : `${numberText(first)}–${numberText(first + shown - 1)} of ${numberText(total)}`}
      </p>
      {last > 1 && (
        <div class="actions">
          <button
            type="button"
            disabled={page === 1}
            onClick={() => to(Math.min(page - 1, last))}
          >
            Previous
          </button>
          <button type="button" disabled={page >= last} onClick={() => to(page + 1)}>Next</button>
        </div>
      )}
    </nav>
  );
}
