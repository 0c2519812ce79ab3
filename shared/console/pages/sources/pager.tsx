import { setQuery } from "../../router.ts";
import { numberText } from "../../ui/values.tsx";

/** Leads through the pages of a list, which the address holds. */
export function Pager({ of, page, pages, total }: {
  /** What is listed, such as `deliveries`. */
  of: string;
  page: number;
  pages: number;
  total: number;
}) {
  if (pages <= 1 && page === 1) return null;
  const to = (next: number) => setQuery({ page: next > 1 ? String(next) : null });
  return (
    <nav class="actions" aria-label={`Pages of ${of}`}>
      <button type="button" disabled={page <= 1} onClick={() => to(page - 1)}>Back</button>
      <span>
        Page {numberText(page)} of {numberText(Math.max(pages, 1))}, {numberText(total)} {of}
      </span>
      <button type="button" disabled={page >= pages} onClick={() => to(page + 1)}>Next</button>
    </nav>
  );
}

/** The page that the address names. */
export function pageIn(query: URLSearchParams): number {
  const page = Number(query.get("page"));
  return Number.isInteger(page) && page > 0 ? page : 1;
}
