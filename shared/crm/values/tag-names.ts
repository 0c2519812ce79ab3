import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { label } from "./fields.ts";

/** The most tags that a record has. */
export const MOST_TAGS = 50;

/** The name of a tag: a word or a few. */
export const tagName = lazy(() =>
  label(64).refine(
    // No address of a web client can end in these: it would lead to what stands above (RFC 3986, 5.2.4).
    (name) => name !== "." && name !== "..",
    "Must not be . or .., which no web address can hold",
  )
);

/** The names of a record's tags; those that differ in case alone are one, as the first is written. */
export const tagNames = lazy(() =>
  z.array(tagName()).transform((names) =>
    [
      ...new Map(names.toReversed().map((name) => [name.toLowerCase(), name])).values(),
    ].toReversed()
  ).refine(
    (names) => names.length <= MOST_TAGS,
    `Must have at most ${MOST_TAGS} different tags`,
  )
);
