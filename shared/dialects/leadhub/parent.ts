import type { Owner } from "../../crm/views/statements.ts";
import type { Call } from "../../http/call.ts";
import { ownerOf as ownerBy, type Parent } from "../../operations/parent.ts";
import { pathNumber } from "./path-number.ts";

/** The parent that a path names. Throws RecordNotFound for what is no whole number. */
export function ownerOf(call: Call, parent: Parent): Owner<number> {
  return ownerBy(parent, (parameter, record) => pathNumber(call, parameter, record));
}
