import { query, setQuery } from "../../router.ts";
import { numberText } from "../../ui/values.tsx";

interface PagerProps {
  /** What is listed, such as `runs`. */
  what: string;
  meta: { current_page: number; last_page: number; total: number };
  /** The name of the page's number in the address. */
  name?: string;
}

/** The page of a list that the address says. */
export function pageIn(name = "page"): number {
  const page = Number(query.value.get(name) ?? "1");
  return Number.isInteger(page) && page > 0 ? page : 1;
}

/** Leads to the pages before and after; nothing of a list that has one page. */
export function Pager({ what, meta, name = "page" }: PagerProps) {
  const { current_page: page, last_page: last, total } = meta;
  if (last <= 1 && page === 1) return null;
  const to = (next: number) => setQuery({ [name]: next <= 1 ? null : String(next) });
  return (
    <nav class="actions" aria-label={`Pages of ${what}`}>
      {page > 1 && (
        <button type="button" onClick={() => to(Math.min(page - 1, last))}>
          Newer
        </button>
      )}
      <span class="quiet">
        Page {numberText(page)} of {numberText(last)}, {numberText(total)} {what}
      </span>
      {page < last && <button type="button" onClick={() => to(page + 1)}>Older</button>}
    </nav>
  );
}
