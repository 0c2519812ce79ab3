import { query, setQuery } from "../../router.ts";

/** The ways to the first and to the next page of a list that goes on with a cursor, which the address holds. */
export function Paging({ next, name }: { next: string | null; name: string }) {
  const isLater = query.value.has("cursor");
  if (next === null && !isLater) return null;
  return (
    <nav class="actions" aria-label="Pages">
      {isLater && (
        <button type="button" onClick={() => setQuery({ cursor: null })}>Newest {name}</button>
      )}
      {next !== null && (
        <button type="button" onClick={() => setQuery({ cursor: next })}>Older {name}</button>
      )}
    </nav>
  );
}
