import type { Owner } from "../../crm/views/statements.ts";
import type { Resource } from "../../crm/resource.ts";
import type { Call } from "../../http/call.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { pathNumber } from "./path-number.ts";

/** What the records of a path belong to, such as the pipeline of `/pipelines/:pipeline_id/stages`. */
export interface Parent {
  resource: Resource;
  /** The path's parameter with its number. */
  parameter: string;
  /** The column by which the others belong to it. */
  column: string;
}

/** The parent that a path names. Throws RecordNotFound for what is no whole number. */
export function ownerOf(call: Call, { resource, parameter, column }: Parent): Owner {
  return { column, resource, number: pathNumber(call, parameter, resource.record) };
}

/** That there is no such parent. */
export function noOwner({ resource: { record }, number }: Owner): RecordNotFound {
  return new RecordNotFound(record, String(number));
}
