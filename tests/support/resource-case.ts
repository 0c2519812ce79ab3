import type { CreatableResource, UpdatableResource } from "../../shared/crm/resource.ts";
import type { Json } from "./api-client.ts";
import type { Links } from "./links.ts";

/** The fields of a request or an answer. */
export type Body = Record<string, Json>;

/** One resource as the tests use it; its filters, sorts and schemas come from its declaration. */
export interface ResourceCase {
  name: "companies" | "deals" | "tasks" | "invoices" | "activities";
  resource: CreatableResource & Partial<UpdatableResource>;
  /** Where records are made. */
  path: string;
  /** Where records are read, changed and deleted. */
  records: string;
  /** Only what is required. */
  minimal: Body;
  /** The spec's example of a create. */
  example(links: Links): Body;
  /** Every field, in the form it is answered in. */
  full(links: Links): Body;
  /** Every field again, with other values. */
  other(links: Links): Body;
  /** Fields whose values no two records share. */
  unique(i: number): Body;
  /** Fields that are given together or not at all. */
  together: readonly string[][];
  /** The text field that is searched. */
  searched: string;
  /** The record's fields that follow from a request, when they are not the same. */
  answered?(body: Body, links: Links): Body;
}

/** The three links that most records have. */
export function linksOf({ company_id, contact_id, deal_id }: Links): Body {
  return { company_id, contact_id, deal_id };
}
