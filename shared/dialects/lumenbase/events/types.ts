import * as z from "zod";
import { lazy } from "../../../memory/lazy.ts";
import { nearestOf } from "../../../refusals/validation.ts";
import { KINDS } from "./kinds.ts";

const ACTIONS = ["created", "updated", "deleted"] as const;

/** How the database calls the events behind each type; `contact.*` is all of contacts. */
const STORED: ReadonlyMap<string, readonly string[]> = new Map(
  KINDS.flatMap(({ resource, record }) => {
    const all = ACTIONS.map((action): [string, string] => [
      `${record}.${action}`,
      `${resource}.${action}`,
    ]);
    return [
      ...all.map(([type, stored]): [string, string[]] => [type, [stored]]),
      [`${record}.*`, all.map(([, stored]) => stored)],
    ];
  }),
);

/** Every type of event, such as `contact.created`. */
export const TYPES: readonly string[] = [...STORED.keys()].filter((type) => !type.endsWith("*"));

/** All events, as the database calls them. */
export const ALL: readonly string[] = [...new Set([...STORED.values()].flat())];

/** The check of types with commas between; gives them as the database calls them. */
export const typesParameter = lazy(() => {
  const known = [...STORED.keys()];
  return z.string().max(2_000, "Must have at most 2000 characters").transform((text, context) => {
    const types = text.split(",").map((type) => type.trim()).filter((type) => type !== "");
    for (const type of types) {
      if (!STORED.has(type)) context.addIssue(unknownType(type, known));
    }
    return types.length === 0 ? ALL : [...new Set(types.flatMap((type) => STORED.get(type) ?? []))];
  }).meta({ examples: ["contact.created,contact.updated", "deal.*"] });
});

function unknownType(type: string, known: readonly string[]): string {
  const unknown = `There is no type ${type.slice(0, 64)}`;
  const nearest = nearestOf(type, known);
  if (nearest !== undefined) return `${unknown}; did you mean ${nearest}?`;
  const records = KINDS.map(({ record }) => record).join(", ");
  return `${unknown}; a type is one of ${records} with .created, .updated, .deleted or .* behind it`;
}
