import { describe, expect, test } from "vitest";
import { expectInvalid, expectMissing, leadHub, record } from "../support/leadhub.ts";
import { expectGone, makeUser, TIME } from "../support/leadhub-records.ts";

const BODY = {
  name: "Welcome",
  trigger: { type: "lead.tag_added", tag: "vip" },
  conditions: { match: "all", rules: [{ field: "source", operator: "equals", value: "website" }] },
  actions: [{ type: "change_status", status: "qualified" }, { type: "wait", duration: "PT1H" }],
};
const PLAIN = { ...BODY, conditions: null };

describe("an automation", () => {
  test("is made, read, changed in part and deleted", async () => {
    const { api } = await leadHub();
    const made = record(await api.post("automations", BODY), 201);
    expect(made).toEqual({
      id: expect.any(Number),
      ...BODY,
      is_active: true,
      runs_count: 0,
      last_run_at: null,
      created_at: TIME,
      updated_at: TIME,
    });
    expect(record(await api.get(`automations/${made.id}`))).toEqual(made);
    expect(await api.listed("automations")).toEqual([made]);
    const changed = record(
      await api.put(`automations/${made.id}`, { is_active: false, conditions: null }),
    );
    expect(changed)
      .toEqual({ ...made, is_active: false, conditions: null, updated_at: expect.any(String) });
    const sent = record(await api.patch(`automations/${made.id}`, { ...changed, name: "Again" }));
    expect(sent).toEqual({ ...changed, name: "Again", updated_at: expect.any(String) });
    expectGone(await api.delete(`automations/${made.id}`));
    expectMissing(await api.get(`automations/${made.id}`), `No automation with id ${made.id}.`);
  });

  test("has its trigger and actions replaced whole", async () => {
    const { api } = await leadHub();
    const { id } = await api.made("automations", BODY);
    const change = {
      trigger: { type: "lead.inactive", days: 30 },
      actions: [{ type: "add_tag", tag: "quiet" }],
    };
    expect(record(await api.patch(`automations/${id}`, change))).toMatchObject(change);
  });

  test.each<[string, object, Record<string, unknown>]>([
    ["no fields", {}, {
      name: ["The name field is required."],
      trigger: ["The trigger field is required."],
      actions: ["The actions field is required."],
    }],
    ["a trigger, a rule and an action of no type", {
      name: "No type",
      trigger: {},
      conditions: { match: "any", rules: [{ field: "status", value: "new" }] },
      actions: [{ tag: "vip" }],
    }, {
      "trigger.type": ["The trigger.type field is required."],
      "conditions.rules.0.operator": ["The conditions.rules.0.operator field is required."],
      "actions.0.type": ["The actions.0.type field is required."],
    }],
    ["an unknown trigger", { ...PLAIN, trigger: { type: "lead.create" } }, {
      "trigger.type": [expect.stringContaining("did you mean lead.created?")],
    }],
    ["a trigger of another trigger's parameter", {
      ...PLAIN,
      trigger: { type: "lead.created", tag: "vip" },
    }, { "trigger.tag": [expect.stringMatching(/^Unknown/)] }],
    ["no days", { ...PLAIN, trigger: { type: "lead.inactive" } }, {
      "trigger.days": ["The trigger.days field is required."],
    }],
    ["too many days", { ...PLAIN, trigger: { type: "lead.inactive", days: 366 } }, {
      "trigger.days": ["Must be a whole number from 1 to 365."],
    }],
    ["a field that never changes", {
      ...PLAIN,
      trigger: { type: "lead.updated", fields: ["status", "tags"] },
    }, { "trigger.fields.1": [expect.stringMatching(/^Must be one of /)] }],
    ["an unknown operator and field", {
      ...PLAIN,
      conditions: {
        match: "some",
        rules: [
          { field: "source", operator: "equal", value: 1 },
          { field: "sauce", operator: "equals", value: 1 },
          { field: "notes", operator: "is_empty", value: 1 },
          { field: "custom_fields.", operator: "in", value: "a" },
          { field: "status", operator: "equals" },
          { field: "status", operator: "equals", value: null },
        ],
      },
    }, {
      "conditions.match": ["Must be all or any."],
      "conditions.rules.0.operator": [expect.stringContaining("did you mean equals?")],
      "conditions.rules.1.field": [expect.stringContaining("did you mean source?")],
      "conditions.rules.2.value": [expect.stringMatching(/^Unknown/)],
      "conditions.rules.3.field": [expect.stringMatching(/^Must be one of/)],
      "conditions.rules.3.value": [expect.stringMatching(/array/)],
      "conditions.rules.4.value": ["The conditions.rules.4.value field is required."],
      "conditions.rules.5.value": ["Must be a text, a number, true or false."],
    }],
    ["wrong actions", {
      ...PLAIN,
      actions: [
        { type: "add_tag" },
        { type: "add_tags", tag: "a" },
        { type: "add_tag", tag: " " },
        { type: "wait", duration: "1h" },
        { type: "wait", duration: "PT0S" },
        { type: "wait", duration: "P366D" },
        { type: "assign_round_robin", user_ids: [] },
        { type: "create_task", title: "Call", due_in_days: 366, priority: "now", who: 1 },
        { type: "change_stage", stage_id: "1" },
        { type: "send_email", integration_id: 1, subject: "Hi" },
      ],
    }, {
      "actions.0.tag": ["The actions.0.tag field is required."],
      "actions.1.type": [expect.stringContaining("did you mean add_tag?")],
      "actions.2.tag": ["Must not be empty."],
      "actions.3.duration": ["Must be a duration of ISO 8601, such as PT1H or P3D."],
      "actions.4.duration": ["Must be from PT1S to P365D."],
      "actions.5.duration": ["Must be from PT1S to P365D."],
      "actions.6.user_ids": ["Must name a user."],
      "actions.7.due_in_days": ["Must be a whole number from 0 to 365."],
      "actions.7.priority": ["Must be one of low, medium, high, urgent."],
      "actions.7.who": [expect.stringMatching(/^Unknown/)],
      "actions.8.stage_id": [expect.stringContaining("Must be a whole number")],
      "actions.9.html_body": ["Give html_body, text_body or both."],
    }],
    ["no action", { ...PLAIN, actions: [] }, { actions: ["Must have at least one action."] }],
    ["too many actions", { ...PLAIN, actions: Array(21).fill(BODY.actions[0]) }, {
      actions: ["Must have at most 20 actions."],
    }],
  ])("of %s is refused", async (_, body, errors) => {
    const { api } = await leadHub();
    expectInvalid(await api.post("automations", body), errors as Record<string, string[]>);
  });

  test("names only records that there are, in its own workspace", async () => {
    const world = await leadHub();
    const other = await leadHub();
    const [own, foreign] = [await makeUser(world), await makeUser(other)];
    const { api } = world;
    const foreignStage = (await other.api.listed("pipelines"))[0].stages[0].id;
    const body = {
      ...PLAIN,
      trigger: { type: "lead.stage_changed", pipeline_id: 0, to_stage_id: foreignStage },
      actions: [
        { type: "assign_user", user_id: own.id },
        { type: "assign_round_robin", user_ids: [own.id, foreign.id] },
        { type: "change_stage", stage_id: foreignStage },
        { type: "create_task", title: "Call", assigned_user_id: foreign.id },
        { type: "send_webhook", integration_id: 0 },
        { type: "send_email", integration_id: 0, subject: "Hi", text_body: "Hello" },
      ],
    };
    expectInvalid(await api.post("automations", body), {
      "trigger.pipeline_id": ["No pipeline with this id."],
      "trigger.to_stage_id": ["No stage with this id."],
      "actions.1.user_ids.1": ["No user with this id."],
      "actions.2.stage_id": ["No stage with this id."],
      "actions.3.assigned_user_id": ["No user with this id."],
      "actions.4.integration_id": ["No webhook integration with this id."],
      "actions.5.integration_id": ["No email integration with this id."],
    });
    expect(await api.listed("automations")).toEqual([]);
    expectMissing(await api.patch("automations/0", body), "No automation with id 0.");
  });

  test("of another workspace is missing", async () => {
    const [{ api }, other] = [await leadHub(), await leadHub()];
    const { id } = await other.api.made("automations", BODY);
    for (
      const answer of [
        await api.get(`automations/${id}`),
        await api.patch(`automations/${id}`, { name: "Mine" }),
        await api.delete(`automations/${id}`),
        await api.get(`automations/${id}/runs`),
      ]
    ) expectMissing(answer, `No automation with id ${id}.`);
  });
});
