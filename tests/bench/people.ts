import type { Person } from "./naive.ts";

/** A contact to write that nobody wrote before; `series` keeps those of one side apart. */
export function person(series: string, n: number): Person {
  return {
    first_name: `Marla${n % 977}`,
    last_name: `Steinberg${n % 9973}`,
    email: `marla.${series}.${n}@steinberg${n % 9973}.example`,
    phone: `+4930${1_000_000 + n % 8_000_000}`,
    title: "Head of Sales",
    source: "website",
    signal_strength: n % 101,
  };
}
