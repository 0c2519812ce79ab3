import { describe, expect, test } from "vitest";
import { expectLioError, expectLioFields, TIME } from "../support/lio.ts";
import { accountWorld } from "../support/lio-accounts.ts";

const MISSING = 999_999_999;

test("a company becomes a target account, the caller's unless it is given to somebody", async () => {
  const { admin, company, user } = await accountWorld();
  const globex = await company("Globex");
  const account = await admin.api.made("target-accounts", { company_id: globex.id });
  expect(account).toEqual({
    id: expect.any(Number),
    company_id: globex.id,
    company_name: "Globex",
    owner_id: admin.number,
    owner_name: "Jane Roe",
    tier: 2,
    status: "active",
    icp_fit_score: null,
    estimated_decision_makers: null,
    engagement_score: 0,
    health: "cold",
    contact_count: 0,
    decision_maker_count: 0,
    coverage: null,
    open_deal_value: 0,
    last_engaged_at: null,
    created_at: TIME,
    updated_at: TIME,
  });
  const detail = await admin.api.read(`target-accounts/${account.id}`);
  expect(detail).toEqual({
    ...account,
    contacts: [],
    deals: { open: 0, won: 0, open_value: 0, won_value: 0 },
    recent_activity: [],
  });
  const rep = await user("rep");
  const given = { tier: 1, status: "paused", icp_fit_score: 72.5, estimated_decision_makers: 4 };
  const { id: company_id } = await company();
  expect(
    await admin.api.made("target-accounts", { company_id, owner_id: rep.number, ...given }),
  ).toMatchObject({ ...given, owner_id: rep.number, coverage: 0 });
});

describe("what is wrong is named", () => {
  test("in a body, all at once", async () => {
    const { admin: { api }, account, company } = await accountWorld();
    const { id: company_id } = await company();
    const { body } = await api.get("target-accounts");
    for (
      const [given, ...fields] of [
        [{}, "company_id"],
        [{ company_id: MISSING }, "company_id"],
        [{ company_id: MISSING, owner_id: MISSING }, "company_id", "owner_id"],
        [{ company_id: String(company_id) }, "company_id"],
        [{ company_id, tier: 4 }, "tier"],
        [{ company_id, tier: 1.5, status: "lead" }, "tier", "status"],
        [{ company_id, icp_fit_score: 100.1 }, "icp_fit_score"],
        [{ company_id, icp_fit_score: -1 }, "icp_fit_score"],
        [{ company_id, estimated_decision_makers: 2.5 }, "estimated_decision_makers"],
        [{ company_id, estimated_decision_makers: 3_000_000_000 }, "estimated_decision_makers"],
        [{ company_id, engagement_score: 100 }, "engagement_score"],
        [{ company_id, teir: 1 }, "teir"],
      ] as const
    ) expectLioFields(await api.post("target-accounts", given), 422, ...fields);
    expect((await api.get("target-accounts")).body).toEqual(body);
    const { id } = await account();
    const patch = (given: object) => api.send("PATCH", `target-accounts/${id}`, { body: given });
    expectLioFields(await patch({}), 422, "body");
    expectLioFields(await patch({ tier: null }), 422, "tier");
    expectLioFields(await patch({ owner_id: MISSING }), 422, "owner_id");
  });

  test("in a query, and in a path", async () => {
    const { admin: { api } } = await accountWorld();
    for (
      const [query, field] of [
        ["tier=4", "tier"],
        ["health=great", "health"],
        ["sort=health", "sort"],
        ["sort=--tier", "sort"],
        ["owner_id=me", "owner_id"],
        ["limit=501", "limit"],
        ["page=0", "page"],
        ["order_by=coverage", "order_by"],
        ["colour=red", "colour"],
        ["search=a&search=b", "search"],
      ] as const
    ) expectLioFields(await api.get(`target-accounts?${query}`), 400, field);
    expectLioError(await api.get("target-accounts/abc"), 400, "invalid_request");
    expectLioError(await api.get(`target-accounts/${MISSING}`), 404, "not_found");
  });
});

test("a company is one account: of 20 at once one is made, the others are told of it", async () => {
  const { admin: { api }, company } = await accountWorld();
  const body = { company_id: (await company()).id };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => api.post("target-accounts", body)),
  );
  const [made, ...others] = answers.toSorted((a, b) => a.status - b.status);
  expect(made?.status, made?.text).toBe(201);
  for (const other of others) {
    expectLioError(other, 409, "conflict", "duplicate");
    expect(other.body.error.existing_id).toBe(made?.body.data.id);
  }
  expect((await api.get("target-accounts")).body.total).toBe(1);
});

test("a change keeps what it does not name, clears with null and takes a record as it was read", async () => {
  const { admin: { api }, account, company } = await accountWorld();
  const { id } = await account({ icp_fit_score: 80, estimated_decision_makers: 3, tier: 1 });
  const patch = async (body: object) => {
    const { status, text, body: answer } = await api.send("PATCH", `target-accounts/${id}`, {
      body,
    });
    expect(status, text).toBe(200);
    return answer.data;
  };
  expect(await patch({ status: "won" })).toMatchObject({
    status: "won",
    tier: 1,
    icp_fit_score: 80,
  });
  const cleared = await patch({
    icp_fit_score: null,
    owner_id: null,
    estimated_decision_makers: null,
  });
  expect(cleared).toMatchObject({
    icp_fit_score: null,
    owner_id: null,
    owner_name: null,
    coverage: null,
  });
  const detail = await api.read(`target-accounts/${id}`);
  // Whose company it is, is told once and for all.
  const other = (await company()).id;
  expect(await patch({ ...cleared, company_id: other })).toEqual(cleared);
  expect(await patch(detail)).toEqual(cleared);
});

test("a deleted account leaves its company, and a deleted company its account", async () => {
  const { admin: { api }, account, company, contact } = await accountWorld();
  const globex = await company("Globex");
  const { id } = await account({ company_id: globex.id });
  const { id: contact_id } = await contact({ company_id: globex.id });
  await api.made(`target-accounts/${id}/contacts`, { contact_id });
  const gone = await api.send("DELETE", `target-accounts/${id}`);
  expect([gone.status, gone.body.data]).toEqual([200, { id, deleted: true }]);
  expectLioError(await api.send("DELETE", `target-accounts/${id}`), 404, "not_found");
  expect(await api.read(`company/view/${globex.id}`)).toMatchObject({ contact_count: 1 });
  const again = await account({ company_id: globex.id });
  await api.send("DELETE", `company/delete/${globex.id}`);
  expect(await api.read(`target-accounts/${again.id}`)).toMatchObject({
    company_id: null,
    company_name: null,
    recent_activity: [],
  });
});
