import type * as data from "./registries-data.ts";

/** What is registered in the world: domains (Public Suffix List) and phone numbering plans. */
type Registries = typeof data;

let loaded: Registries | undefined;

/**
 * Loads the registries, without which no email, domain or phone number can be checked. They are
 * large, and reading records does without.
 */
export async function loadRegistries(): Promise<void> {
  loaded ??= await import("./registries-data.ts");
}

/** The registries. Throws before they are loaded. */
export function registries(): Registries {
  if (loaded === undefined) throw new Error("the registries have not been loaded");
  return loaded;
}
