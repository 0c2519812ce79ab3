import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { type Filter, filter } from "../../operations/filters.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import type { CrmCaller } from "./caller.ts";

const OWNER = /^(me|unassigned|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})$/;

const owners = lazy(() =>
  z.string().regex(OWNER, "Must be the UUID of a user, me or unassigned")
    .meta({
      description: "The user a record belongs to: an id, `unassigned`, or in a session `me`.",
      examples: ["unassigned", "497f6eca-6276-4993-bfeb-53cbbbba6f08"],
    })
    .transform((given) => given.toLowerCase())
);

/** Records of a user (spec: UUID, me, or unassigned). Throws InvalidInput for `me` with a key. */
export function ownedBy(column: string): Filter<CrmCaller> {
  return filter<string, CrmCaller>(owners, (value, { caller: { userId } }) => {
    if (value === "unassigned") return { is: "null", column };
    if (value !== "me") return { is: "equal", column, value };
    if (userId !== null) return { is: "equal", column, value: userId };
    const message = "Must be the UUID of a user or unassigned: a key has no user that is me.";
    throw new InvalidInput([{ field: "owner", message }]);
  });
}
