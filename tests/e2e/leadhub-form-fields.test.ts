import { describe, expect, test } from "vitest";
import { FIELD_TYPES } from "../../shared/crm/form-fields.ts";
import { formWorld } from "../support/forms.ts";
import { expectInvalid, leadHub, userNumber } from "../support/leadhub.ts";

const EMAIL = { key: "email", type: "email" };

test("maps a field to the lead's of its name, else to a custom field", async () => {
  const { api } = await leadHub();
  const chosen = new Set(["select", "radio", "multiselect"]);
  const fields = FIELD_TYPES.map((type) => {
    const options = chosen.has(type) ? ["x", "y"] : null;
    return { key: `a_${type}`, type, options };
  });
  const named = ["first_name", "last_name", "email", "phone", "company", "notes"]
    .map((key) => ({ key, type: "text" }));
  const own = [{ key: "b", type: "text", maps_to: "custom_fields.Größe / m" }];
  const form = await api.made("forms", { name: "F", fields: [...fields, ...named, ...own] });
  expect(form.fields.map(({ maps_to }: { maps_to: string }) => maps_to)).toEqual([
    ...fields.map(({ key }) => `custom_fields.${key}`),
    ...named.map(({ key }) => key),
    "custom_fields.Größe / m",
  ]);
});

describe("is refused", () => {
  test.each<[object, Record<string, unknown[]>]>([
    [{}, {
      name: ["The name field is required."],
      fields: ["The fields field is required."],
    }],
    [{ name: "", fields: [] }, {
      name: ["Must not be empty."],
      fields: [
        "Must have 1 to 100 fields.",
        "Must have a field that maps to email, phone or first_name.",
      ],
    }],
    [{ name: "F", fields: [{}] }, {
      "fields.0.key": ["The fields.0.key field is required."],
      "fields.0.type": [expect.stringMatching(/required/)],
    }],
    [{ name: "F", fields: [{ ...EMAIL, typ: "x" }, { key: "Nope", type: "color" }] }, {
      "fields.0.typ": ["Unknown; did you mean type?"],
      "fields.1.key": ["Must be a snake_case word of at most 64 characters, such as first_name."],
      "fields.1.type": [expect.stringMatching(/^Must be one of text, textarea/)],
    }],
    [{ name: "F", fields: [EMAIL, { ...EMAIL, type: "text" }] }, {
      "fields.1.key": ["Must be another key than those of the fields before."],
    }],
    [{ name: "F", fields: [{ key: "a", type: "text" }] }, {
      fields: ["Must have a field that maps to email, phone or first_name."],
    }],
    [{
      name: "F",
      fields: [EMAIL, { key: "a", type: "select" }, { key: "b", type: "text", options: ["x"] }],
    }, {
      "fields.1.options": ["Is required for select, radio and multiselect."],
      "fields.2.options": ["Must be null for text."],
    }],
    [{ name: "F", fields: [EMAIL, { key: "a", type: "radio", options: ["x", "x"] }] }, {
      "fields.1.options": ["Must have each text once."],
    }],
    [{ name: "F", fields: [{ ...EMAIL, maps_to: "status" }] }, {
      "fields.0.maps_to": [
        "Must be one of first_name, last_name, email, phone, company, notes, or custom_fields. and a " +
        "key of 1 to 64 characters.",
      ],
      fields: ["Must have a field that maps to email, phone or first_name."],
    }],
    [{ name: "F", fields: [EMAIL], honeypot_field: "email" }, {
      honeypot_field: ["Must not be the key of a field of the form."],
    }],
    [{ name: "F", fields: [EMAIL], redirect_url: "javascript:alert(1)" }, {
      redirect_url: ["Must be a web address, such as https://acme.com."],
    }],
    [{ name: "F", fields: [EMAIL], pipeline_id: 0, pipeline_stage_id: 0, assigned_user_id: 0 }, {
      pipeline_id: ["No pipeline with this id."],
      pipeline_stage_id: ["No stage with this id."],
      assigned_user_id: ["No user with this id."],
    }],
  ])("%j", async (body, errors) => {
    const { api } = await leadHub();
    expectInvalid(await api.post("forms", body), errors);
    expect(await api.listed("forms")).toEqual([]);
  });

  test("with the key of its honeypot, also when that was there before", async () => {
    const { api, form } = await formWorld({ honeypot_field: "website" });
    const fields = [EMAIL, { key: "website", type: "url" }];
    expectInvalid(await api.patch(`forms/${form.id}`, { fields }), {
      honeypot_field: ["Must not be the key of a field of the form."],
    });
  });

  test("with a user who is inactive", async () => {
    const { api, id } = await leadHub();
    const user = await userNumber(id, "ina", "inactive");
    expectInvalid(await api.post("forms", { name: "F", fields: [EMAIL], assigned_user_id: user }), {
      assigned_user_id: ["The user is inactive."],
    });
  });
});
