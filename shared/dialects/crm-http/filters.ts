import * as z from "zod";
import { uuid } from "../../crm/values/fields.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { type Filter, filter } from "./lists.ts";

/** One of a few words. */
export function oneOf(words: readonly [string, ...string[]]) {
  return () => z.enum(words, `Must be one of ${words.join(", ")}`);
}

const OWNERS = ["me", "unassigned"];

const owners = lazy(() =>
  z.string().transform((given, issues) => {
    if (OWNERS.includes(given)) return given;
    const { data } = uuid().safeParse(given);
    if (data !== undefined) return data;
    issues.addIssue("Must be the UUID of a user, me or unassigned");
    return z.NEVER;
  }).meta({ description: "The user a record belongs to: an id, `me` or `unassigned`." })
);

/** Records of a user (spec: UUID, me, or unassigned). Throws InvalidInput for `me` with a key. */
export function ownedBy(column: string): Filter {
  return filter(owners, (value, { userId }) => {
    if (value === "unassigned") return { is: "null", column };
    if (value !== "me") return { is: "equal", column, value };
    if (userId !== null) return { is: "equal", column, value: userId };
    const message = "Must be the UUID of a user or unassigned: a key has no user that is me.";
    throw new InvalidInput([{ field: "owner", message }]);
  });
}
