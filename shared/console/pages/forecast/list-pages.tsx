import type { LioPage } from "../../api.ts";
import { numberText } from "../../ui/values.tsx";

/** Goes to other pages of a list. */
export function ListPages(
  { of: { page, limit, total }, onPage }: { of: LioPage<unknown>; onPage(page: number): void },
) {
  const pages = Math.ceil(total / limit);
  if (pages < 2) return null;
  return (
    <nav class="actions" aria-label="Pages">
      <span class="quiet">{numberText(total)} in all, page {page} of {numberText(pages)}</span>
      {page > 1 && <button type="button" onClick={() => onPage(page - 1)}>Previous</button>}
      {page < pages && <button type="button" onClick={() => onPage(page + 1)}>Next</button>}
    </nav>
  );
}
