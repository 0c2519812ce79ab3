import type { Preset } from "../preset.ts";

/** How forms match what exists: people by email, then by phone, companies by domain, then by name. */
export const FORM_MATCHING: Preset["matching"] = {
  contact: ["email", "phone"],
  company: ["domain", "name"],
  deal: ["id", "title"],
  create_missing: true,
};

/** What a form's preset has that most of them share. */
export const FORM = {
  target: "contact",
  items: null,
  skip: null,
  test: null,
  lookup: null,
  matching: FORM_MATCHING,
} as const satisfies Partial<Preset>;

/** An expression for the first of the paths that leads to an id. */
export function idAt(...paths: string[]): string {
  return `[${paths.join(", ")}][$type($) in ["string", "number"]][0]`;
}

/** A secret that the sender puts into a header, for products that sign nothing. */
export const SECRET_HEADER: Preset["verification"] = {
  type: "header",
  header: "x-connector-secret",
};
