import { iso31661 } from "iso-3166";
import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";

const codes = lazy(() => {
  const names = new Intl.DisplayNames("en", { type: "region" });
  return new Map(
    iso31661.flatMap(({ alpha2, name }) =>
      [alpha2, name, names.of(alpha2) ?? alpha2].map((known) => [known.toLowerCase(), alpha2])
    ),
  );
});

/** A country, by its code (ISO 3166-1 alpha-2) or its English name; stored as the code. */
export const countryOrName = lazy(() =>
  z.string().trim().transform((given, issues) => {
    const code = codes().get(given.toLowerCase());
    if (code !== undefined) return code;
    issues.addIssue("Must be a country, by its code of ISO 3166-1 or its English name, such as DE");
    return z.NEVER;
  }).meta({
    id: "CountryOrName",
    description:
      "A country, by its code of ISO 3166-1 alpha-2 or its English name; kept as the code.",
    examples: ["DE", "Germany"],
  })
);
