import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { leadWorld } from "../support/lead-world.ts";

const NOBODY = { first_name: null, last_name: null, email: null, phone: null };

test("a lead takes the defaults of what is not given", async () => {
  const { create, stage } = await leadWorld();
  const first = await stage("Lead");
  expect(await create()).toMatchObject({
    ...NOBODY,
    first_name: "Sarah",
    contact_id: null,
    company: null,
    source: null,
    status: "new",
    pipeline_id: first.pipeline_id,
    stage_id: first.id,
    stage_number: first.number,
    assigned_to: null,
    notes: null,
    custom_fields: {},
    tags: [],
    starred: false,
    score: 0,
  });
});

test("null at creation is the same as absent, also of a custom field", async () => {
  const { create } = await leadWorld();
  const lead = await create({
    email: null,
    company: null,
    pipeline_id: null,
    stage_id: null,
    tags: null,
    status: null,
    custom_fields: { a: "1", b: null, c: ["x"] },
  });
  expect(lead).toMatchObject({ status: "new", tags: [], custom_fields: { a: "1", c: ["x"] } });
});

test("everything given is stored", async () => {
  const { create, insert, stage } = await leadWorld();
  const [user, { id }] = [
    await insert("users", { name: "Jane", email: "j@x.com" }),
    await stage("Proposal"),
  ];
  const given = {
    last_name: "Johnson",
    phone: "+14155551234",
    source: "website",
    status: "contacted",
    assigned_to: user.id,
    notes: "40 seats",
    custom_fields: { budget: "10000", seats: 40, vip: true },
    starred: true,
    score: 70,
  };
  const lead = await create({ ...given, stage_id: id, company: "Acme", tags: ["hot", "Cold"] });
  expect(lead).toMatchObject({
    ...given,
    stage_id: id,
    company: "Acme",
    tags: ["Cold", "hot"],
    assigned_number: user.number,
  });
});

describe("the place of a lead", () => {
  test("a stage alone decides the pipeline, a pipeline alone begins at its first stage", async () => {
    const { create, call, rows } = await leadWorld();
    const stages = [{ name: "In" }, { name: "Out", outcome: "lost" }];
    const [other] = await call("create_pipeline", { name: "Other", stages });
    const [first, last] = await rows(
      "select id from crm.stages where pipeline_id = $1 order by position",
      other!.id,
    );
    expect(await create({ stage_id: last!.id })).toMatchObject({
      pipeline_id: other!.id,
      status: "lost",
    });
    expect(await create({ pipeline_id: other!.id })).toMatchObject({ stage_id: first!.id });
    expect(await create({ pipeline_id: other!.id, stage_id: last!.id, status: "odd" }))
      .toMatchObject({ stage_id: last!.id, status: "odd" });
  });

  test("a pipeline without stages has leads without a stage, until it gets its first", async () => {
    const { create, call, lead } = await leadWorld();
    const [empty] = await call("create_pipeline", { name: "Empty" });
    const made = await create({ pipeline_id: empty!.id });
    expect(made.stage_id).toBeNull();
    const [stage] = await call("create_stage", empty!.id, { name: "Won", outcome: "won" });
    expect(await lead(made.id)).toMatchObject({ stage_id: stage!.id, status: "won" });
  });

  test("a stage of another pipeline is refused", async () => {
    const { call, refusal, stage, create } = await leadWorld();
    const [other] = await call("create_pipeline", { name: "Other", stages: [{ name: "In" }] });
    const { id, pipeline_id } = await stage("Won");
    const lead = await create({ pipeline_id: other!.id });
    const given = { first_name: "A", pipeline_id: other!.id, stage_id: id };
    expect(await refusal("create_lead", given)).toBe("LB006");
    expect(await refusal("change_lead", lead.id, given)).toBe("LB006");
    const stays = { pipeline_id, stage_id: lead.stage_id };
    expect(await refusal("change_lead", lead.id, stays)).toBe("LB006");
  });
});

describe("links of a lead", () => {
  test("an inactive user is refused", async () => {
    const { refusal, insert } = await leadWorld();
    const { id } = await insert("users", {
      name: "J",
      email: "j@x.com",
      role: "member",
      status: "inactive",
    });
    expect(await refusal("create_lead", { first_name: "A", assigned_to: id })).toBe("LB012");
  });

  test.each(["pipeline_id", "stage_id", "assigned_to"])(
    "%s: a record of another workspace is none",
    async (column) => {
      const { create, refusal } = await leadWorld();
      const other = await leadWorld();
      const foreign = await other.stage("Lead");
      const user = await other.insert("users", { name: "J", email: "j@x.com" });
      const ids = { pipeline_id: foreign.pipeline_id, stage_id: foreign.id, assigned_to: user.id };
      const lead = await create();
      for (const id of [ids[column as keyof typeof ids], randomUUID()]) {
        expect(await refusal("create_lead", { first_name: "A", [column]: id })).toBe("23503");
        expect(await refusal("change_lead", lead.id, { [column]: id })).toBe("23503");
      }
    },
  );
});
