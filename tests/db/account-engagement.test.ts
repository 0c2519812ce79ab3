import { describe, expect, test } from "vitest";
import { apiDatabase, claimsOf, rolledBack, session } from "../support/as-role.ts";
import { asOwner, databaseUrl, testWorkspace } from "../support/workspace.ts";

const NOW = Date.parse("2026-06-15T09:14:32Z");
const DAY = 86_400_000;
const ago = (days: number) => new Date(NOW - days * DAY).toISOString();

async function one<T>(text: string, ...values: unknown[]): Promise<T | undefined> {
  const [row] = await asOwner<{ value: T }>(`select ${text} as value`, values);
  return row?.value;
}

describe("points", () => {
  test.each([
    [30, 0, 30],
    [30, 7, 21.213_203_435_596_427],
    [30, 14, 15],
    [30, 28, 7.5],
    [42.5, 140, 42.5 / 1_024],
    [30, 730, 30 * 0.5 ** (730 / 14)],
    [50, 731, 0],
    [50, 700_000, 0],
    // One that is told before it happens is worth what it is then.
    [30, -1, 30],
  ])("%d of %d days ago are worth %d", async (points, days, worth) => {
    const value = await one<number>("app.faded_points($1, $2, $3)", points, ago(days), ago(0));
    expect(value).toBeCloseTo(worth, 12);
  });

  test.each([[0, 0], [24.499_999, 24], [24.5, 25], [99.5, 100], [100, 100], [1e6, 100]])(
    "%d make the score %d",
    async (points, score) => expect(await one("app.engagement_score($1)", points)).toBe(score),
  );
});

test.each([
  [60, 0, "hot"],
  [60, 400, "hot"],
  [59, 0, "warm"],
  [25, 60, "warm"],
  [24, 0, "cold"],
  [24, 30.999, "cold"],
  [24, 31, "at_risk"],
  [0, 90.999, "at_risk"],
  [0, 91, "cold"],
  [24, null, "cold"],
])("an account with the score %d, engaged %s days ago, is %s", async (score, days, health) => {
  const at = days === null ? null : ago(days);
  expect(await one("app.account_health($1, $2, $3)", score, at, ago(0))).toBe(health);
});

/** Companies with accounts, leads and signals of many ages, some of the future; not all have each. */
async function engagedAccounts() {
  const { id } = await testWorkspace();
  await asOwner(
    `with company as (
       insert into crm.companies (workspace_id, name) select $1, n::text from generate_series(1, 40) n
       returning id, name::int as nth
     ), account as (
       insert into crm.target_accounts (workspace_id, company_id)
       select $1, id from company where nth % 4 > 0
     ), lead as (
       insert into crm.leads (workspace_id, pipeline_id, first_name, company_id)
       select $1, p.id, (nth * 10 + n)::text, case when n < 5 then company.id end
       from company, generate_series(1, nth % 6) n, crm.pipelines p
       where p.workspace_id = $1 and p.is_default returning id, first_name::int as nth
     )
     insert into crm.intent_signals (workspace_id, lead_id, signal_type, points, occurred_at)
     select $1, id, 'manual', 1 + (nth * 7 + n * 11) % 50,
       now() - make_interval(hours => (nth * 13 + n * 101) % 1500 - 2,
         days => case when nth % 3 = 0 then 50 else 0 end)
     from lead, generate_series(1, nth % 4) n`,
    [id],
  );
  return id;
}

test("all accounts are as engaged as their signals say, added up one by one", async () => {
  const id = await engagedAccounts();
  const client = await session(databaseUrl("adminUrl"));
  await rolledBack(client, async () => {
    // Within a transaction now stands still.
    const { rows: signals } = await client.query<{ company: string; points: string; age: number }>(
      `select l.company_id as company, s.points, extract(epoch from now() - s.occurred_at)::float8 as age
        from crm.intent_signals s join crm.leads l on l.id = s.lead_id where s.workspace_id = $1`,
      [id],
    );
    const { rows: accounts } = await client.query<Record<string, unknown>>(
      `select company_id, engagement_score, health,
          extract(epoch from now() - last_engaged_at)::float8 as age
        from crm.target_accounts_with_engagement where workspace_id = $1`,
      [id],
    );
    expect(accounts).toHaveLength(30);
    const healths = new Set<unknown>();
    for (const { company_id, engagement_score, health, age } of accounts) {
      const own = signals.filter(({ company }) => company === company_id);
      const sum = own.reduce(
        (total, { points, age: seconds }) =>
          total + Number(points) * 0.5 ** (Math.max(0, seconds) / 86_400 / 14),
        0,
      );
      const score = Math.min(100, Math.round(sum));
      expect(engagement_score).toBe(score);
      const least = own.length === 0 ? null : Math.min(...own.map((signal) => signal.age));
      expect(age).toBe(least);
      const days = Math.floor((least ?? Infinity) / 86_400);
      const below = days >= 31 && days <= 90 ? "at_risk" : "cold";
      expect(health).toBe(score >= 60 ? "hot" : score >= 25 ? "warm" : below);
      healths.add(health);
    }
    expect(healths.size).toBe(4);
  });
});

test("a signal of the year 1 makes no account fail", async () => {
  const id = await engagedAccounts();
  await asOwner(
    "update crm.intent_signals set occurred_at = '0001-01-01T00:00:00Z' where workspace_id = $1",
    [id],
  );
  const [rows] = await apiDatabase().read(claimsOf(id), [{
    text: `select distinct engagement_score, health from crm.target_accounts_with_engagement`,
    values: [],
  }]);
  expect(rows).toEqual([{ engagement_score: 0, health: "cold" }]);
});

describe("meetings", () => {
  /** How engaged an account is by one meeting: its score, and how long ago it was engaged, in days. */
  async function met(meeting: { status?: number; days: number; seconds?: number; of?: string[] }) {
    const { status = 1, days, seconds = 0, of = ["company"] } = meeting;
    const { id } = await testWorkspace();
    const client = await session(databaseUrl("adminUrl"));
    return await rolledBack(client, async () => {
      const { rows } = await client.query<{ score: number; days: number | null; meetings: number }>(
        `with company as (
           insert into crm.companies (workspace_id, name) values ($1, 'Globex') returning id
         ), account as (
           insert into crm.target_accounts (workspace_id, company_id) select $1, id from company
         ), lead as (
           insert into crm.leads (workspace_id, pipeline_id, first_name, company_id)
           select $1, p.id, 'Jane', company.id from company, crm.pipelines p
           where p.workspace_id = $1 and p.is_default returning id
         ), contact as (
           insert into crm.contacts (workspace_id, first_name, company_id)
           select $1, 'Jane', company.id from company returning id
         ), meeting as (
           insert into crm.meetings
             (workspace_id, title, status, start_time, end_time, company_id, lead_id, contact_id)
           select $1, 'Demo', $2, at, at + interval '1 hour',
             case when 'company' = any ($5::text[]) then company.id end,
             case when 'lead' = any ($5) then lead.id end,
             case when 'contact' = any ($5) then contact.id end
           from company, lead, contact, lateral (
             select now() - make_interval(days => $3, secs => $4)) begun (at)
         )
         select 1`,
        [id, status, days, seconds, of],
      ).then(() =>
        client.query(
          `select engagement_score as score, meetings,
              extract(epoch from now() - last_engaged_at)::float8 / 86400 as days
            from crm.target_accounts_with_engagement where workspace_id = $1`,
          [id],
        )
      );
      return rows[0];
    });
  }

  test.each([["company"], ["lead"], ["contact"], ["company", "lead", "contact"]])(
    "of the %s are worth 15 points, once",
    async (...of) =>
      expect(await met({ days: 3, of })).toEqual({ score: 15, days: 3, meetings: 1 }),
  );

  test.each([[1, 15], [2, 15], [3, 15], [4, 0], [5, 0]])(
    "of the status %d are worth %d",
    async (status, score) =>
      expect(await met({ status, days: 1 }))
        .toEqual({ score, days: score === 0 ? null : 1, meetings: 1 }),
  );

  const daysAgo = (days: number): unknown => expect.closeTo(days, 9);
  test.each([
    [30, 0, 15, daysAgo(30)],
    [30, 1, 0, daysAgo(30 + 1 / 86_400)],
    [-30, 0, 15, null],
    [-30, -1, 0, null],
    [0, 0, 15, daysAgo(0)],
  ])("count within 30 days: %d days and %d seconds ago", async (days, seconds, score, engaged) => {
    expect(await met({ days, seconds })).toEqual({ score, days: engaged, meetings: 1 });
  });
});
