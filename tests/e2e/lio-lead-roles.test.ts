import { describe, expect, test } from "vitest";
import { expectLioError, lioWorld } from "../support/lio.ts";
import { leadOf, person, unscored } from "../support/lio-leads.ts";

const ids = (leads: { id: number }[]) => leads.map(({ id }) => id).sort((a, b) => a - b);

/** A Rep's own lead, nobody's, and that of somebody else. */
async function threeLeads() {
  const world = await lioWorld();
  const rep = await world.user("rep");
  const { admin } = world;
  const own = await leadOf(admin.api, { assigned_to: rep.number });
  const free = await leadOf(admin.api);
  const foreign = await leadOf(admin.api, { assigned_to: admin.number });
  return { ...world, rep, own, free, foreign };
}

describe("a Rep", () => {
  test("sees their own leads and nobody's, also in totals and search", async () => {
    const { rep: { api }, own, free } = await threeLeads();
    for (const query of ["", "?search_value=roe", "?status=1", "?order_by=score"]) {
      const { body } = await api.get(`lead/list${query}`);
      expect(ids(body.data)).toEqual(ids([own, free]));
      expect(body.total).toBe(2);
    }
    expect((await api.get("lead/list?assigned_to=true")).body).toMatchObject({
      data: [{ id: own.id }],
      total: 1,
    });
  });

  test("is told of the leads of others what is told of none", async () => {
    const { rep: { api }, admin, foreign } = await threeLeads();
    const { id } = foreign;
    expectLioError(await api.get(`lead/view/${id}`), 404, "not_found");
    expectLioError(await api.post(`lead/update/${id}`, { city: "B" }), 404, "not_found");
    expectLioError(
      await api.post("lead/status-change", { ids: [id], status: 2 }),
      404,
      "not_found",
    );
    expect(await api.done("lead/status-change", { select_all: true, filters: {}, status: 2 }))
      .toEqual({ matched: 2, updated: 2, not_found: [] });
    expect(unscored(await admin.api.read(`lead/view/${id}`))).toEqual(unscored(foreign));
  });

  test("makes leads that are theirs, and gives them to nobody else", async () => {
    const { rep: { api, number }, admin, own, free } = await threeLeads();
    expect(await leadOf(api)).toMatchObject({ assigned_to: number });
    const refused = [
      await api.post("lead/add", person({ assigned_to: admin.number })),
      await api.post(`lead/update/${own.id}`, { assigned_to: admin.number }),
      await api.post("lead/assign-user", { ids: [own.id], assigned_to: admin.number }),
      await api.delete(`lead/delete?ids=${own.id}`),
    ];
    for (const answer of refused) expectLioError(answer, 403, "permission_error", "role");
    expect(await api.done("lead/assign-user", { ids: [free.id], assigned_to: number }))
      .toMatchObject({ updated: 1 });
    expect(await api.done("lead/assign-user", { ids: [own.id], assigned_to: null }))
      .toMatchObject({ updated: 1 });
  });

  test("changes the person of a lead for all leads of that person", async () => {
    const { rep: { api }, workspace, admin } = await threeLeads();
    const mine = await leadOf(api);
    const leadHub = await workspace.apiWith({ api: "leadhub" });
    const { body: { data: { id } } } = await leadHub.post("leadhub/api/v1/leads", {
      first_name: "Jane",
      email: mine.email,
    });
    await admin.api.done("lead/assign-user", { ids: [id], assigned_to: admin.number });
    await api.done(`lead/update/${mine.id}`, { first_name: "Joan" });
    expect(await admin.api.read(`lead/view/${id}`)).toMatchObject({ first_name: "Joan" });
  });
});

test("a Viewer reads what a Manager reads, and writes nothing", async () => {
  const { user, foreign } = await threeLeads();
  const viewer = await user("viewer");
  const manager = await user("manager");
  for (const { api } of [viewer, manager]) {
    expect((await api.get("lead/list")).body.total).toBe(3);
  }
  expectLioError(await viewer.api.post("lead/add", person()), 403, "permission_error", "role");
  const change = { ids: [foreign.id], status: 2 };
  expectLioError(
    await viewer.api.post("lead/status-change", change),
    403,
    "permission_error",
    "role",
  );
  expect(await manager.api.done("lead/status-change", change)).toMatchObject({ updated: 1 });
  const deletion = await manager.api.send("DELETE", "lead/delete", { body: { ids: [foreign.id] } });
  expect(deletion.body.data).toEqual({ deleted: 1, not_found: [] });
});

test("an API key is no proof, nor is nothing", async () => {
  const { keyed, admin: { api } } = await lioWorld();
  const key = await keyed();
  expectLioError(await key.get("lead/list"), 401, "authentication_error", "token_missing");
  const nobody = await api.withKey(null).get("lio/api/lead/list");
  expect(nobody.status).toBe(401);
});
