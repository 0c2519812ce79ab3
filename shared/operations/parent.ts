import type { Resource } from "../crm/resource.ts";
import type { Key, Owner } from "../crm/views/statements.ts";
import { RecordNotFound } from "../refusals/errors.ts";

/** What the records of a path belong to, such as the pipeline of `/pipelines/:pipeline_id/stages`. */
export interface Parent {
  resource: Resource;
  /** The path's parameter with its key. */
  parameter: string;
  /** The column by which the others belong to it. */
  column: string;
}

/** The parent that a path names; `keyOf` reads its key. */
export function ownerOf<K extends Key>(
  { resource, parameter, column }: Parent,
  keyOf: (parameter: string, record: string) => K,
): Owner<K> {
  return { column, resource, key: keyOf(parameter, resource.record) };
}

/** That there is no such parent. */
export function noOwner({ resource: { record }, key }: Owner): RecordNotFound {
  return new RecordNotFound(record, String(key));
}
