import * as z from "zod";
import type { Condition } from "../../crm/lists/conditions.ts";
import { searchPatterns } from "../../crm/lists/statements.ts";
import { sql } from "../../db/sql.ts";
import { searchText } from "../../http/paging.ts";
import { lazy } from "../../memory/lazy.ts";
import { type Filter, filter, linkTo } from "../../operations/filters.ts";
import type { LioCaller } from "./caller.ts";

const IN_BODIES = new WeakMap<z.core.$ZodType, z.ZodType>();

/** A check of a parameter that in a body may be given in other forms than a text. */
export function orInBodies<T extends z.ZodType>(check: T, forms: z.ZodType): T {
  IN_BODIES.set(check, forms);
  return check;
}

/** The forms in which a parameter can be given in a body, if not as a text alone. */
export function formsInBodies(check: z.core.$ZodType): z.ZodType | undefined {
  return IN_BODIES.get(check);
}

const NUMBERS = /^ *\d{1,18} *(, *\d{1,18} *)*$/;

const NUMBERS_MESSAGE = "Must be whole numbers with commas between";

/** {@link numbers} in a body: also one number, or a list. */
export const numbersInBodies = lazy(() => {
  const text = z.string().regex(NUMBERS).meta({ examples: ["3", "1,2"] });
  const number = z.int().min(0);
  return z.union([text, number, z.array(z.union([number, text])).min(1)], NUMBERS_MESSAGE);
});

/** Whole numbers with commas between, such as the ids of records. */
export const numbers = lazy(() =>
  orInBodies(
    z.string().regex(NUMBERS, NUMBERS_MESSAGE)
      .transform((given) => [...new Set(given.split(",").map((one) => String(BigInt(one.trim()))))])
      .meta({ examples: ["3", "1,2"] }),
    numbersInBodies(),
  )
);

const listOf = (words: readonly string[]) => {
  const one = `0*(${words.join("|")})`;
  return `^ *${one} *(, *${one} *)*$`;
};

/** A positive whole number, such as the id of a record. */
export const oneNumber = lazy(() =>
  z.string().regex(/^[1-9]\d{0,17}$/, "Must be a positive whole number")
    .meta({ type: "integer", minimum: 1, pattern: undefined })
);

const DIGITS = /^\d+$/;
const WHOLE = "Must be a whole number";

const linkedNumber = lazy(() =>
  orInBodies(
    z.string().regex(DIGITS, WHOLE)
      // No record has a number as large as that.
      .transform((digits) => Math.min(Number(digits), Number.MAX_SAFE_INTEGER))
      .meta({ type: "integer", minimum: 0, pattern: undefined }),
    z.union([z.int().min(0), z.string().regex(DIGITS).meta({ examples: ["17"] })], WHOLE),
  )
);

/** Records that are linked to the one of others with a number. */
export function linkedTo(others: string, column: string): Filter<LioCaller> {
  return { ...linkTo(others, column), check: linkedNumber };
}

/** Records whose column has one of several whole numbers. */
export function oneOfNumbers(column: string): Filter<LioCaller> {
  return filter(numbers, (value) => ({ is: "among", column, type: "bigint", value }));
}

/** Records whose column has one of the texts that whole numbers stand for; another number is a mistake. */
export function oneOfCoded(
  column: string,
  texts: Readonly<Record<string, readonly string[]>>,
): Filter<LioCaller> {
  const known = Object.keys(texts);
  const check = lazy(() =>
    numbers().refine(
      (given) => given.every((one) => known.includes(one)),
      `Must be ${known.join(", ")}, with commas between`,
    ).meta({ pattern: listOf(known), examples: known })
  );
  return filter(check, (given): Condition => {
    const value = given.flatMap((one) => texts[one] ?? []);
    return { is: "among", column, type: "text", value };
  });
}

/** `true`, `false`, `1` or `0`. */
export const flag = lazy(() =>
  orInBodies(
    z.enum(["true", "false", "1", "0"], "Must be true, false, 1 or 0")
      .transform((given) => given === "true" || given === "1"),
    z.literal([true, false, 1, 0, "true", "false", "1", "0"], "Must be true, false, 1 or 0"),
  )
);

/** Records with every word in a column, in any case. */
export function containingWords(column: string): Filter<LioCaller> {
  return filter<string, LioCaller>(searchText, (text) => ({
    is: "query",
    shape: `words ${column}`,
    columns: [column],
    value: searchPatterns(text, false),
    met: (given) =>
      sql`not exists (select from unnest(${given}::text[]) word
        where app.folded(coalesce(${sql.ref(column)}, '')) not like app.folded(word))`,
  }));
}
