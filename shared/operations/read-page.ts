import * as z from "zod";
import type { Condition } from "../crm/lists/conditions.ts";
import { List, type ListRequest, type Page } from "../crm/lists/list.ts";
import { type Owner, selectPresence } from "../crm/views/statements.ts";
import type { Call } from "../http/call.ts";
import { noOwner } from "./parent.ts";

/** What a list asks for, of the records of an owner if there is one. */
export interface PageRequest extends Omit<ListRequest, "search" | "isPartial"> {
  /** Words that must all occur in the text that is searched; any unless given. */
  search: unknown;
  owner?: Owner | undefined;
}

/** Reads a page of a list. Throws RecordNotFound when there is no such owner. */
export async function readPage(
  call: Call,
  { search, owner, conditions, ...request }: PageRequest,
): Promise<Page> {
  const list = new List(call.caller.workspaceId, {
    ...request,
    isPartial: !call.workspace.seesAll,
    conditions: [...owner ? [belongsTo(owner)] : [], ...conditions],
    search: typeof search === "string" ? search : "",
  });
  const presence = owner ? [selectPresence(owner.resource, owner.key)] : [];
  const [rows = [], owners] = await call.workspace.read([list.statement(), ...presence]);
  if (owner && owners?.length === 0) throw noOwner(owner);
  return list.page(rows);
}

/** The schema of a list's answer, named after its records where they have a name. */
export function namedPage(record: z.ZodType, page: z.ZodObject): z.ZodObject {
  const name = z.globalRegistry.get(record)?.id;
  return name === undefined ? page : page.meta({ id: `${name}Page` });
}

function belongsTo({ column, resource: { name }, key }: Owner): Condition {
  return typeof key === "number"
    ? { is: "numbered", column, table: `crm.${name}`, value: key }
    : { is: "equal", column, value: key };
}
