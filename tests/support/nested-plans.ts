import { inject } from "vitest";
import { session } from "./as-role.ts";
import { flatten, type PlanNode } from "./explain.ts";
import { databaseUrl } from "./workspace.ts";

/** All nodes of the plans that the statements inside of a function ran with, by the statements' texts. */
export async function nestedPlans(
  statement: { text: string; values?: unknown[] },
  { claims, settings = {} }: { claims?: object; settings?: Record<string, string> } = {},
): Promise<{ text: string; nodes: PlanNode[] }[]> {
  const owner = await session(databaseUrl("adminUrl") ?? inject("adminUrl"));
  const plans: { text: string; nodes: PlanNode[] }[] = [];
  owner.on("notice", ({ message = "" }) => {
    const json = message.slice(message.indexOf("{"));
    if (!message.includes("plan:")) return;
    const { "Query Text": text, Plan } = JSON.parse(json);
    plans.push({ text, nodes: flatten(Plan) });
  });
  await owner.query(`load 'auto_explain'; set auto_explain.log_min_duration = 0;
    set auto_explain.log_nested_statements = on; set auto_explain.log_analyze = on;
    set auto_explain.log_timing = off; set auto_explain.log_format = json`);
  await owner.query("begin");
  for (const [name, value] of Object.entries(settings)) {
    await owner.query("select set_config($1, $2, true)", [name, value]);
  }
  if (claims !== undefined) {
    await owner.query("select set_config('request.jwt.claims', $1, true)", [
      JSON.stringify(claims),
    ]);
    await owner.query("set local role lumenbase_api");
  }
  await owner.query("set local client_min_messages = log");
  await owner.query(statement);
  await owner.query("rollback");
  return plans;
}
