import type { Claims, Database } from "../../shared/db/database.ts";
import type { Statement } from "../../shared/db/pipeline.ts";

/** A node of a plan, as PostgreSQL explains it. */
export interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: PlanNode[];
}

/** All nodes of the plan that a statement ran with, as the API's role. */
export async function planOf(
  database: Database,
  claims: Claims,
  { text, values }: Statement,
): Promise<PlanNode[]> {
  const explain = { text: `explain (analyze, format json) ${text}`, values };
  const [[row]] = await database.read(claims, [explain]) as [
    [{ "QUERY PLAN": [{ Plan: PlanNode }] }],
  ];
  const [{ Plan }] = row["QUERY PLAN"];
  return flatten(Plan);
}

export function flatten(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(flatten)];
}

/** How many rows of a table the plan read, kept or not. */
export function rowsRead(nodes: PlanNode[], table: string): number {
  return nodes.filter((node) => node["Relation Name"] === table).reduce((sum, node) => {
    const removed = (node["Rows Removed by Filter"] ?? 0) +
      (node["Rows Removed by Index Recheck"] ?? 0);
    return sum + (node["Actual Rows"] + removed) * node["Actual Loops"];
  }, 0);
}
