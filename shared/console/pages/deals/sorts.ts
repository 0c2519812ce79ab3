/** The orders that deals are shown in, by the word for one in the page's address. */
export const SORTS: readonly { name: string; text: string; sort: string; order: string }[] = [
  { name: "", text: "Changed last", sort: "updated_at", order: "desc" },
  { name: "value", text: "Highest value", sort: "value", order: "desc" },
  { name: "close", text: "Closing first", sort: "expected_close_date", order: "asc" },
  { name: "new", text: "Newest", sort: "created_at", order: "desc" },
  { name: "title", text: "Title", sort: "title", order: "asc" },
];

/** The order of a word, else the usual one. */
export function sortOf(name: string): { sort: string; order: string } {
  const found = SORTS.find((one) => one.name === name) ?? SORTS[0];
  return { sort: found?.sort ?? "updated_at", order: found?.order ?? "desc" };
}
