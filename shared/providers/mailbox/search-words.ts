const MOST_WORDS = 20;

/** The words of a search, without what would be an operator of a query language. */
export function searchWords(search: string): string[] {
  return search.toLowerCase().split(/[^\p{L}\p{M}\p{N}@._'+-]+/u)
    .map((word) => word.replace(/^[^\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, ""))
    .filter((word) => word !== "").slice(0, MOST_WORDS);
}
