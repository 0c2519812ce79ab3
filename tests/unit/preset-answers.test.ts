import { describe, expect, test } from "vitest";
import { presets } from "../../shared/connectors/presets.ts";
import { mappedEvents } from "../support/preset-events.ts";

describe("a form's answers", () => {
  const mapped = async (data: Record<string, unknown>) => {
    const [event] = await mappedEvents(presets.webflow_v1, { _id: "1", data });
    const { source: _, ...fields } = event!.mapped;
    return fields;
  };

  test.each([
    ["E-Mail *", { email: "jane@example.com" }],
    ["Your work e-mail address:", { email: "jane@example.com" }],
    ["Email-2", { email: "jane@example.com" }],
    ["Who referred you?", { message: "Who referred you?: jane@example.com" }],
  ])("titled %s", async (question, expected) => {
    expect(await mapped({ [question]: " jane@example.com " })).toEqual(expected);
  });

  test.each([
    ["First name", { first_name: "Jane Doe" }],
    ["firstName", { first_name: "Jane Doe" }],
    ["Vorname (freiwillig)", { first_name: "Jane Doe" }],
    ["last_name", { last_name: "Jane Doe" }],
    ["Surname", { last_name: "Jane Doe" }],
    ["Name", { first_name: "Jane", last_name: "Doe" }],
    ["What's your name?", { first_name: "Jane", last_name: "Doe" }],
    ["Hi! What is your name?", { first_name: "Jane", last_name: "Doe" }],
    ["First and last name", { first_name: "Jane", last_name: "Doe" }],
    ["your-name", { first_name: "Jane", last_name: "Doe" }],
    ["Company", { company_name: "Jane Doe" }],
    ["Name of your company", { company_name: "Jane Doe" }],
    ["Which company do you work for?", { company_name: "Jane Doe" }],
    ["Job title", { title: "Jane Doe" }],
    ["What is your current role?", { title: "Jane Doe" }],
    ["Name of your dog", { message: "Name of your dog: Jane Doe" }],
    ["Username", { message: "Username: Jane Doe" }],
    ["How large is your company?", { message: "How large is your company?: Jane Doe" }],
    ["Phone", { phone: "Jane Doe", message: "Phone: Jane Doe" }],
    ["Email", { email: "Jane Doe", message: "Email: Jane Doe" }],
  ])("titled %s, with a name", async (question, expected) => {
    expect(await mapped({ [question]: "Jane Doe" })).toEqual(expected);
  });

  test.each(["+49 151 2345678", "(555) 123-4567", "030/901820", "tel:+15551234567", "5551234 x12"])(
    "with the phone number %s",
    async (phone) => {
      expect(await mapped({ Mobile: phone })).toEqual({ phone });
    },
  );

  test.each(["Number (Mobile)", "TÉLÉPHONE", "Tel.", "Your cell"])(
    "titled %s, with a phone number",
    async (question) => {
      expect(await mapped({ [question]: "030 901820" })).toEqual({ phone: "030 901820" });
    },
  );

  test("that ask twice for a field keep the second in the message", async () => {
    expect(await mapped({ Email: "a@example.com", "Email 2": "b@example.com" }))
      .toEqual({ email: "a@example.com", message: "Email 2: b@example.com" });
  });

  test("keep the whole name when its parts were asked as well", async () => {
    expect(await mapped({ "First name": "Jane", "Last name": "Doe", "Full name": "Jane M. Doe" }))
      .toEqual({ first_name: "Jane", last_name: "Doe", message: "Full name: Jane M. Doe" });
  });

  test("too long for a field go into the message", async () => {
    const long = "x".repeat(256);
    expect(await mapped({ Name: long })).toEqual({ message: `Name: ${long}` });
  });

  test("of a long form fit into what a delivery may take", async () => {
    const questions = Array.from({ length: 100 }, (_, n) => `Question ${n} about your plans?`);
    const notes = "é".repeat(40_000);
    const answers = Object.fromEntries(questions.map((question) => [question, "a few words"]));
    expect(await mapped({ ...answers, Email: "jane@example.com", Notes: notes })).toEqual({
      email: "jane@example.com",
      message: [...questions.map((question) => `${question}: a few words`), `Notes: ${notes}`]
        .join("\n"),
    });
  });

  test("of a hundred leads at once fit into what a delivery may take", async () => {
    const lead = {
      phone: "+49 30 901820",
      first_name: "Jane",
      last_name: "Doe",
      company_name: "Acme",
      ...Object.fromEntries(["job", "city", "size", "need"].map((key) => [key, `the ${key}`])),
    };
    const leads = Array.from({ length: 100 }, (_, n) => ({ ...lead, email: `${n}@example.com` }));
    const events = await mappedEvents(presets.zapier, leads);
    expect(events.map((event) => event.mapped.email)).toEqual(leads.map(({ email }) => email));
  });
});
