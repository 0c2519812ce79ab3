import type { Fields } from "../../crm/plan.ts";
import { grants, type Scope } from "../../crm/scopes.ts";
import type { McpCall } from "./caller.ts";
import { readLists, type Wanted } from "./read-lists.ts";

/** A part of an answer that needs a scope of its own. */
export type Part = Wanted & { scope: Scope };

/** Reads the parts that the key may read; `not_covered` names the scopes that it lacks for others. */
export async function readParts(
  call: McpCall,
  parts: Readonly<Record<string, Part>>,
): Promise<Fields> {
  const all = Object.entries(parts).map(([name, { scope, ...wanted }]) => ({
    name,
    scope,
    wanted,
    isCovered: grants(call.caller.scopes, scope),
  }));
  const covered = all.filter(({ isCovered }) => isCovered);
  const lists = await readLists(
    call,
    Object.fromEntries(covered.map(({ name, wanted }) => [name, wanted])),
  );
  const not_covered = all.filter(({ isCovered }) => !isCovered).map(({ scope }) => scope);
  return { ...lists, not_covered: [...new Set(not_covered)] };
}
