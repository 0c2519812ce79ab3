import { describe, expect, inject, test } from "vitest";
import { rolledBack, session } from "../support/as-role.ts";
import { catalogProblems } from "../support/catalog.ts";

const IN_CLAIMS = "(workspace_id = (select app.workspace_id()))";
/** A table that breaks no rule, for the changes below to break one each. */
const SAMPLE = `
  create table crm.sample (
    workspace_id uuid, id uuid, other_id uuid, name text,
    primary key (workspace_id, id),
    foreign key (workspace_id, other_id) references crm.sample (workspace_id, id));
  create index sample_other on crm.sample (workspace_id, other_id);
  alter table crm.sample enable row level security, force row level security;
  create policy tenant on crm.sample using ${IN_CLAIMS} with check ${IN_CLAIMS};
  create policy owner on crm.sample to current_user using (true) with check (true);`;

describe("the walk of the catalog finds", () => {
  async function problemsOf(change: string): Promise<string[]> {
    const owner = await session(inject("adminUrl"));
    return await rolledBack(owner, async () => {
      const before = new Set(await catalogProblems(owner));
      await owner.query(SAMPLE);
      await owner.query(change);
      return (await catalogProblems(owner)).filter((problem) => !before.has(problem));
    });
  }

  test("nothing wrong with a table that keeps the rules", async () => {
    expect(await problemsOf("")).toEqual([]);
  });

  const TABLE_CHANGES = [
    ["no force row level security", "row-level security is not enabled and forced: crm.sample"],
    ["disable row level security", "row-level security is not enabled and forced: crm.sample"],
    [
      "drop constraint sample_pkey cascade",
      "the primary key does not begin with the workspace: crm.sample",
    ],
    [
      "drop constraint sample_pkey cascade, add primary key (id, workspace_id)",
      "the primary key does not begin with the workspace: crm.sample",
    ],
    [
      "add unique (name), add constraint loose foreign key (name) references crm.sample (name)",
      "the foreign key does not carry the workspace: loose of crm.sample",
    ],
    [
      `add constraint crossed foreign key (other_id, workspace_id)
        references crm.sample (workspace_id, id)`,
      "the foreign key does not carry the workspace: crossed of crm.sample",
    ],
    ["owner to lumenbase_api", "the API's role owns: table crm.sample"],
  ] as const;

  test.each(TABLE_CHANGES)("alter table: %s", async (change, problem) => {
    expect(await problemsOf(`alter table crm.sample ${change}`)).toContain(problem);
  });

  const POLICY = "the policy does not compare the workspace with the claims: tenant of crm.sample";
  test.each([
    ["with check (true)", POLICY],
    ["using (true)", POLICY],
    ["using (workspace_id = app.workspace_id() or name is null)", POLICY],
    ["rename to renamed", null],
  ])("alter policy: %s", async (change, problem) => {
    expect(await problemsOf(`alter policy tenant on crm.sample ${change}`))
      .toEqual(problem === null ? [] : [problem]);
  });

  test.each([
    [`using ${IN_CLAIMS}`, [POLICY]],
    [`for insert with check (true)`, [POLICY]],
    [`for update using ${IN_CLAIMS}`, [POLICY]],
    [`for select using ${IN_CLAIMS}`, []],
    ["to lumenbase_api using (true) with check (true)", [POLICY]],
  ])("create policy: %s", async (policy, problems) => {
    const create = `create policy tenant on crm.sample ${policy}`;
    expect(await problemsOf(`drop policy tenant on crm.sample; ${create}`)).toEqual(problems);
  });

  const UNINDEXED = "the foreign key has no index: sample_workspace_id_other_id_fkey of crm.sample";
  const DEFINER = "returns int language sql security definer as 'select 1'";
  const UNFIXED = "a security definer function without a fixed search_path: app.sample()";
  test.each([
    ["drop policy tenant on crm.sample; drop policy owner on crm.sample", "no policy: crm.sample"],
    [
      "drop index crm.sample_other",
      "the foreign key has no index: sample_workspace_id_other_id_fkey of crm.sample",
    ],
    [
      "drop index crm.sample_other; create index on crm.sample (other_id, name, workspace_id)",
      UNINDEXED,
    ],
    [
      "drop index crm.sample_other; create index on crm.sample (workspace_id, other_id) where name is null",
      UNINDEXED,
    ],
    ["drop index crm.sample_other; create index on crm.sample (other_id, workspace_id)", null],
    [
      "create index twin on crm.sample (workspace_id, other_id)",
      "the index is redundant: crm.twin",
    ],
    ["create index prefix on crm.sample (workspace_id)", "the index is redundant: crm.prefix"],
    ["create index twin on crm.sample (workspace_id, id)", "the index is redundant: crm.twin"],
    [
      "alter table crm.sample add constraint twin unique (workspace_id, id)",
      "the index is redundant: crm.twin",
    ],
    ["create index on crm.sample (workspace_id, name, id)", null],
    ["create index on crm.sample (workspace_id, other_id desc)", null],
    [
      "create view crm.peek as select * from crm.sample",
      "row-level security does not reach it: crm.peek",
    ],
    ["create view crm.peek with (security_invoker = on) as select * from crm.sample", null],
    [
      "create view app.peek with (security_invoker = off) as select * from crm.sample",
      "row-level security does not reach it: app.peek",
    ],
    [
      "alter view crm.pipelines_with_stages reset (security_invoker)",
      "row-level security does not reach it: crm.pipelines_with_stages",
    ],
    [
      "create materialized view crm.peek as select * from crm.sample",
      "row-level security does not reach it: crm.peek",
    ],
    [
      "create table app.aside (workspace_id uuid)",
      "row-level security does not reach it: app.aside",
    ],
    [`create function app.sample() ${DEFINER}`, UNFIXED],
    [`create function app.sample() ${DEFINER} set search_path = public`, UNFIXED],
    [`create function app.sample() ${DEFINER} set work_mem = '4MB'`, UNFIXED],
    [
      "grant execute on function app.count_request to public",
      "PUBLIC may execute it: app.count_request(uuid,integer,integer,integer)",
    ],
    ["create procedure app.sample() language sql security definer as 'select 1'", UNFIXED],
    [
      "create procedure app.sample() language sql as 'select 1'",
      "PUBLIC may execute it: app.sample()",
    ],
    ["alter role lumenbase_api bypassrls", "the API's role is more than a login: lumenbase_api"],
    ["alter role lumenbase_api superuser", "the API's role is more than a login: lumenbase_api"],
    ["grant pg_read_all_data to lumenbase_api", "the API's role is a member of: pg_read_all_data"],
  ])("%s", async (change, problem) => {
    const problems = await problemsOf(change);
    expect(problem === null ? problems : problems.filter((each) => each === problem))
      .toEqual(problem === null ? [] : [problem]);
  });
});
