import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { crmHttp, type CrmWorld, expectRefused, TIME } from "../support/crm-http.ts";

/** The id of a stage of another pipeline, which has Due, Lead and Won. */
async function renewals({ leadhub, native, api }: CrmWorld): Promise<Record<string, string>> {
  const stages = [{ name: "Due", probability: 60 }, { name: "Lead" }, {
    name: "Won",
    outcome: "won",
  }];
  await leadhub.made("pipelines", { name: "Renewals", stages });
  const { body } = await native.get("v1-public-pipelines");
  const { id } = body.data.items.find(({ name }: Json) => name === "Renewals");
  const made = await api.listed(`pipeline-stages?pipelineId=${id}`, "stages");
  return { id, ...Object.fromEntries(made.map((one: Json) => [one.name, one.id])) };
}

describe("a stage", () => {
  test("is named by id, by name or system key, which must agree", async () => {
    const world = await crmHttp();
    const { api } = world;
    const other = await renewals(world);
    const stages = await api.listed("pipeline-stages", "stages");
    const [lead, qualified] = stages;
    await api.changed(`pipeline-stages/${qualified.id}`, { name: "Lost soul" });
    const made = (fields: object) => api.made("leads", { title: "D", ...fields });
    expect(await made({ stage: "QUALIFIED" })).toMatchObject({ stageId: qualified.id });
    expect(await made({ stage: "lost SOUL" })).toMatchObject({ stageId: qualified.id });
    expect(await made({ stage: "qualified", stageId: qualified.id }))
      .toMatchObject({ stage: "Lost soul" });
    expect(await made({ stageId: other.Due }))
      .toMatchObject({ stage: "Due", pipelineId: other.id, probabilityPct: 60 });
    expect(await made({ stageId: other.Lead, stage: "lead" }))
      .toMatchObject({ pipelineId: other.id, probabilityPct: null });
    expect(await made({ stage: "won" })).toMatchObject({ status: "won", closedAt: TIME });
    const disagree = "stage: Must be the stage that stageId names.";
    const both = { title: "D", stage: "won", stageId: lead.id };
    expectRefused(await api.post("leads", both), 400, disagree);
    const none = "stage: Must be a stage of the pipeline: " +
      "Lead, Lost soul, Proposal, Negotiation, Won, Lost.";
    expectRefused(await api.post("leads", { title: "D", stage: "Due" }), 400, none);
    const unknown = "stageId: No stage with this id.";
    const stageId = randomUUID();
    expectRefused(await api.post("leads", { title: "D", stageId }), 400, unknown);
    const { id } = await made({});
    expectRefused(await api.patch(`leads/${id}`, { stageId }), 400, unknown);
    expectRefused(await api.patch(`leads/${id}/stage`, { stageId }), 400, unknown);
    expectRefused(await api.patch(`leads/${id}/stage`, { stage: "Due" }), 400, none);
    // A name that is another's system key is meant as the name.
    await api.changed(`pipeline-stages/${lead.id}`, { name: "Proposals" });
    await api.changed(`pipeline-stages/${stages[2].id}`, { name: "Lead" });
    expect(await made({ stage: "lead" })).toMatchObject({ stageId: stages[2].id });
  });

  test("is moved to, which decides status and close, also in another pipeline", async () => {
    const world = await crmHttp();
    const { api } = world;
    const other = await renewals(world);
    const { id, stageId } = await api.made("leads", { title: "D" });
    const path = `leads/${id}/stage`;
    const before = await api.read(`leads/${id}`);
    expect(await api.changed(path, {})).toEqual(before);
    expect(await api.changed(path, { stage: "lead" })).toEqual(before);
    const won = await api.changed(path, { stage: "WON" });
    expect(won).toMatchObject({ stage: "Won", stageKind: "won", status: "won", closedAt: TIME });
    const lost = await api.changed(`leads/${id}`, { stage: "lost" });
    expect(lost).toMatchObject({ status: "lost", probabilityPct: 0 });
    expect(lost.closedAt > won.closedAt).toBe(true);
    expect(await api.changed(path, { stageId }))
      .toMatchObject({ status: "open", closedAt: null, stage: "Lead" });
    expect(await api.changed(path, { stageId: other.Due }))
      .toMatchObject({ pipelineId: other.id, stage: "Due", probabilityPct: 60 });
    // A name is one of the pipeline that it is in now.
    expect(await api.changed(path, { stage: "lead" }))
      .toMatchObject({ pipelineId: other.id, stageId: other.Lead });
    expect(await api.changed(path, { stageId, stage: "lead" })).toMatchObject({ stageId });
    const { body } = await api.patch(path, { stage: null, stageId: null, to: 1 });
    for (const field of ["stage", "stageId", "to"]) expect(body.error).toContain(`${field}: `);
    const none = randomUUID();
    expectRefused(
      await api.patch(`leads/${none}/stage`, { stage: "won" }),
      404,
      `No lead with id ${none}.`,
    );
  });

  test("gives its probability to leads without one of their own", async () => {
    const { api, native } = await crmHttp();
    const lead = await api.made("leads", { title: "D", stage: "Proposal" });
    const own = await api.made("leads", { title: "E", stage: "Proposal", probabilityPct: 0 });
    const probability = async ({ id }: Json) => (await api.read(`leads/${id}`)).probabilityPct;
    await api.changed(`pipeline-stages/${lead.stageId}`, { defaultProbabilityPct: 66.6 });
    expect([await probability(lead), await probability(own)]).toEqual([66.6, 0]);
    const { body } = await native.get(`v1-public-deals?id=${lead.id}`);
    expect(body.data.probability).toBeNull();
    await api.changed(`pipeline-stages/${lead.stageId}`, { defaultProbabilityPct: null });
    expect(await probability(lead)).toBeNull();
    await api.changed(`leads/${own.id}`, { probabilityPct: null });
    expect(await probability(own)).toBeNull();
  });
});

test("leads are listed newest first, by every filter", async () => {
  const world = await crmHttp();
  const { api, user } = world;
  const other = await renewals(world);
  const [jo, company, contact] = [
    await user("Jo"),
    (await api.made("companies", { name: "A" })).id,
    (await api.made("contacts", {})).id,
  ];
  const rows = [
    { title: "One 100%", stage: "qualified", companyId: company },
    { title: "Two", stageId: other.Lead, ownerId: jo, contactId: contact },
    { title: "Three", stage: "won", ownerId: jo },
    { title: "Four one" },
  ];
  for (const row of rows) await api.made("leads", row);
  const titles = async (query: string) =>
    (await api.listed(`leads?${query}`)).map(({ title }: Json) => title);
  const stages = await api.listed("pipeline-stages", "stages");
  await api.changed(`pipeline-stages/${stages[1].id}`, { name: "Hot" });
  const asked: Record<string, string[]> = {
    "": ["Four one", "Three", "Two", "One 100%"],
    "stage=LEAD": ["Four one", "Two"],
    "stage=hot": ["One 100%"],
    "stage=qualified": ["One 100%"],
    "stage=nowhere": [],
    [`stageId=${other.Lead}`]: ["Two"],
    [`stageId=${randomUUID()}`]: [],
    [`companyId=${company}`]: ["One 100%"],
    [`contactId=${contact}`]: ["Two"],
    [`owner=${jo}`]: ["Three", "Two"],
    "owner=unassigned": ["Four one", "One 100%"],
    "status=won": ["Three"],
    "status=open": ["Four one", "Two", "One 100%"],
    "search=ONE": ["Four one", "One 100%"],
    "search=100%25": ["One 100%"],
    [`owner=${jo}&stage=won&status=won&search=thr`]: ["Three"],
  };
  for (const [query, expected] of Object.entries(asked)) {
    expect(await titles(query), query).toEqual(expected);
    expect((await api.read(`leads?${query}`)).total, query).toBe(expected.length);
  }
  const wrong = "stageId=x&companyId=x&contactId=x&owner=x&status=done&stag=lead";
  const { status, body } = await api.get(`leads?${wrong}`);
  expect(status).toBe(400);
  for (const one of wrong.split("&")) expect(body.error).toContain(`${one.split("=")[0]}: `);
  expect((await api.get("leads?owner=me")).body.error).toMatch(/^owner: .*a key has no user/);
});
