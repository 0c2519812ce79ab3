import { expect, test } from "vitest";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { crmHttp, type CrmWorld } from "../support/crm-http.ts";
import { asOwner } from "../support/workspace.ts";

const ROUNDS = 10;

const pick = <T>(some: readonly T[]): T => some[Math.floor(Math.random() * some.length)]!;

/** What the deals of a workspace come to: as it is kept, and summed up anew. */
async function totalsOf(workspace: string) {
  const kept = await asOwner(
    `select outcome, stage, closed_on::text, currency, sum(deals) as deals, sum(valued) as valued,
        trim_scale(sum(value)) as value, trim_scale(sum(weighted)) as weighted,
        trim_scale(sum(unweighted)) as unweighted
      from crm.deal_totals where workspace_id = $1 group by 1, 2, 3, 4 having sum(deals) <> 0
      order by 1, 2, 3, 4`,
    [workspace],
  );
  const summed = await asOwner(
    `select outcome, coalesce(stage_id, '00000000-0000-0000-0000-000000000000') as stage,
        coalesce((closed_at at time zone 'UTC')::date, 'infinity')::text as closed_on, currency,
        count(*) as deals, count(value) as valued, trim_scale(coalesce(sum(value), 0)) as value,
        trim_scale(coalesce(sum(value * probability::numeric), 0)) as weighted,
        trim_scale(coalesce(sum(value) filter (where probability is null), 0)) as unweighted
      from crm.deals where workspace_id = $1 group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
    [workspace],
  );
  return { kept, summed };
}

/** How many deals have each value of what is counted: as it is kept, and counted anew. */
async function countsOf(workspace: string) {
  const kept = await asOwner(
    `select field, value, sum(records)::int as records from crm.record_counts
      where workspace_id = $1 and resource = 'deals' group by 1, 2 having sum(records) <> 0 order by 1, 2`,
    [workspace],
  );
  const counted = await asOwner(
    `select field, counted.value, count(*)::int as records
      from crm.deals d, lateral (values ('', ''), ('stage', d.stage), ('status', status),
        ('outcome', outcome), ('pipeline_id', pipeline_id::text), ('stage_id', stage_id::text),
        ('visited', visited::text)) counted (field, value)
      where d.workspace_id = $1 and counted.value is not null group by 1, 2 order by 1, 2`,
    [workspace],
  );
  return { kept, counted };
}

const VALUES = [null, 0, 0.01, 1234.56, 99999999999.99, -5];

async function change(world: CrmWorld): Promise<void> {
  const { id, api, native, leadhub } = world;
  const [deals, stages] = await Promise.all(
    ["deals", "stages"].map((table) =>
      asOwner<{ id: string; name: string; number: string; pipeline: string }>(
        `select one.id, one.number${
          table === "stages"
            ? `, one.name, (select p.number from crm.pipelines p
        where p.workspace_id = $1 and p.id = one.pipeline_id) as pipeline`
            : ""
        }
        from crm.${table} one where workspace_id = $1`,
        [id],
      )
    ),
  );
  const deal = deals!.length > 0 ? pick(deals!).id : "";
  const stage = pick(stages!);
  const value = pick(VALUES);
  const rolledBack = () =>
    apiDatabase({ size: 1 }).write(claimsOf(id), [
      { text: "update crm.deals set value = 5, stage = 'Won'", values: [] },
      { text: "delete from crm.deals where id = $1", values: [deal] },
      { text: "insert into crm.deals (title, value) values ('R', 7)", values: [] },
      { text: "select 1 / 0", values: [] },
    ]).then(() => ({ status: 500, text: "" }), () => ({ status: 204, text: "" }));
  const changes = [
    () => api.post("leads", { title: "D", value, currency: pick(["USD", "EUR"]) }),
    () =>
      api.post("leads", { title: "D", value, stageId: stage.id, probabilityPct: pick([0, 33.3]) }),
    () => native.post("v1-public-deals", { title: "N", value, stage: pick(["Lead", "Free text"]) }),
    () =>
      native.patch(`v1-public-deals?id=${deal}`, { value, status: pick(["won", "open", "odd"]) }),
    () => native.patch(`v1-public-deals?id=${deal}`, { stage: pick(["Proposal", "Free text"]) }),
    () => api.patch(`leads/${deal}`, { value, currency: pick(["USD", "EUR", "NOK"]) }),
    () => api.patch(`leads/${deal}`, { probabilityPct: pick([null, 10, 66.6]), stageId: stage.id }),
    () => api.patch(`leads/${deal}/stage`, { stageId: stage.id }),
    () => api.delete(`leads/${deal}`),
    () => api.patch(`pipeline-stages/${stage.id}`, { kind: pick(["open", "won", "lost"]) }),
    () => api.post("pipeline-stages", { name: `S ${Math.random()}` }),
    () =>
      api.send("DELETE", `pipeline-stages/${stage.id}`, {
        body: { moveToStageId: pick(stages!).id },
      }),
    () =>
      leadhub.patch(`pipelines/${stage.pipeline}/stages/${stage.number}`, {
        name: `S ${Math.random()}`,
      }),
    rolledBack,
  ];
  const { status, text } = await pick(changes)();
  expect([200, 201, 204, 400, 404, 405, 409, 422], text).toContain(status);
}

test("totals and counts are those of the deals, whatever is written at once or taken back", async () => {
  const world = await crmHttp();
  await world.leadhub.made("pipelines", { name: "R", stages: [{ name: "A" }, { name: "B" }] });
  await asOwner(
    "insert into crm.deals (workspace_id, title, value) select $1, n, n from generate_series(1, 20) n",
    [
      world.id,
    ],
  );
  for (let round = 0; round < ROUNDS; round++) {
    await Promise.all(Array.from({ length: 12 }, () => change(world)));
    const { kept, summed } = await totalsOf(world.id);
    expect(kept).toEqual(summed);
    const counts = await countsOf(world.id);
    expect(counts.kept).toEqual(counts.counted);
  }
  const { summed } = await totalsOf(world.id);
  expect(summed.length).toBeGreaterThan(3);
  await asOwner("delete from crm.deals where workspace_id = $1", [world.id]);
  expect((await totalsOf(world.id)).kept).toEqual([]);
});

test("the dashboard says what a plain sum of the deals says", async () => {
  const { id, api } = await crmHttp();
  await asOwner(
    `insert into crm.deals (workspace_id, title, value, currency, probability, stage)
      select $1, 'D', (n * 98765432109.87)::numeric, (array['USD', 'EUR', 'CHF'])[1 + n % 3],
        case n % 4 when 0 then null else n % 101 end, (array['Lead', 'Proposal', 'Won', 'Lost'])[1 + n % 4]
      from generate_series(1, 400) n`,
    [id],
  );
  const [{ expected }] = await asOwner<{ expected: string }>(
    `select json_agg(row_to_json(one) order by currency)::text as expected from (
      select d.currency, trim_scale(sum(d.value)) as value, trim_scale(round(sum(
        d.value * coalesce(d.probability, s.probability)::numeric / 100), 2)) as "weightedValue"
      from crm.deals d join crm.stages s on s.workspace_id = d.workspace_id and s.id = d.stage_id
      where d.workspace_id = $1 and d.status = 'open' group by d.currency) one`,
    [id],
  ) as [{ expected: string }];
  const { text } = await api.get("dashboard");
  const [, values] = /"open":\{"count":200,"values":(\[.*?\])\}/.exec(text)!;
  expect(values).toBe(expected.replaceAll(/\s/g, ""));
});
