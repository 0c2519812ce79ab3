import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectLioError, expectLioFields } from "../support/lio.ts";
import { accountWorld } from "../support/lio-accounts.ts";

test("what happened at a company is told, the newest first and 20 at most", async () => {
  const { admin: { api }, account, company, lead, deal, meet } = await accountWorld();
  const { id: company_id } = await company("Globex");
  const { id } = await account({ company_id });
  const jane = await lead(company_id, [[10, 3]]);
  await deal(company_id, 500.5);
  await deal(company_id, 250, "Won");
  await api.made("lead/note/add", { lead_id: jane, title: "Called", note: "They want a quote." });
  await api.made("v1/intent-signal", { lead_id: jane, signal_type: "email_opened" });
  await meet(company_id, 1);
  const detail = await api.read(`target-accounts/${id}`);
  expect(detail).toMatchObject({
    // 15 of a meeting now, 10 points of which 14 days leave half, three days ago, and 3 of now.
    engagement_score: 27,
    health: "warm",
    open_deal_value: 500.5,
    deals: { open: 1, won: 1, open_value: 500.5, won_value: 250 },
  });
  const told = detail.recent_activity.map(({ event, title }: Json) => `${event} ${title}`);
  expect(told.slice(0, 3)).toEqual([
    "meeting_scheduled Meeting scheduled: Demo",
    "email_opened Signal: email_opened",
    "note_added Note added: Called",
  ]);
  expect(told.at(-1)).toBe("signal Signal: manual");
  expect(told.slice(3, -1).sort()).toEqual([
    "created Deal created: Licence",
    "created Deal created: Licence",
    "stage_changed Deal won: Licence",
  ]);
  expect(detail.last_engaged_at).toBe(detail.recent_activity[0].at);
  await lead(company_id, Array.from({ length: 30 }, (_, i) => [1, i] as const));
  const { recent_activity } = await api.read(`target-accounts/${id}`);
  expect(recent_activity).toHaveLength(20);
  const times = recent_activity.map(({ at }: Json) => at);
  expect(times).toEqual(times.toSorted().toReversed());
});

test("the funnel counts who got how far, and in all stages before", async () => {
  const { admin: { api }, account, company, lead, deal, meet } = await accountWorld();
  const funnel = () => api.read("reports/abm/funnel");
  const nothing = { count: 0, conversion: null };
  expect((await funnel()).stages.map(({ count, conversion }: Json) => ({ count, conversion })))
    .toEqual(Array(5).fill(nothing));
  const make = async (points: number, stage?: string) => {
    const { id: company_id } = await company();
    await account({ company_id });
    if (points > 0) await lead(company_id, [[points, 0]]);
    if (stage !== undefined) await deal(company_id, 10, stage);
    return { company_id };
  };
  for (const points of [0, 0, 24, 25]) await make(points);
  await meet((await make(0)).company_id, 4);
  await make(40, "Lead");
  await make(0, "Lost");
  await make(0, "Won");
  expect(await funnel()).toEqual({
    stages: [
      { stage: "identified", count: 8, conversion: null },
      { stage: "engaged", count: 5, conversion: 0.625 },
      { stage: "meeting", count: 4, conversion: 0.8 },
      { stage: "opportunity", count: 3, conversion: 0.75 },
      { stage: "won", count: 1, conversion: 0.3333 },
    ],
    total: 8,
  });
  expectLioFields(await api.get("reports/abm/funnel?limit=1"), 400, "limit");
});

test("the top engaged accounts are those with a score, the greatest first", async () => {
  const { admin: { api }, account, company, lead, user } = await accountWorld();
  const rep = await user("rep");
  const make = async (points: number, owner: string | null = null) => {
    const { id: company_id } = await company();
    if (points > 0) await lead(company_id, [[points, 0]], owner);
    return (await account({ company_id })).id;
  };
  const [ten, , fifty, own] = [
    await make(10),
    await make(0),
    await make(50),
    await make(5, rep.id),
  ];
  await lead((await api.read(`target-accounts/${fifty}`)).company_id, [[50, 0]]);
  const top = async (query = "", client = api) => {
    const { body } = await client.get(`reports/abm/top-engaged${query}`);
    return [body.total, ...body.data.map(({ id }: Json) => id)];
  };
  expect(await top()).toEqual([3, fifty, ten, own]);
  expect(await top("?limit=1")).toEqual([3, fifty]);
  expect(await top("?limit=1&page=3")).toEqual([3, own]);
  const other = await user("rep");
  expect(await top("", other.api)).toEqual([2, fifty, ten]);
  expectLioFields(await api.get("reports/abm/top-engaged?limit=0"), 400, "limit");
  expectLioError(await api.get("reports/abm/nothing"), 404, "not_found");
});
