import { beforeAll, describe, expect, test } from "vitest";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { brief, plansOf, rowsRead, scanned } from "../support/explain.ts";
import { leadWorld } from "../support/lead-world.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownCluster();

const LEADS = 20_000;
const PAGE = 16;
const SORTS = ["created_at", "updated_at", "score", "first_name_key", "last_name_key", "email_key"];
const FILTERS = ["source", "status", "starred", "pipeline_id", "stage_id", "assigned_to"];

let id: string;

// Among many small workspaces, of which the statistics know, a large one.
beforeAll(async () => {
  id = (await testWorkspace()).id;
  await asOwner(
    "insert into crm.workspaces (slug, name) select 's-' || n, 'S' from generate_series(1, 200) n",
  );
  await asOwner(
    "insert into crm.users (workspace_id, name, email) select id, 'U', 'u@x.com' from crm.workspaces",
  );
  await asOwner("insert into crm.tags (workspace_id, name) select id, 'vip' from crm.workspaces");
  await asOwner(
    `insert into crm.leads (workspace_id, pipeline_id, stage_id, assigned_to, first_name, last_name, email,
        phone, source, status, starred, score, created_at)
      select w.id, s.pipeline_id, s.id, u.id, 'Ann ' || n, 'Lee', 'item-' || n || '@example.com',
        '+1 (555) ' || 1000000 + n, 'web', 'new', n % 2 = 0, n % 100, now() - n * interval '1 minute'
      from crm.workspaces w, generate_series(1, case when w.id = $1 then ${LEADS} else 20 end) n,
        lateral (select * from crm.stages s where s.workspace_id = w.id order by s.position limit 1) s,
        lateral (select * from crm.users u where u.workspace_id = w.id) u`,
    [id],
  );
  await asOwner(
    `insert into crm.lead_tags (workspace_id, lead_id, tag_id)
      select l.workspace_id, l.id, t.id from crm.leads l join crm.tags t on t.workspace_id = l.workspace_id
      where l.score < 10`,
  );
  await asOwner("vacuum analyze crm.leads, crm.lead_tags, crm.tags, crm.users, crm.stages");
});

/** Expects a list, run as the API's role, to read as many leads, and no table from end to end. */
async function expectReads(most: number, text: string, ...values: unknown[]) {
  const [nodes = []] = await plansOf(apiDatabase({ size: 1 }), claimsOf(id), [{
    text,
    values,
    byIndex: true,
  }]);
  const message = `${text}: ${brief(nodes)}`;
  expect(scanned(nodes), message).toEqual([]);
  expect(rowsRead(nodes, "leads"), message).toBeLessThanOrEqual(most);
}

test.each(SORTS)("a page by %s reads a page, also with all that it shows", async (sort) => {
  for (const order of ["asc", "desc"]) {
    for (const from of ["leads", "leads_with_links"]) {
      await expectReads(
        PAGE,
        `select * from crm.${from} order by ${sort} ${order}, id ${order} limit ${PAGE}`,
      );
    }
  }
});

test.each(FILTERS)("a page of one %s reads a page, newest first", async (filter) => {
  const [sample] = await asOwner(
    `select ${filter} as value from crm.leads where workspace_id = $1 limit 1`,
    [id],
  );
  await expectReads(
    PAGE,
    `select * from crm.leads_with_links where ${filter} >= $1 and ${filter} <= $1
      order by ${filter} desc, created_at desc, id desc limit ${PAGE}`,
    sample!.value,
  );
});

test("a page of a span of time reads a page", async () => {
  await expectReads(
    PAGE,
    `select * from crm.leads_with_links where created_at > now() - interval '9 days'
      and created_at < now() - interval '7 days' order by created_at desc, id desc limit ${PAGE}`,
  );
});

test("a tag's leads are found by the tag", async () => {
  await expectReads(
    LEADS / 10,
    `select * from crm.leads l where id = any (array(
        select lead_id from crm.lead_tags where tag_id = (select id from crm.tags where name_key = 'vip')))
      order by created_at desc, id desc limit ${PAGE}`,
  );
});

describe("a search", () => {
  test("reads little more than it finds, by text as by the digits of a phone", async () => {
    for (const pattern of ["%item-19999%", "%(555)-101.9998%"]) {
      const [found = [], [read]] = await apiDatabase({ size: 1 }).read(claimsOf(id), [
        { text: "select app.search_leads($1, '{}')", values: [pattern] },
        {
          text: `select seq_scan::int, coalesce(idx_tup_fetch, 0)::int as rows
            from pg_stat_xact_user_tables where schemaname = 'crm' and relname = 'leads'`,
          values: [],
        },
      ]) as [unknown[], [{ seq_scan: number; rows: number }]];
      expect({ pattern, found: found.length, scans: read.seq_scan, few: read.rows < 50 })
        .toEqual({ pattern, found: 1, scans: 0, few: true });
    }
  });

  const CASES: [words: string[], finds: string[]][] = [
    [["sarah"], ["Sarah"]],
    [["JOHN", "sar"], ["Sarah"]],
    [["x.com"], ["Bob", "Sarah"]],
    [["415"], ["Sarah"]],
    [["(415)", "555-12"], ["Sarah"]],
    [["+1-415"], ["Sarah"]],
    [["415", "bob"], []],
    [["2024"], ["Bob"]],
    [["20.24"], []],
    [["+49"], ["Bob"]],
    [["ext."], ["Bob"]],
    [["%"], ["Percy"]],
    [["5%"], ["Percy"]],
    [["()"], []],
    [["ZOË"], ["Zoë"]],
  ];
  test.each(CASES)("for %j finds %j", async (words, finds) => {
    const { create, call, lead } = await leadWorld();
    await create({ last_name: "Johnson", email: "sarah@x.com", phone: "+14155551234" });
    await create({ first_name: "Bob", email: "bob2024@x.com", phone: "0049 (30) 12 ext.7" });
    await create({ first_name: "Percy", last_name: "5%_" });
    await create({ first_name: "Zoë" });
    const [longest, ...others] = words.map((word) => `%${word.replace(/[\\%_]/g, "\\$&")}%`)
      .sort((a, b) => b.length - a.length);
    const hits = await call(
      "search_leads",
      longest!,
      `{${others.map((one) => JSON.stringify(one)).join()}}`,
    );
    const found = await Promise.all(hits.map(({ search_leads }) => lead(String(search_leads))));
    expect(found.map(({ first_name }) => first_name).sort()).toEqual(finds);
  });
});

test("texts sort without regard to case, a missing one first, equal ones by id", async () => {
  const { create, rows } = await leadWorld();
  const names = ["bob", "Ann", null, "ann", "Äsa", "ANN"];
  const made: string[] = [];
  for (const last_name of names) made.push((await create({ last_name })).id);
  const sorted = await rows("select id from crm.leads order by last_name_key, id");
  expect(sorted.map(({ id: lead }) => names[made.indexOf(lead)])).toEqual([
    null,
    "Ann",
    "ann",
    "ANN",
    "Äsa",
    "bob",
  ]);
});

test("counts of tags follow their leads", async () => {
  const { create, change, rows } = await leadWorld();
  const lead = await create({ tags: ["a", "b"] });
  await create({ tags: ["a"] });
  const counts = () => rows("select name, leads_count from crm.tags_with_counts order by name");
  expect(await counts()).toMatchObject([{ leads_count: 2 }, { leads_count: 1 }]);
  await change(lead, { tags: ["b"] });
  await rows("delete from crm.leads where id <> $1", lead.id);
  expect(await counts()).toEqual([{ name: "a", leads_count: 0 }, { name: "b", leads_count: 1 }]);
});
