import { query, setQuery } from "../router.ts";
import { numberText } from "./values.tsx";

/** How many a page of a list has, where nothing else is said. */
export const PAGE_SIZE = 25;

/** The page of a list that the address asks for. */
export function pageIn(name = "page"): number {
  const page = Number(query.value.get(name) ?? "1");
  return Number.isSafeInteger(page) && page > 0 ? page : 1;
}

interface PagerProps {
  /** What is listed, such as `deals`. */
  what: string;
  page: number;
  total: number;
  size?: number;
  /** The name of the page's number in the address. */
  name?: string;
  /** Goes to a page whose number the address does not hold. */
  go?(page: number): void;
}

/** Which part of a list is shown, and the way to the others. */
export function Pager({ what, page, total, size = PAGE_SIZE, name = "page", go }: PagerProps) {
  const last = Math.max(1, Math.ceil(total / size));
  const to = (next: number) => {
    if (go) return go(next);
    setQuery({ [name]: next === 1 ? null : String(next) });
    scrollTo({ top: 0 });
  };
  if (total === 0) return <p class="unseen" role="status">0 {what}</p>;
  return (
    <nav class="pager" aria-label={`Pages of ${what}`}>
      <p class="quiet" role="status">{partText(page, total, size)} {what}</p>
      {(last > 1 || page > 1) && (
        <div class="actions">
          <Step text="Previous" isThere={page > 1} go={() => to(Math.min(page - 1, last))} />
          <Step text="Next" isThere={page < last} go={() => to(page + 1)} />
        </div>
      )}
    </nav>
  );
}

function partText(page: number, total: number, size: number): string {
  const first = (page - 1) * size + 1;
  if (first > total) return `0 of ${numberText(total)}`;
  return `${numberText(first)}–${numberText(Math.min(page * size, total))} of ${numberText(total)}`;
}

// Not disabled, which would take the focus away from who pages by keyboard.
function Step({ text, isThere, go }: { text: string; isThere: boolean; go(): void }) {
  return (
    <button type="button" aria-disabled={!isThere} onClick={() => isThere && go()}>{text}</button>
  );
}
