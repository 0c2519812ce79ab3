import { expect, test } from "vitest";
import { summary } from "../support/lead-world.ts";
import { scoreWorld } from "../support/lead-scores.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { asOwner } from "../support/workspace.ts";

ownMigratedDatabase();

const BUSINESS = { factor: "business_email", points: 15 };

test("a lead has its score after it is made and after each change that matters, by a job", async () => {
  const { create, change, rows, score, work, waiting } = await scoreWorld();
  const lead = await create({ email: "jane@acme.com" });
  expect(await waiting()).toEqual([[lead.id]]);
  expect(await score(lead)).toMatchObject({ score: 0, reasons: null });
  await work();
  expect(await score(lead)).toMatchObject({ score: 15, reasons: [BUSINESS] });
  await change(lead, { company: "Acme", phone: "+4930123456" });
  await work();
  expect((await score(lead)).score).toBe(30);
  await rows(
    "update crm.leads set job_title = 'CTO', linkedin_url = 'https://linkedin.com/in/a' where id = $1",
    lead.id,
  );
  await work();
  expect((await score(lead)).score).toBe(50);
  await rows("delete from crm.companies");
  await work();
  expect((await score(lead)).score).toBe(40);
  await change(lead, { notes: "Nothing that is scored" });
  expect(await waiting()).toEqual([]);
});

test("a lead whose contact is changed by another API is scored anew", async () => {
  const { create, rows, score, work } = await scoreWorld();
  const lead = await create({ email: "jane@acme.com" });
  await rows("update crm.contacts set phone = '+4930123456'");
  await work();
  expect((await score(lead)).score).toBe(20);
});

test("signals give points that fade, to one of their lead's score", async () => {
  const { create, signal, score, work } = await scoreWorld();
  const lead = await create({ email: "jane@acme.com" });
  const other = await create();
  await signal(lead, "demo_requested", 30, 14);
  await signal(lead, "manual", 42.5, 28);
  await work();
  expect(await score(lead)).toMatchObject({
    score: 41,
    reasons: [
      BUSINESS,
      { factor: "signal:demo_requested", points: 15, count: 1 },
      { factor: "signal:manual", points: 10.6, count: 1 },
    ],
  });
  expect(await score(other)).toMatchObject({ score: 0, reasons: [] });
});

test("to be scored is neither an event nor a change of the lead", async () => {
  const { create, signal, score, work, events } = await scoreWorld();
  const lead = await create({ email: "jane@acme.com" });
  await events();
  await signal(lead);
  const before = await score(lead);
  await work();
  const after = await score(lead);
  expect(after.score).toBe(45);
  expect(after.updated_at).toBe(before.updated_at);
  expect(summary(await events())).toEqual(["intent_signals created"]);
});

test("many leads of one statement are scored in pieces, and of many statements together", async () => {
  const { id, create, rows, work, waiting } = await scoreWorld();
  await rows(
    `insert into crm.leads (pipeline_id, email)
      select p.id, 'p' || i || '@acme.com' from crm.pipelines p, generate_series(1, 450) i`,
  );
  expect((await waiting()).map(({ length }) => length)).toEqual([200, 200, 50]);
  await work();
  for (let count = 0; count < 5; count++) await create({ email: `q${count}@acme.com` });
  expect((await waiting()).length).toBe(5);
  await work();
  const [scored] = await asOwner<{ scores: number[]; leads: number }>(
    `select array_agg(distinct fit_intent_score) as scores, count(*)::int as leads
      from crm.leads where workspace_id = $1`,
    [id],
  );
  expect(scored).toEqual({ scores: [15], leads: 455 });
});

test("each night the scores that faded are stored, and the others are not touched", async () => {
  const { id, create, rows, signal, score, work } = await scoreWorld();
  const faded = await create({ email: "faded@acme.com" });
  const old = await create({ email: "old@acme.com" });
  const plain = await create({ email: "plain@acme.com" });
  await signal(old, "demo_requested", 30, 2_000);
  await signal(faded);
  await work();
  await rows("update crm.intent_signals set occurred_at = occurred_at - interval '14 days'");
  const versions = () =>
    asOwner<{ id: string; version: string }>(
      "select id, xmin::text as version from crm.leads where workspace_id = $1 order by id",
      [id],
    );
  const before = await versions();
  await asOwner("select app.rescore_leads()");
  await work();
  expect((await score(faded)).score).toBe(30);
  const after = await versions();
  expect(after.filter((lead, at) => lead.version !== before[at]!.version).map((lead) => lead.id))
    .toEqual([faded.id]);
  expect((await score(plain)).score).toBe(15);
});

test("each night all leads with signals are looked at, a piece after the other", async () => {
  const { id, rows, work } = await scoreWorld();
  await rows(`with made as (
      insert into crm.leads (pipeline_id, email)
        select p.id, 'p' || i || '@acme.com' from crm.pipelines p, generate_series(1, 450) i returning id
    )
    insert into crm.intent_signals (lead_id, signal_type, points) select id, 'manual', 10 from made`);
  await work();
  await rows("update crm.intent_signals set occurred_at = occurred_at - interval '14 days'");
  await asOwner("select app.rescore_leads()");
  await work();
  const scores = await asOwner(
    "select fit_intent_score as score, count(*)::int as leads from crm.leads where workspace_id = $1 group by 1",
    [id],
  );
  expect(scores).toEqual([{ score: 20, leads: 450 }]);
});

test("a workspace goes with its leads, companies and signals", async () => {
  const { id, create, signal } = await scoreWorld();
  const lead = await create({ email: "jane@acme.com", company: "Acme" });
  await signal(lead);
  await asOwner("delete from crm.workspaces where id = $1", [id]);
  expect(await asOwner("select from crm.jobs where workspace_id = $1", [id])).toEqual([]);
});
