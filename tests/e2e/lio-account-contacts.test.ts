import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectLioError, expectLioFields, TIME } from "../support/lio.ts";
import { accountWorld } from "../support/lio-accounts.ts";

const MISSING = 999_999_999;
const LATER = "2090-07-01T09:00:00.000Z";

async function oneAccount(more: object = {}) {
  const world = await accountWorld();
  const rep = await world.user("rep");
  const account = await world.account(more);
  const at = `target-accounts/${account.id}`;
  return {
    ...world,
    rep,
    account,
    at,
    api: world.admin.api,
    /** Makes a contact of the account's company. */
    person: (given: object = {}) => world.contact({ company_id: account.company_id, ...given }),
  };
}

test("contacts are added once, with what they have to say, and tell how well they cover", async () => {
  const { api, rep, at, person } = await oneAccount({ estimated_decision_makers: 3 });
  const hank = await person({ designation: "CEO" });
  const added = await rep.api.made(`${at}/contacts`, {
    contact_id: hank.id,
    stakeholder_role: "economic_buyer",
  });
  expect(added).toEqual({
    contact_id: hank.id,
    name: "Hank Scorpio",
    email: hank.email,
    designation: "CEO",
    stakeholder_role: "economic_buyer",
    added_at: TIME,
  });
  const other = await person();
  expect(await api.made(`${at}/contacts`, { contact_id: other.id }))
    .toMatchObject({ stakeholder_role: "other" });
  const detail = await api.read(at);
  expect(detail).toMatchObject({ contact_count: 2, decision_maker_count: 1, coverage: 0.33 });
  expect(detail.contacts[0]).toEqual(added);
  const again = await api.post(`${at}/contacts`, { contact_id: hank.id });
  expectLioError(again, 409, "conflict", "duplicate");
  for (const contact_id of [await person(), await person(), await person()].map(({ id }) => id)) {
    await api.made(`${at}/contacts`, { contact_id, stakeholder_role: "decision_maker" });
  }
  expect(await api.read(at)).toMatchObject({ decision_maker_count: 4, coverage: 1 });
  for (
    const [body, ...fields] of [
      [{}, "contact_id"],
      [{ contact_id: MISSING }, "contact_id"],
      [{ contact_id: other.id, stakeholder_role: "boss" }, "stakeholder_role"],
      [{ contact_id: other.id, role: "user" }, "role"],
    ] as const
  ) expectLioFields(await api.post(`${at}/contacts`, body), 422, ...fields);
  const nowhere = await api.post(`target-accounts/${MISSING}/contacts`, { contact_id: hank.id });
  expectLioError(nowhere, 404, "not_found");
});

test("of 20 that add one contact at once, one does", async () => {
  const { api, at, person } = await oneAccount();
  const body = { contact_id: (await person()).id };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => api.post(`${at}/contacts`, body)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(409)]);
  expect((await api.read(at)).contact_count).toBe(1);
});

test("outreach is planned step by step with each contact, for the account's owner or another", async () => {
  const { api, rep, admin, at, account, person } = await oneAccount();
  const [hank, frank] = [await person(), await person()];
  for (const { id } of [hank, frank]) await api.made(`${at}/contacts`, { contact_id: id });
  const plan = (contact: Json, more: object = {}) =>
    rep.api.made(`${at}/outreach-plans`, {
      contact_id: contact.id,
      channel: "call",
      scheduled_at: LATER,
      ...more,
    });
  const first = await plan(hank, { scheduled_at: "2090-07-01T11:00:00+02:00", notes: "Größe?" });
  expect(first).toEqual({
    id: expect.any(Number),
    target_account_id: account.id,
    step: 1,
    contact_id: hank.id,
    channel: "call",
    scheduled_at: LATER,
    assigned_to: admin.number,
    notes: "Größe?",
    status: "planned",
    created_at: TIME,
  });
  const sooner = await plan(hank, {
    scheduled_at: "2090-01-01T00:00:00Z",
    assigned_to: rep.number,
  });
  expect(sooner).toMatchObject({ step: 2, assigned_to: rep.number, notes: null });
  const others = await plan(frank, { channel: "email" });
  expect(others.step).toBe(1);
  const { body } = await api.get(`${at}/outreach-plans`);
  expect(body).toMatchObject({ total: 3, page: 1, limit: 10, data: [sooner, first, others] });
  const second = await api.get(`${at}/outreach-plans?limit=1&page=2`);
  expect(second.body).toMatchObject({ total: 3, data: [first] });
  expectLioError(await api.get(`target-accounts/${MISSING}/outreach-plans`), 404, "not_found");
});

test("a step that cannot be planned is refused with all that is wrong, and takes no number", async () => {
  const { api, at, person } = await oneAccount();
  const [hank, stranger] = [await person(), await person()];
  await api.made(`${at}/contacts`, { contact_id: hank.id });
  const good = { contact_id: hank.id, channel: "email", scheduled_at: LATER };
  for (
    const [more, ...fields] of [
      [{ contact_id: stranger.id }, "contact_id"],
      [{ contact_id: MISSING }, "contact_id"],
      [{ channel: "fax" }, "channel"],
      [{ scheduled_at: "2020-01-01T00:00:00Z" }, "scheduled_at"],
      [{ scheduled_at: "2090-01-01T00:00:00" }, "scheduled_at"],
      [{ assigned_to: MISSING }, "assigned_to"],
      [{ notes: "x".repeat(5_001) }, "notes"],
      [{ status: "done" }, "status"],
      [
        { contact_id: MISSING, assigned_to: MISSING, scheduled_at: "2020-01-01T00:00:00Z" },
        "contact_id",
        "assigned_to",
        "scheduled_at",
      ],
    ] as const
  ) {
    const answer = await api.post(`${at}/outreach-plans`, { ...good, ...more });
    expectLioFields(answer, 422, ...fields);
  }
  const said = async (contact_id: number) =>
    (await api.post(`${at}/outreach-plans`, { ...good, contact_id })).body.error;
  expect(await said(stranger.id)).toEqual(await said(MISSING));
  expect((await api.made(`${at}/outreach-plans`, good)).step).toBe(1);
});

test("steps that are planned at once are counted one by one", async () => {
  const { api, at, person } = await oneAccount();
  const { id: contact_id } = await person();
  await api.made(`${at}/contacts`, { contact_id });
  const body = { contact_id, channel: "linkedin", scheduled_at: LATER };
  const made = await Promise.all(
    Array.from({ length: 20 }, () => api.made(`${at}/outreach-plans`, body)),
  );
  const steps = made.map(({ step }) => step as number).sort((a, b) => a - b);
  expect(steps).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

test("a deleted contact leaves the account, and its steps without it", async () => {
  const { api, at, person } = await oneAccount();
  const { id: contact_id } = await person();
  await api.made(`${at}/contacts`, { contact_id, stakeholder_role: "champion" });
  await api.made(`${at}/outreach-plans`, { contact_id, channel: "call", scheduled_at: LATER });
  await api.send("DELETE", `contact/delete/${contact_id}`);
  expect(await api.read(at)).toMatchObject({ contact_count: 0, contacts: [] });
  expect(await api.read(`${at}/outreach-plans`)).toMatchObject([{ step: 1, contact_id: null }]);
});
