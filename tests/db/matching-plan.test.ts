import { beforeAll, expect, test } from "vitest";
import type { Fields } from "../../shared/crm/plan.ts";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownCluster();

const MANY = 20_000;
const PHONE = "+15550000000";
/** The rows of each table that were read, from end to end and by index. */
const READ: Statement = {
  text:
    `select relname as table, seq_tup_read::int as whole, coalesce(idx_tup_fetch, 0)::int as rows
    from pg_stat_xact_user_tables where relname in ('contacts', 'companies', 'deals') order by 1`,
  values: [],
};

let id: string;

// Half of each have one phone, name and title in common.
beforeAll(async () => {
  ({ id } = await testWorkspace());
  const common = (given: string, own: string) =>
    `case when i % 2 = 0 then '${given}' else '${own}' || i end`;
  await asOwner(
    `insert into crm.companies (workspace_id, name, domain)
      select $1, ${
      common("Acme", "Company ")
    }, 'c' || i || '.com' from generate_series(1, ${MANY}) i`,
    [id],
  );
  await asOwner(
    `insert into crm.contacts (workspace_id, email, phone)
      select $1, 'p' || i || '@example.com', ${
      common(PHONE, "+1555")
    } from generate_series(1, ${MANY}) i`,
    [id],
  );
  await asOwner(
    `insert into crm.deals (workspace_id, title, status)
      select $1, ${common("Licence", "Deal ")}, case when i % 100 = 50 then 'open' else 'lost' end
      from generate_series(1, ${MANY}) i`,
    [id],
  );
  for (const table of ["contacts", "companies", "deals"]) await asOwner(`analyze crm.${table}`);
});

test.each([
  ["what many have", { phone: PHONE }, { name: "acme" }, { title: "licence" }],
  ["what one has", { phone: "+155577" }, { name: "company 77" }, { title: "deal 77" }],
  ["what is unique", { email: "p9@example.com" }, { domain: "c9.com" }, {}],
  ["what nobody has", { phone: "+4930" }, { name: "New", domain: "new.com" }, { title: "New" }],
  ["what is written in many ways", { phone: "15550000000" }, {}, {}, ["15550000000", PHONE, "0"]],
])("records are found by index: %s", async (
  _,
  contact: Fields,
  company: Fields,
  deal: Fields,
  phones?: string[],
) => {
  const matching = {
    contact: ["phone", "email"],
    company: ["name", "domain"],
    deal: ["title"],
    create_missing: false,
  };
  const match: Statement = {
    text: "select * from app.match_item($1, $2)",
    values: [JSON.stringify({ contact, company, deal, phones }), JSON.stringify(matching)],
  };
  const database = apiDatabase({ size: 1 });
  // The sixth call of a session may use a plan that is made for any values. The counts may be those of
  // all the calls.
  for (let call = 0; call < 7; call++) {
    const [, read = []] = await database.write(claimsOf(id), [match, READ]);
    for (const { whole, rows, table } of read) {
      expect({ table, whole, few: Number(rows) < 100, call })
        .toEqual({ table, whole: 0, few: true, call });
    }
  }
});
