import type { Claims, Database } from "../../shared/db/database.ts";
import type { Statement } from "../../shared/db/wire/pipeline.ts";

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

interface Explained extends Record<string, unknown> {
  "QUERY PLAN": [{ Plan: PlanNode }];
}

/** All nodes of the plan that each statement ran with, as the API's role, planned for its values. */
export async function plansOf(
  database: Database,
  claims: Claims,
  statements: readonly Statement[],
): Promise<PlanNode[][]> {
  const plans: PlanNode[][] = [];
  for (const { text, prepared: _, ...rest } of statements) {
    const explain = { ...rest, text: `explain (analyze, format json) ${text}` };
    plans.push(await explained(database, claims, [explain]));
  }
  return plans;
}

/** The same of plans made without knowing the values, as PostgreSQL keeps them. */
export async function preparedPlansOf(
  database: Database,
  claims: Claims,
  statements: readonly Statement[],
): Promise<PlanNode[][]> {
  const settings = {
    text: "select set_config('plan_cache_mode', 'force_generic_plan', true)",
    values: [],
  };
  const plans: PlanNode[][] = [];
  for (const { text, values, prepared: _, ...rest } of statements) {
    const given = values.length === 0 ? "" : `(${values.map(literal).join()})`;
    plans.push(
      await explained(database, claims, [
        settings,
        { text: `prepare list as ${text}`, values: [] },
        { ...rest, text: `explain (analyze, format json) execute list${given}`, values: [] },
        { text: "deallocate list", values: [] },
      ]),
    );
  }
  return plans;
}

// By themselves: those of all lists together would take longer than a connection waits for an answer.
async function explained(
  database: Database,
  claims: Claims,
  statements: readonly Statement[],
): Promise<PlanNode[]> {
  const answers = await database.read(claims, statements) as Explained[][];
  return answers.flatMap(([row]) =>
    row && "QUERY PLAN" in row ? flatten(row["QUERY PLAN"][0].Plan) : []
  );
}

function literal(value: unknown): string {
  const text = Array.isArray(value)
    ? `{${value.map((item) => JSON.stringify(item)).join()}}`
    : String(value);
  return `'${text.replaceAll("'", "''")}'`;
}

/** A node with all below it. */
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

/** The tables that the plan read from end to end, whose workspace so ever. */
export function scanned(nodes: PlanNode[]): (string | undefined)[] {
  return nodes.filter((node) => node["Node Type"] === "Seq Scan" && node["Actual Loops"] > 0)
    .map((node) => node["Relation Name"]);
}

/** The plan in a line, for a failure's message. */
export function brief(nodes: PlanNode[]): string {
  const steps = nodes.map((node) => [
    node["Node Type"],
    node["Index Name"],
    node["Actual Rows"],
    node["Rows Removed by Filter"],
  ]);
  return JSON.stringify(steps);
}
