import { sql, statement } from "../../db/sql.ts";
import type { Statement } from "../../db/wire/pipeline.ts";
import type { Fields } from "../plan.ts";
import type { View } from "./view.ts";

/** The tables of what records link to. */
const TABLES: Readonly<Record<string, string>> = {
  company: "companies",
  contact: "contacts",
  deal: "deals",
  lead: "deals",
  pipeline: "pipelines",
  stage: "stages",
  user: "users",
};

/**
 * What refuses columns with every link that leads to no record; of a single one the table's own foreign key
 * tells.
 */
export function linkChecks({ fields, resource }: View, columns: Fields): Statement[] {
  const links = Object.entries(fields).flatMap(([field, { input }]) => {
    const record = resource.columns[input?.column ?? ""]?.linksTo;
    const id = columns[input?.column ?? ""];
    return record == null || id == null ? [] : [{ field, record, table: TABLES[record], id }];
  });
  if (links.length < 2) return [];
  return [statement(sql`select app.require_links(${JSON.stringify(links)}::jsonb)`)];
}
