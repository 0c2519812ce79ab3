import { expect, test } from "vitest";
import { selectTimeline } from "../../shared/crm/timeline.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { plansOf } from "../support/explain.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownCluster();

const SIZE = 25;
const MANY = 3_000;

test("a page of a timeline reads no more of each kind than a page, however many there are", async () => {
  const { id } = await testWorkspace();
  const [deal] = await asOwner<{ id: string }>(
    "insert into crm.deals (workspace_id, title) values ($1, 'Licence') returning id",
    [id],
  );
  const values = [id, deal!.id, MANY];
  await asOwner(
    `insert into crm.messages (workspace_id, deal_id, channel, to_emails, subject, text_body, message_id)
     select $1, $2, 'smtp', '{ada@example.org}', 'Hi', 'Hi', '<' || i || '@example.com>'
     from generate_series(1, $3::int) i`,
    values,
  );
  await asOwner(
    `insert into crm.activities (workspace_id, deal_id, message_deal_id, type)
     select $1, $2::uuid, case when i % 2 = 0 then $2::uuid end, 'email' from generate_series(1, $3::int) i`,
    values,
  );
  await asOwner("analyze crm.messages, crm.activities");
  const page = selectTimeline(deal!.id, SIZE, 0);
  const [nodes = []] = await plansOf(apiDatabase(), claimsOf(id), [page]);
  const read = nodes.filter((node) => /^(messages|activities)$/.test(node["Relation Name"] ?? ""));
  expect(read.map((node) => node["Relation Name"])).toEqual(
    expect.arrayContaining(["messages", "activities"]),
  );
  for (const node of read) {
    expect(node["Index Name"], JSON.stringify(node)).toBeDefined();
    expect(node["Actual Rows"]).toBeLessThanOrEqual(SIZE);
    expect(node["Rows Removed by Filter"] ?? 0).toBe(0);
  }
  const [[row] = []] = await apiDatabase().read(claimsOf(id), [page]);
  // The first stage, each message once, and the activities that tell of none.
  expect(row).toMatchObject({ items: { length: SIZE } });
  expect(Number(row?.total)).toBe(1 + MANY + MANY / 2);
});
