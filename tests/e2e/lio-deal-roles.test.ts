import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectLioError, expectLioFields, type LioClient } from "../support/lio.ts";
import { dealWorld } from "../support/lio-deals.ts";
import { leadOf } from "../support/lio-leads.ts";

describe("a Rep", () => {
  async function threeDeals() {
    const world = await dealWorld();
    const rep = await world.user("rep");
    const { admin, deal } = world;
    const [own, foreign] = [
      await leadOf(admin.api, { assigned_to: rep.number }),
      await leadOf(admin.api, { assigned_to: admin.number }),
    ];
    return {
      ...world,
      rep,
      own,
      foreign,
      ofOwn: await deal({ lead_id: own.id, assigned_to: admin.number }),
      given: await deal({ lead_id: foreign.id, assigned_to: rep.number }),
      hidden: await deal({ lead_id: foreign.id, assigned_to: admin.number }),
    };
  }

  test("sees deals of leads they see, and those assigned to them", async () => {
    const { rep: { api }, ofOwn, given, hidden, foreign } = await threeDeals();
    const { body } = await api.get("lead/deal/list?order_in=asc");
    expect(body.total).toBe(2);
    expect(body.data.map(({ id }: Json) => id).sort()).toEqual([ofOwn.id, given.id].sort());
    // The lead itself is not theirs to see.
    expect(body.data.find(({ id }: Json) => id === given.id).lead_id).toBeNull();
    expect((await api.read("pipelines/list"))[0].deal_count).toBe(2);
    expectLioError(
      await api.post(`lead/deal/update/${hidden.id}`, { title: "Mine" }),
      404,
      "not_found",
    );
    expectLioFields(
      await api.post(`lead/deal/update/${given.id}`, { lead_id: foreign.id }),
      422,
      "lead_id",
    );
  });

  test("sends back a deal of a lead that they do not see, which stays its lead", async () => {
    const { admin, rep, given, foreign } = await threeDeals();
    const all = await rep.api.read("lead/deal/list");
    const read = all.find(({ id }: Json) => id === given.id);
    expect(read.lead_id).toBeNull();
    await rep.api.done(`lead/deal/update/${given.id}`, { ...read, title: "Mine" });
    const deals = await admin.api.read("lead/deal/list");
    expect(deals.find(({ id }: Json) => id === given.id))
      .toMatchObject({ title: "Mine", lead_id: foreign.id, contact_id: given.contact_id });
    const taken = await admin.api.post(`lead/deal/update/${given.id}`, { lead_id: null });
    expectLioFields(taken, 422, "lead_id");
  });

  test("is not told how many deals that they do not see were closed", async () => {
    const { admin, rep, given, hidden, stage } = await threeDeals();
    await admin.api.done(`lead/deal/update/${hidden.id}`, { stage_id: stage("Won") });
    const history = async (api: LioClient) =>
      (await api.read(`forecast/deal/${given.id}`)).factors[1];
    const { value, detail } = await history(admin.api);
    expect(detail).toBe("1 won, 0 lost of those that were at the stage, within 365 days");
    expect(await history(rep.api)).toEqual({
      factor: "history",
      value,
      detail: "Won and lost ones of those that were at the stage, within 365 days",
    });
  });

  test("makes deals of those leads, which are the owner's or theirs, and deletes none", async () => {
    const { rep, own, foreign, lead, body, deal, ofOwn } = await threeDeals();
    const mine = { lead_id: own.id };
    expect(await deal(mine, rep.api)).toMatchObject({ assigned_to: rep.number });
    expect(await deal({ lead_id: lead.id }, rep.api)).toMatchObject({ assigned_to: rep.number });
    expectLioFields(
      await rep.api.post("lead/deal/add", body({ lead_id: foreign.id })),
      422,
      "lead_id",
    );
    const answer = await rep.api.send("DELETE", "lead/deal/delete", { body: { ids: [ofOwn.id] } });
    expectLioError(answer, 403, "permission_error", "role");
  });
});
