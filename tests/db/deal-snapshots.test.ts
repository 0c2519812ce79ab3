import { expect, test } from "vitest";
import { works } from "../../functions/worker/works.ts";
import { runDue } from "../../shared/jobs/run-due.ts";
import { apiDatabase } from "../support/as-role.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { SERVICES } from "../support/test-worker.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownMigratedDatabase();

async function workspaceWith(deals: number): Promise<string> {
  const { id } = await testWorkspace();
  await asOwner(
    `insert into crm.deals (workspace_id, title, value, stage)
      select $1, 'Deal ' || nth, nth, case nth % 10 when 0 then 'Won' else 'Proposal' end
      from generate_series(1, $2::int) nth`,
    [id, deals],
  );
  return id;
}

const daily = async (workspace: string) =>
  (await asOwner<{ count: number }>(
    "select count(*)::int from crm.deal_snapshots where workspace_id = $1 and reason = 'daily'",
    [workspace],
  ))[0]?.count;

test("each day every open deal has one snapshot, however often the work is done", async () => {
  const [large, small] = [await workspaceWith(1_200), await workspaceWith(10)];
  const database = apiDatabase();
  const work = async () => {
    await asOwner("select app.snapshot_all_deals()");
    const left = () =>
      asOwner("select from crm.jobs where kind = 'deals.snapshot' and status <> 'dead'");
    while ((await left()).length > 0) {
      await runDue({ database, works, services: SERVICES, ran: () => {} });
    }
  };
  await work();
  await work();
  expect([await daily(large), await daily(small)]).toEqual([1_080, 9]);
  await asOwner(
    "update crm.deal_snapshots set computed_at = computed_at - interval '1 day' where reason = 'daily'",
  );
  await work();
  expect([await daily(large), await daily(small)]).toEqual([2_160, 18]);
  expect(await asOwner("select from crm.jobs where status = 'dead'")).toEqual([]);
});

test("a snapshot goes when its deal does, and stays when its stage does", async () => {
  const workspace = await workspaceWith(3);
  const all = () =>
    asOwner(
      `select stage_name, probability::text, weighted_value::text
        from crm.deal_snapshots where workspace_id = $1 order by number`,
      [workspace],
    );
  await asOwner("delete from crm.deals where workspace_id = $1 and title = 'Deal 2'", [workspace]);
  await asOwner("delete from crm.stages where workspace_id = $1 and name = 'Proposal'", [
    workspace,
  ]);
  expect(await all()).toEqual([
    { stage_name: "Proposal", probability: "0.5", weighted_value: "0.5" },
    { stage_name: "Proposal", probability: "0.5", weighted_value: "1.5" },
  ]);
});
