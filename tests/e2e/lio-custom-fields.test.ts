import { expect, test } from "vitest";
import { expectLioError, expectLioFields, lioWorld } from "../support/lio.ts";
import { leadOf } from "../support/lio-leads.ts";

const MISSING = 999_999_999;

test("a field is defined once, and put on each lead that is to have it", async () => {
  const { admin: { api } } = await lioWorld();
  const [one, two] = [await leadOf(api), await leadOf(api)];
  const field = await api.made("lead/custom-field", {
    lead_id: one.id,
    field_name: "Budget",
    field_value: 12.50,
  });
  expect(field).toEqual({
    id: expect.any(Number),
    field_name: "Budget",
    lead_id: one.id,
    field_value: 12.5,
    custom_fields: { Budget: 12.5 },
  });
  expect(await api.made("lead/custom-field", { lead_id: two.id, field_name: "budget" })).toEqual({
    id: field.id,
    field_name: "Budget",
    lead_id: two.id,
    field_value: "",
    custom_fields: { Budget: "" },
  });
  const again = await api.post("lead/custom-field", { lead_id: one.id, field_name: "BUDGET" });
  expectLioError(again, 409, "conflict", "duplicate");
  const { body } = await api.get("custom-lookups/list?module_name=lead&type=custom_field");
  expect(body.data).toMatchObject([{ id: field.id, name: "Budget", value: "Budget" }]);
});

test("of ten definitions at once of one field on one lead, one is made", async () => {
  const { admin: { api } } = await lioWorld();
  const { id } = await leadOf(api);
  const given = { lead_id: id, field_name: "Budget", field_value: "1" };
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => api.post("lead/custom-field", given)),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(409)]);
});

test("values are merged key by key, and null removes one", async () => {
  const { admin: { api } } = await lioWorld();
  const { id } = await leadOf(api, { custom_fields: { a: 1, b: ["x"] } });
  const given = { lead_id: id, custom_fields: { a: null, c: "日本" } };
  expect(await api.done("lead/update-custom-fields", given)).toEqual({
    lead_id: id,
    custom_fields: { b: ["x"], c: "日本" },
  });
});

test("what cannot be is told by field", async () => {
  const { admin: { api }, user } = await lioWorld();
  const { id } = await leadOf(api, {
    custom_fields: Object.fromEntries(
      Array.from({ length: 100 }, (_, n) => [`k${n}`, n]),
    ),
  });
  const define = (more: object) =>
    api.post("lead/custom-field", { lead_id: id, field_name: "Size", ...more });
  expectLioFields(await define({ lead_id: MISSING }), 422, "lead_id");
  expectLioFields(await define({ lead_id: "1", field_name: "" }), 422, "lead_id", "field_name");
  expectLioFields(await define({ field_value: { a: 1 } }), 422, "field_value");
  expectLioFields(await define({}), 422, "custom_fields");
  const update = (more: object) =>
    api.post("lead/update-custom-fields", { lead_id: id, custom_fields: {}, ...more });
  expectLioFields(await update({ lead_id: MISSING }), 422, "lead_id");
  expectLioFields(await update({ custom_fields: undefined }), 422, "custom_fields");
  expectLioFields(await update({ custom_fields: { a: { b: 1 } } }), 422, "custom_fields.a");
  const rep = await user("rep");
  const refused = await rep.api.post("lead/custom-field", { lead_id: id, field_name: "Size" });
  expectLioError(refused, 403, "permission_error", "role");
});
