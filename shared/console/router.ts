import { computed, signal } from "@preact/signals";
import { parse } from "regexparam";
import { arrivedAt } from "./arrival.ts";

/** Where the page is, after the `#`: a hash is told to no server, and works on any static host. */
const location$ = signal(arrivedAt ?? current());

addEventListener("hashchange", () => {
  location$.value = current();
});

/** The path of the page, such as `/leads/12`. */
export const path = computed(() => location$.value.split("?", 1)[0] ?? "/");

/** The query of the page, for filters that a link can hold. */
export const query = computed(() => new URLSearchParams(location$.value.split("?")[1] ?? ""));

/** Goes to another page. */
export function go(to: string): void {
  location.hash = `#${to}`;
}

/** Goes to another page, which takes the place of this one in the history. */
export function goInstead(to: string): void {
  location.replace(`#${to}`);
}

/** Goes to the same page with these values of its query; what is null or empty is left out. */
export function setQuery(change: Readonly<Record<string, string | null>>): void {
  const next = new URLSearchParams(query.value);
  for (const [name, value] of Object.entries(change)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  const text = next.toString();
  history.replaceState(null, "", `#${path.value}${text && `?${text}`}`);
  location$.value = current();
}

/** The parameters of a path, such as `/leads/:id`; null for another one. */
export function matched(pattern: string, at: string): Record<string, string> | null {
  const { keys, pattern: expression } = parse(pattern);
  const found = expression.exec(at);
  if (found === null) return null;
  return Object.fromEntries(keys.map((key, n) => [key, decoded(found[n + 1] ?? "")]));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function current(): string {
  return globalThis.location.hash.replace(/^#/, "") || "/";
}
