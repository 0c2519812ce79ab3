import type { SOURCES } from "./look-up.ts";

/** What came of enriching a record. */
export interface Enriched {
  data: Readonly<Record<string, string>>;
  sources: Readonly<Record<string, (typeof SOURCES)[number]>>;
}

/** Fields that were derived, and those that the service found, which count first. */
export function enriched(
  derived: Readonly<Record<string, string>>,
  found: Readonly<Record<string, string>>,
): Enriched {
  const data = { ...derived, ...found };
  return {
    data,
    sources: Object.fromEntries(
      Object.keys(data).map((name) => [name, name in found ? "provider" : "derived"]),
    ),
  };
}
