import { expect, test } from "vitest";
import { claimsOf } from "../support/as-role.ts";
import { rowsRead, scanned } from "../support/explain.ts";
import { nestedPlans } from "../support/nested-plans.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownCluster();

test("when somebody is busy in a week is read by its meetings, however many there are", async () => {
  const { id } = await testWorkspace();
  await asOwner(
    `insert into crm.users (workspace_id, name, email)
      select $1, 'U ' || n, 'u' || n || '@example.com' from generate_series(1, 5) n`,
    [id],
  );
  await asOwner(
    `insert into crm.meetings (workspace_id, user_id, title, start_time, end_time)
      select $1, u.id, 'M', at, at + interval '30 minutes'
      from crm.users u, generate_series(timestamptz '2026-01-01', '2026-12-31', '3 hours') at
      where u.workspace_id = $1`,
    [id],
  );
  await asOwner(
    `insert into crm.calendar_events (workspace_id, user_id, title, start_time, end_time)
      select $1, u.id, 'E', at, at + interval '30 minutes'
      from crm.users u, generate_series(timestamptz '2026-01-01', '2026-12-31', '3 hours') at
      where u.workspace_id = $1`,
    [id],
  );
  await asOwner("vacuum analyze crm.meetings, crm.calendar_events, crm.users");
  const [user] = await asOwner<{ id: string }>(
    "select id from crm.users where workspace_id = $1 limit 1",
    [id],
  );
  const plans = await nestedPlans({
    text: "select count(*) from app.busy_times($1, '2026-06-01', '2026-06-08')",
    values: [user?.id],
  }, { claims: claimsOf(id) });
  const nodes = plans.filter(({ text }) => text.includes("crm.meetings")).flatMap((plan) =>
    plan.nodes
  );
  expect(scanned(nodes)).toEqual([]);
  // Eight a day of either kind, of meetings also those of a day before and of hours after.
  expect(rowsRead(nodes, "meetings")).toBeLessThanOrEqual(8 * 9);
  // By their ends alone, as they may be of any length: those that are over are passed over.
  expect(rowsRead(nodes, "calendar_events")).toBeLessThanOrEqual(8 * 8);
});
