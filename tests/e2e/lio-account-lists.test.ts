import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectLioError } from "../support/lio.ts";
import { accountWorld } from "../support/lio-accounts.ts";

async function fourAccounts() {
  const world = await accountWorld();
  const { account, company, lead, user } = world;
  const owner = await user("rep");
  const make = async (name: string, points: number, more: object = {}) => {
    const { id: company_id } = await company(name);
    if (points > 0) await lead(company_id, [[points, 0], [points, 14]]);
    return (await account({ company_id, ...more })).id as number;
  };
  // Half of points 14 days old is left: one and a half times the points.
  return {
    ...world,
    owner,
    hot: await make("Globex Größe", 50, { tier: 1, icp_fit_score: 10 }),
    warm: await make("initech", 20, { tier: 3, owner_id: owner.number }),
    cool: await make("Acme 100%", 10, { tier: 1, icp_fit_score: 90 }),
    cold: await make("Zorg", 0, { owner_id: owner.number }),
  };
}

describe("accounts are listed", () => {
  test("the most engaged first, or sorted as is asked, either way", async () => {
    const { listed, hot, warm, cool, cold, admin: { api } } = await fourAccounts();
    const scores = (await api.read("target-accounts")).map((one: Json) => [
      one.id,
      one.engagement_score,
      one.health,
    ]);
    expect(scores).toEqual([
      [hot, 75, "hot"],
      [warm, 30, "warm"],
      [cool, 15, "cold"],
      [cold, 0, "cold"],
    ]);
    for (
      const [query, expected] of [
        ["sort=engagement_score", [cold, cool, warm, hot]],
        ["sort=company_name", [cool, hot, warm, cold]],
        ["sort=-company_name", [cold, warm, hot, cool]],
        ["sort=tier", [hot, cool, cold, warm]],
        ["sort=-icp_fit_score", [cool, hot, cold, warm]],
        ["sort=created_at", [hot, warm, cool, cold]],
        ["order_by=id&order_in=asc", [hot, warm, cool, cold]],
        ["order_in=ASC", [cold, cool, warm, hot]],
      ] as const
    ) expect(await listed(`?${query}`), query).toEqual(expected);
  });

  test("by health, tier, owner and the words of the company's name", async () => {
    const { listed, owner, hot, warm, cool, cold } = await fourAccounts();
    for (
      const [query, expected] of [
        ["health=hot", [hot]],
        ["health=warm", [warm]],
        ["health=cold", [cool, cold]],
        ["health=at_risk", []],
        ["tier=1", [hot, cool]],
        ["tier=1&health=cold", [cool]],
        [`owner_id=${owner.number}`, [warm, cold]],
        [`owner_id=${owner.number}&tier=3&health=warm&search=INI`, [warm]],
        ["owner_id=999999999", []],
        ["search=grosse%20glob", [hot]],
        ["search=100%25", [cool]],
        ["search=_", []],
        ["search_value=acme", [cool]],
        ["end_date=2020-01-01", []],
        ["start_date=2020-01-01&tier=3", [warm]],
      ] as const
    ) expect(await listed(`?${query}`), query).toEqual(expected);
  });

  test("in pages that neither overlap nor leave one out, though all are alike", async () => {
    const { account, admin: { api } } = await accountWorld();
    const ids: number[] = [];
    for (let i = 0; i < 7; i++) ids.push((await account()).id);
    const pages = await Promise.all(
      [1, 2, 3, 4].map((page) => api.get(`target-accounts?limit=3&page=${page}`)),
    );
    expect(pages.flatMap(({ body }) => body.data.map(({ id }: Json) => id)))
      .toEqual(ids.toReversed());
    expect(pages.map(({ body }) => [body.total, body.page, body.limit]))
      .toEqual([1, 2, 3, 4].map((page) => [7, page, 3]));
  });
});

describe("roles", () => {
  test("a Rep sees all accounts, as engaged as what they see of them, and changes none", async () => {
    const { admin, account, company, lead, deal, user, listed } = await accountWorld();
    const rep = await user("rep");
    const { id: company_id } = await company();
    await lead(company_id, [[20, 0]], rep.id);
    await lead(company_id, [[30, 0]], admin.id);
    await deal(company_id, 100, "Lead", rep.id);
    await deal(company_id, 1_000, "Lead", admin.id);
    const { id } = await account({ company_id });
    const one = (api = admin.api) => api.read(`target-accounts/${id}`);
    expect(await one()).toMatchObject({ engagement_score: 50, open_deal_value: 1_100 });
    expect(await one(rep.api)).toMatchObject({
      engagement_score: 20,
      open_deal_value: 100,
      deals: { open: 1, won: 0, open_value: 100, won_value: 0 },
    });
    expect((await one(rep.api)).recent_activity).toHaveLength(2);
    expect(await listed("?health=warm", rep.api)).toEqual([]);
    expect(await listed("?health=warm")).toEqual([id]);
    for (
      const [method, path, body] of [
        ["POST", "target-accounts", { company_id }],
        ["PATCH", `target-accounts/${id}`, { tier: 1 }],
        ["DELETE", `target-accounts/${id}`, undefined],
      ] as const
    ) {
      expectLioError(await rep.api.send(method, path, { body }), 403, "permission_error", "role");
    }
    const viewer = await user("viewer");
    expect(await one(viewer.api)).toMatchObject({ engagement_score: 50 });
    const contacts = `target-accounts/${id}/contacts`;
    expectLioError(
      await viewer.api.post(contacts, { contact_id: 1 }),
      403,
      "permission_error",
      "role",
    );
  });

  test("accounts of another organisation are none", async () => {
    const [mine, theirs] = [await accountWorld(), await accountWorld()];
    const { id, company_id } = await theirs.account();
    const { api } = mine.admin;
    expect(await mine.listed()).toEqual([]);
    for (const method of ["GET", "DELETE"]) {
      expectLioError(await api.send(method, `target-accounts/${id}`), 404, "not_found");
    }
    const said = await api.post("target-accounts", { company_id });
    const absent = await api.post("target-accounts", { company_id: 999_999_999 });
    expect(said.body.error).toEqual(absent.body.error);
    expectLioError(
      await api.post(`target-accounts/${id}/contacts`, { contact_id: 1 }),
      404,
      "not_found",
    );
    expectLioError(await api.get(`target-accounts/${id}/outreach-plans`), 404, "not_found");
    expect(await theirs.listed()).toEqual([id]);
  });
});
