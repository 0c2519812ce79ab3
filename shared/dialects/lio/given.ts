import * as z from "zod";
import { MOST_TAGS, tagName } from "../../crm/values/tag-names.ts";
import { lazy } from "../../memory/lazy.ts";

/** The id of a record in a body. */
export const id = lazy(() => z.int("Must be a whole number").min(1, "Must be 1 or more"));

const tagShown = lazy(() => z.looseObject({ name: tagName() }).transform(({ name }) => name));

/** Tags: by id, by name, or as they are answered. */
export const tags = lazy(() =>
  z.array(z.union([id(), tagName(), tagShown()], "Must be the id or the name of a tag"))
    .max(MOST_TAGS, `Must have at most ${MOST_TAGS} tags`)
);
