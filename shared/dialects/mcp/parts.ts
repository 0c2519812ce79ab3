import type { Fields } from "../../crm/plan.ts";
import { grants, type Scope } from "../../crm/scopes.ts";
import type { McpCall } from "./caller.ts";
import { goingOn, readLists, type Wanted } from "./read-lists.ts";

/** A part of an answer that needs a scope of its own. */
export type Part = Wanted & { scope: Scope };

/**
 * Reads the parts that the key may read, with a cursor the one that it is of; `not_covered` names the scopes that it
 * lacks for others.
 */
export async function readParts(
  call: McpCall,
  parts: Readonly<Record<string, Part>>,
  cursor: string | undefined,
): Promise<Fields> {
  const all = Object.entries(parts).map(([name, { scope, ...wanted }]) => ({
    name,
    scope,
    wanted,
    isCovered: grants(call.caller.scopes, scope),
  }));
  const covered = all.filter(({ isCovered }) => isCovered);
  const wanted = Object.fromEntries(covered.map((one) => [one.name, one.wanted]));
  const lists = await readLists(call, goingOn(call, wanted, cursor));
  const not_covered = all.filter(({ isCovered }) => !isCovered).map(({ scope }) => scope);
  return { ...lists, not_covered: [...new Set(not_covered)] };
}
