import { describe, expect, test } from "vitest";
import { expectInvalid, leadHub, record, userNumber } from "../support/leadhub.ts";

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);

describe("a change of a lead", () => {
  test("sets what is given and leaves the rest, by either verb", async () => {
    const { api } = await leadHub();
    const lead = await api.made("leads", { first_name: "Sarah", last_name: "J", notes: "n" });
    const put = record(await api.put(`leads/${lead.id}`, { status: "contacted", lead_score: 7 }));
    expect(put).toEqual({ ...lead, status: "contacted", lead_score: 7, updated_at: TIME });
    const patched = record(await api.patch(`leads/${lead.id}`, { starred: true }));
    expect(patched).toEqual({ ...put, starred: true, updated_at: TIME });
  });

  test("clears by null what can be cleared", async () => {
    const { id, api } = await leadHub();
    const lead = await api.made("leads", {
      first_name: "Sarah",
      last_name: "J",
      email: "sarah@example.com",
      phone: "+14155551234",
      company: "Acme",
      source: "web",
      assigned_user_id: await userNumber(id, "jane"),
      notes: "n",
      custom_fields: { a: "1" },
      tags: ["t"],
    });
    const cleared = {
      last_name: null,
      email: null,
      phone: null,
      company: null,
      source: null,
      assigned_user_id: null,
      notes: null,
    };
    const nulls = { ...cleared, custom_fields: null, tags: null };
    const changed = record(await api.patch(`leads/${lead.id}`, nulls));
    expect(changed).toMatchObject({ ...cleared, custom_fields: {}, tags: [], contact_id: null });
  });

  test("leaves as it is what is given as blank text", async () => {
    const { api } = await leadHub();
    const names = ["last_name", "email", "phone", "company", "source", "status", "notes"];
    const blank = Object.fromEntries(names.map((name) => [name, " "]));
    expect(await api.made("leads", { first_name: "A", ...blank }))
      .toMatchObject({ last_name: null, email: null, company: null, status: "new", notes: null });
    const given = { last_name: "J", email: "a@example.com", company: "Acme", status: "hot" };
    const lead = await api.made("leads", { first_name: "Sarah", ...given });
    const unchanged = { ...blank, first_name: "", starred: false };
    expect(record(await api.patch(`leads/${lead.id}`, unchanged))).toEqual(lead);
  });

  test("refuses null where the field must have a value", async () => {
    const { api } = await leadHub();
    const { id } = await api.made("leads", { first_name: "Sarah" });
    const names = ["first_name", "status", "pipeline_id", "pipeline_stage_id", "starred"];
    const nulls = Object.fromEntries([...names, "lead_score"].map((name) => [name, null]));
    expectInvalid(await api.patch(`leads/${id}`, nulls), {
      first_name: ["Must be a string; it is null."],
      status: ["Must be a string; it is null."],
      pipeline_id: ["Must be a whole number."],
      pipeline_stage_id: ["Must be a whole number."],
      starred: ["Must be a boolean; it is null."],
      lead_score: ["Must be a whole number from 0 to 100."],
    });
  });

  test("must change something: {} is refused", async () => {
    const { api } = await leadHub();
    const { id } = await api.made("leads", { first_name: "Sarah" });
    const errors = { body: ["The body must have at least one field."] };
    expectInvalid(await api.patch(`leads/${id}`, {}), errors);
    expectInvalid(await api.put(`leads/${id}`, {}), errors);
  });

  test("merges custom fields by key, and removes those given as null", async () => {
    const { api } = await leadHub();
    const fields = { a: "1", b: 2, c: true };
    const { id } = await api.made("leads", { first_name: "Sarah", custom_fields: fields });
    const custom_fields = { a: null, b: ["x"], d: 1.5, none: null };
    expect(record(await api.patch(`leads/${id}`, { custom_fields })).custom_fields)
      .toEqual({ b: ["x"], c: true, d: 1.5 });
  });

  test("has no custom field whose number is too long to be kept", async () => {
    const { api } = await leadHub();
    const { id } = await api.made("leads", { first_name: "Sarah" });
    const headers = { "content-type": "application/json" };
    const raw = '{"custom_fields": {"a": 1e-16384}}';
    expectInvalid(await api.send("PATCH", `leads/${id}`, { raw, headers }), {
      custom_fields: ["Has numbers with too many digits when they are written out."],
    });
  });

  test("replaces all tags, which are answered alphabetically", async () => {
    const { api } = await leadHub();
    const { id } = await api.made("leads", { first_name: "Sarah", tags: ["m", "x"] });
    const lead = record(await api.patch(`leads/${id}`, { tags: ["Z", "a", "M"] }));
    expect(lead.tags).toEqual(["a", "m", "Z"]);
    expect(await api.listed("leads")).toEqual([lead]);
  });
});
