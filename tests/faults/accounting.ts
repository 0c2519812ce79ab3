import { expect } from "vitest";
import { totalsOf } from "../support/counted-resources.ts";
import { asOwner } from "../support/workspace.ts";
import { again } from "./form.ts";
import type { Claim } from "./intents.ts";
import type { Answered } from "./storm.ts";

const COUNTED = [
  "contacts",
  "activities",
  "companies",
  "deals",
  "invoices",
  "connector_deliveries",
];

/** What a workspace holds, counted record by record. */
export async function recordsOf(workspaceId: string): Promise<Record<string, number>> {
  const counts = await Promise.all(COUNTED.map(async (table) => {
    const rows = await asOwner(`select from crm.${table} where workspace_id = $1`, [workspaceId]);
    return [table, rows.length] as const;
  }));
  return Object.fromEntries(counts);
}

/** Expects the totals kept by triggers, and what the day's limits count, to be what there is. */
export async function expectExactCounts(workspaceId: string): Promise<void> {
  const { counted, actual } = await totalsOf(workspaceId);
  expect(counted, `record_counts, ${again}`).toEqual(actual);
  const [used] = await asOwner(
    `select coalesce(sum(contacts), 0)::int as contacts,
      coalesce(sum(activities), 0)::int as activities
      from crm.daily_usage where workspace_id = $1`,
    [workspaceId],
  );
  const { contacts, activities } = await recordsOf(workspaceId);
  expect(used, `daily_usage, ${again}`).toEqual({ contacts, activities });
}

/** Expects every answer to be true: each record it names is there, with the values it was given. */
export async function expectTrue(answers: readonly Answered[], workspaceId: string): Promise<void> {
  const claims = answers.flatMap(({ intent, body }) => intent.records(body));
  expect(new Set(claims.map(({ id }) => id)).size, again).toBe(claims.length);
  for (const table of new Set(claims.map((claim) => claim.table))) {
    const said = claims.filter((claim) => claim.table === table);
    const rows = await asOwner<Record<string, unknown>>(
      `select * from crm.${table} where workspace_id = $1 and id = any($2)`,
      [workspaceId, said.map(({ id }) => id)],
    );
    const stored = new Map(rows.map((row) => [row.id, row]));
    expect(said.filter((claim) => !holds(claim, stored.get(claim.id))), again).toEqual([]);
  }
}

function holds({ holds: said }: Claim, row: Record<string, unknown> | undefined): boolean {
  return row !== undefined &&
    Object.entries(said).every(([column, value]) => String(row[column]) === String(value));
}

/** Expects invoice numbers without a gap: a number that was taken and lost would be one. */
export async function expectNoGaps(workspaceId: string): Promise<void> {
  const rows = await asOwner<{ number: number }>(
    `select split_part(invoice_number, '-', 3)::int as number from crm.invoices
      where workspace_id = $1 order by 1`,
    [workspaceId],
  );
  expect(rows.map(({ number }) => number), again).toEqual(rows.map((_, i) => i + 1));
}
