import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { dealWorld } from "../support/lio-deals.ts";
import { asOwner } from "../support/workspace.ts";

test("a deal is quiet 14 days after the last that happened to it or to its lead", async () => {
  const { workspace, admin: { api }, deal, lead } = await dealWorld();
  const made = await deal();
  const quiet = async () =>
    (await api.read("forecast/at-risk")).map((
      { deal_id, reasons: [{ code }] }: Json,
    ) => [deal_id, code]);
  const past = (what: string, days: number) =>
    asOwner(`begin; set local session_replication_role = replica;
      update crm.${what} set updated_at = now() - interval '${days} days' where workspace_id = '${workspace.id}'; commit`);
  expect(await quiet()).toEqual([]);
  await past("deals", 14);
  expect(await quiet()).toEqual([]);
  await past("leads", 14);
  expect(await quiet()).toEqual([[made.id, "no_activity"]]);
  expect((await api.read(`forecast/deal/${made.id}`)).reasons).toMatchObject([{
    code: "no_activity",
    points: 20,
  }]);
  await past("deals", 13);
  expect(await quiet()).toEqual([]);
  await past("deals", 40);
  await api.made("lead/note/add", { lead_id: lead.id, title: "Called", note: "Hi" });
  expect(await quiet()).toEqual([]);
});
