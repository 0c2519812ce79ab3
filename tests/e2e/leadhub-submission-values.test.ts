import { describe, expect, test } from "vitest";
import { formWorld, taken } from "../support/forms.ts";
import { expectInvalid, record } from "../support/leadhub.ts";

describe("a required field", () => {
  const required = {
    fields: [
      { key: "email", type: "email", required: true },
      { key: "name", type: "text", maps_to: "first_name", required: true },
      { key: "terms", type: "checkbox", required: true },
      { key: "topic", type: "radio", options: ["A", "B"], required: true },
    ],
  };

  test.each<[object, Record<string, string[]>]>([
    [{}, {
      email: ["The email field is required."],
      name: ["The name field is required."],
      terms: ["The terms field is required."],
      topic: ["The topic field is required."],
    }],
    [{ email: "no", name: " ", terms: false, topic: "C" }, {
      email: ["The email field must be a valid email address."],
      name: ["The name field is required."],
      terms: ["Must be checked."],
      topic: ["Must be one of A, B."],
    }],
    [{ email: "a@example.com", name: "x".repeat(256), terms: "yes", topic: "A" }, {
      name: ["Must have at most 255 characters."],
      terms: ["Must be a boolean; it is a string."],
    }],
  ])("%j", async (values, errors) => {
    const { api, form, submit } = await formWorld(required);
    expectInvalid(await submit(values), errors);
    expect(await api.listed("leads")).toEqual([]);
    expect(record(await api.get(`forms/${form.id}`)).submissions_count).toBe(0);
  });
});

test("nobody is named by a wrong email alone", async () => {
  const { submit } = await formWorld();
  const email = ["The email field must be a valid email address."];
  expectInvalid(await submit({ email: "no", message: "Hi" }), { email });
  expectInvalid(await submit({ email: "no", phone: "x" }), {
    email,
    phone: ["Must be a phone number, best with its country code, such as +15551234567."],
  });
  expect(taken(await submit({ email: "no", phone: "+14155551234" })).warnings).toEqual({ email });
  // Who leaves all of them out said nothing wrong.
  expect(taken(await submit({ message: "Hi" })).warnings).toEqual({});
});

test("whatever else is wrong or unknown is kept, and warned of", async () => {
  const { submit, lead } = await formWorld();
  const sent = {
    email: "a@example.com",
    phone: "call me",
    seats: "many",
    topic: "Other",
    days: ["Mon", "Sun"],
    terms: "perhaps",
    mesage: "Hi",
    nested: { a: [1] },
    nothing: null,
  };
  const { lead_id, values, warnings } = taken(await submit(sent));
  expect(values).toEqual(sent);
  expect(warnings).toEqual({
    phone: ["Must be a phone number, best with its country code, such as +15551234567."],
    seats: ["Must be a number."],
    topic: ["Must be one of Sales, Support."],
    days: ["Must be one of Mon, Tue, Wed."],
    terms: ["Must be a boolean; it is a string."],
    mesage: ["Unknown; did you mean message?"],
    nested: [expect.stringMatching(/^Unknown; known are email, /)],
    nothing: [expect.stringMatching(/^Unknown; known are email, /)],
  });
  expect(await lead(lead_id)).toMatchObject({
    phone: null,
    custom_fields: {
      phone: "call me",
      seats: "many",
      topic: "Other",
      days: ["Mon", "Sun"],
      terms: "perhaps",
      mesage: "Hi",
      nested: '{"a":[1]}',
    },
  });
});

test("of two fields for one of the lead's, the first fills it; notes take all", async () => {
  const { submit, lead } = await formWorld({
    fields: [
      { key: "email", type: "email" },
      { key: "other", type: "email", maps_to: "email" },
      { key: "one", type: "text", maps_to: "notes" },
      { key: "two", type: "checkbox", maps_to: "notes" },
      { key: "x", type: "text", maps_to: "custom_fields.__proto__" },
      { key: "y", type: "text", maps_to: "custom_fields.__proto__" },
    ],
  });
  const sent = {
    email: "a@example.com",
    other: "b@example.com",
    one: "1",
    two: true,
    x: "x",
    y: "y",
  };
  const { lead_id, warnings } = taken(await submit(sent));
  expect(warnings).toEqual({
    other: ["Another field of the form filled email before."],
    y: ["Another field of the form filled custom_fields.__proto__ before."],
  });
  const { email, notes, custom_fields } = await lead(lead_id);
  expect({ email, notes }).toEqual({ email: "a@example.com", notes: "1\n\nyes" });
  expect(Object.entries(custom_fields).sort()).toEqual([
    ["__proto__", "x"],
    ["other", "b@example.com"],
    ["y", "y"],
  ]);
});

test("text that cannot be stored costs nothing", async () => {
  const { submit, lead } = await formWorld();
  const sent = { email: "a@example.com", message: "a\0b", "k\0": "x", huge: "\ud800" };
  const { lead_id, values } = taken(await submit(sent));
  expect(values).toMatchObject({ message: "ab", huge: "\ufffd" });
  expect((await lead(lead_id)).custom_fields).toEqual({
    message: JSON.stringify("a\0b"),
    huge: JSON.stringify("\ud800"),
  });
});
