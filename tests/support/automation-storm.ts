import { expect } from "vitest";
import type { Json } from "./api-client.ts";
import { type AutomationWorld, automationWorld } from "./automations.ts";
import { makeUser } from "./leadhub-records.ts";
import { asOwner } from "./workspace.ts";

const USERS = 3;

/** Automations that start each other, whose every step leaves something to count. */
export interface StormWorld extends AutomationWorld {
  /** Makes so many leads and changes each so often, all at once. */
  storm(leads: number, changes: number): Promise<void>;
  /** Expects that each of them did what it is for exactly once. */
  expectEachOnce(leads: number, changes: number): Promise<void>;
}

export async function stormWorld(gatewayUrl?: string): Promise<StormWorld> {
  const world = await automationWorld(gatewayUrl);
  const users = await Promise.all(Array.from({ length: USERS }, () => makeUser(world)));
  const task = (title: string) => ({ type: "create_task", title });
  const { automation } = world;
  const greeting = await automation({ type: "lead.created" }, [
    task("A {{lead.id}}"),
    { type: "add_tag", tag: "welcome" },
    { type: "assign_round_robin", user_ids: users.map(({ id }) => id) },
  ]);
  await automation({ type: "lead.updated", fields: ["lead_score"] }, [task("B {{lead.id}}")]);
  await automation({ type: "lead.tag_added", tag: "welcome" }, [
    task("C {{lead.id}}"),
    { type: "change_status", status: "welcomed" },
  ]);
  await automation({ type: "lead.updated", fields: ["status"] }, [task("D {{lead.id}}")], {
    conditions: {
      match: "all",
      rules: [{ field: "status", operator: "equals", value: "welcomed" }],
    },
  });
  return {
    ...world,
    async storm(leads, changes) {
      const scores = Array.from({ length: changes }, (_, i) => i + 1);
      await Promise.all(Array.from({ length: leads }, async () => {
        const { id } = await world.lead();
        // Each gives another score, in whatever order they come.
        await Promise.all(scores.map((lead_score) => world.change(id, { lead_score })));
      }));
    },
    async expectEachOnce(leads, changes) {
      expect(await tasksOf(world.id)).toEqual({ A: leads, B: leads * changes, C: leads, D: leads });
      const turns = await turnsOf(world.id, greeting);
      expect(turns.reduce((sum, count) => sum + count, 0)).toBe(leads);
      expect(Math.max(...turns) - Math.min(...turns)).toBeLessThanOrEqual(1);
      expect(await wrongRuns(world.id)).toEqual([]);
    },
  };
}

async function tasksOf(workspace: string): Promise<Json> {
  const rows = await asOwner<{ kind: string; tasks: number }>(
    `select left(title, 1) as kind, count(*)::int as tasks from crm.tasks
      where workspace_id = $1 group by 1`,
    [workspace],
  );
  return Object.fromEntries(rows.map(({ kind, tasks }) => [kind, tasks]));
}

/** How often an automation chose each user. */
export async function turnsOf(workspace: string, automation: number): Promise<number[]> {
  const rows = await asOwner<{ turns: number }>(
    `select count(*)::int as turns from crm.events e
      join crm.automations a on a.workspace_id = e.workspace_id and a.id = (e.actor ->> 'id')::uuid
      where e.workspace_id = $1 and a.number = $2 and e.resource = 'leads'
        and e.before -> 'assigned_to' is distinct from e.after -> 'assigned_to'
      group by e.after ->> 'assigned_to'`,
    [workspace, automation],
  );
  return rows.map(({ turns }) => turns);
}

/** Runs that did not end, or not in one try of each step, and events without their one run. */
function wrongRuns(workspace: string): Promise<Json[]> {
  return asOwner(
    `select r.number, r.status, r.steps from crm.automation_runs r
      where r.workspace_id = $1 and (r.status not in ('succeeded', 'skipped')
        or exists (select from jsonb_array_elements(r.steps) step where step ->> 'status' <> 'succeeded'))
    union all
    select e.sequence, e.resource, null from crm.events e
      join crm.automations a on a.workspace_id = e.workspace_id and a.trigger_type = 'lead.created'
      where e.workspace_id = $1 and e.resource = 'leads' and e.action = 'created'
        and (select count(*) from crm.automation_runs r
          where r.workspace_id = e.workspace_id and r.automation_id = a.id and r.event_sequence = e.sequence) <> 1`,
    [workspace],
  );
}
