import { beforeAll, expect, test } from "vitest";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownCluster();

const MANY = 20_000;
const PHONE = "+15550000000";
/** The rows of leads that were read, from end to end and by index. */
const READ: Statement = {
  text: `select seq_tup_read::int as whole, coalesce(idx_tup_fetch, 0)::int as rows
    from pg_stat_xact_user_tables where relname = 'leads'`,
  values: [],
};

let id: string;

// Half of them have one phone and email in common.
beforeAll(async () => {
  ({ id } = await testWorkspace());
  await asOwner(
    `insert into crm.leads (workspace_id, pipeline_id, email, phone)
      select $1, p.id, case when i % 2 = 0 then 'all@example.com' else 'p' || i || '@example.com' end,
        case when i % 2 = 0 then '${PHONE}' else '+1555' || i end
      from crm.pipelines p, generate_series(1, ${MANY}) i where p.workspace_id = $1`,
    [id],
  );
  await asOwner("analyze crm.leads");
});

test.each([
  ["what many have", "all@example.com", PHONE],
  ["a phone that many have", "nobody@example.com", PHONE],
  ["what one has", "p77@example.com", null],
  ["a phone that one has", null, "+155577"],
  ["what nobody has", "nobody@example.com", "+4930"],
])("a lead is found by index: %s", async (_, email, phone) => {
  const find: Statement = { text: "select (app.find_lead($1, $2)).id", values: [email, phone] };
  const database = apiDatabase({ size: 1 });
  // The sixth call of a session may use a plan that is made for any values. The counts may be those of
  // all the calls.
  for (let call = 0; call < 7; call++) {
    const [, [read] = []] = await database.write(claimsOf(id), [find, READ]);
    expect([call, read?.whole, Number(read?.rows) < 100]).toEqual([call, 0, true]);
  }
});
