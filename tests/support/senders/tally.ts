import type { SenderCase } from "./sender-case.ts";

let events = 0;

type Field = { label: string | null; type: string; value: unknown; [more: string]: unknown };

const input = (type: string) => (label: string, value: unknown): Field => ({
  label,
  type: `INPUT_${type}`,
  value,
});
const [text, email, phone] = [input("TEXT"), input("EMAIL"), input("PHONE_NUMBER")];
const area = (label: string, value: unknown): Field => ({ label, type: "TEXTAREA", value });
const hidden = (label: string, value: unknown): Field => ({ label, type: "HIDDEN_FIELDS", value });
/** A choice of options, of which some were taken, by their ids. */
const chosen = (type: string, label: string, options: string[], taken: string[]): Field => ({
  label,
  type,
  value: taken.map((one) => `id-${one}`),
  options: options.map((one) => ({ id: `id-${one}`, text: one })),
});

function response(fields: Field[], eventId = `tally-${(events += 1)}`) {
  return {
    json: {
      eventId,
      eventType: "FORM_RESPONSE",
      createdAt: "2026-11-20T10:55:00.000Z",
      data: {
        responseId: "r",
        formName: "Enquiry",
        fields: fields.map((field, index) => ({ key: `question_${index}`, ...field })),
      },
    },
  };
}

const once = response([email("Email", "once@example.com"), area("Note", "just one")]);
const uploaded = (name: string) => [{
  id: name,
  name,
  url: `https://storage.example/${name}`,
  mimeType: "image/png",
  size: 16233,
}];

export const tallyCases: SenderCase[] = ([
  {
    name: "a phone number that no country has",
    sends: [response([
      text("Full Name", "Jo Dahl"),
      email("Email Address", "jo@example.com"),
      phone("Phone Number", "+1234567890"),
    ])],
    contacts: [{ email: "jo@example.com", first_name: "Jo", last_name: "Dahl", phone: null }],
    notes: ["Phone Number: +1234567890"],
    warnings: ["phone"],
  },
  {
    name: "a Spanish form: first name and both surnames in one",
    sends: [response([
      text("Nombre y apellidos", "José Núñez Ruiz"),
      email("Correo electrónico", "jose@example.com"),
    ])],
    contacts: [{ first_name: "José", last_name: "Núñez Ruiz" }],
  },
  {
    name: "a Polish form",
    sends: [
      response([text("Imię i nazwisko", "Łukasz Wójcik"), email("Email", "lukasz@example.com")]),
    ],
    contacts: [{ first_name: "Łukasz", last_name: "Wójcik" }],
  },
  {
    name: "a school's name before its contact person",
    sends: [response([
      text("School Name?", "Hill School"),
      email("Email Address?", "mo@example.com"),
      text("Contact Person Name?", "Mo Kaur"),
    ])],
    contacts: [{ first_name: "Mo", last_name: "Kaur" }],
    notes: ["School Name?: Hill School"],
  },
  {
    name: "a birth name beside a last name, blank answers, a label that ends in a line break",
    sends: [response([
      chosen("MULTIPLE_CHOICE", "Will you be there?*", ["Yes", "No"], ["Yes"]),
      area("Anything that could hinder you?", null),
      text("Birth name", "Henriette"),
      text("Last name", "De Vos"),
      chosen("MULTIPLE_CHOICE", "Would you like to be called by another name?", ["No"], ["No"]),
      text("How would you like to be called?", null),
      phone("Phone number", "+32470555142"),
      email("Your email address\n", "henriette@example.com"),
      { label: "Your CV – at most 10 MB", type: "FILE_UPLOAD", value: uploaded("cv.png") },
      input("LINK")("Or a link to it", ""),
    ])],
    contacts: [{
      email: "henriette@example.com",
      first_name: "Henriette",
      last_name: "De Vos",
      phone: "+32470555142",
    }],
    notes: ["Will you be there?: Yes", "https://storage.example/cv.png"],
    noNotes: ["hinder", "null", "Or a link"],
  },
  {
    name: "a Chinese form: the parent is the contact, the child is not",
    sends: [response([
      text("家長姓名", "陳小明"),
      input("PHONE")("電話", "+886912000099"),
      email("Email", "chen@example.com"),
      text("孩子姓名（英文）", "Leo Chen"),
      { label: "要報名幾個營隊？", type: "MULTIPLE_CHOICE", value: "2" },
      { label: "哪些營隊？", type: "CHECKBOXES", value: "true" },
    ])],
    contacts: [{ email: "chen@example.com", first_name: "陳小明", phone: "+886912000099" }],
    notes: ["孩子姓名（英文）: Leo Chen", "要報名幾個營隊？: 2"],
  },
  {
    name: "a size of company is no company",
    sends: [response([
      text("Full Name", "Jo Dahl"),
      email("Email Address", "size@example.com"),
      input("NUMBER")("Budget", 25000),
      chosen("DROPDOWN", "Company size", ["Small", "Large"], ["Large"]),
    ])],
    contacts: [{ first_name: "Jo", phone: null }],
    companies: [],
    notes: ["Budget: 25000", "Company size: Large"],
  },
  {
    name: "a choice given by its text, a phone without its country",
    sends: [response([
      text("Full Name", "Dov Cohen"),
      phone("Phone Number", "0505550142"),
      email("Email", "dov@example.com"),
      {
        label: "Which plan?",
        type: "MULTIPLE_CHOICE",
        value: "Business",
        options: [{ id: "o1", text: "Starter" }, { id: "o2", text: "Business" }],
      },
    ])],
    contacts: [{ first_name: "Dov", last_name: "Cohen", phone: "0505550142" }],
    notes: ["Which plan?: Business"],
  },
  {
    name: "a hidden address beside the one that was asked for, a shop and an entity",
    sends: [response([
      hidden("hubspot_id", "12345"),
      hidden("email_prefill", "prefill@example.com"),
      text("shop name", "Bean Corner"),
      text("entity name", "Bean Corner Pty Ltd"),
      text("ABN", "51 824 753 556"),
      area("delivery address", "1 Example St\nSydney"),
      email("email", "owner@example.com"),
      phone("phone", "+61255501234"),
    ])],
    contacts: [{ email: "owner@example.com", phone: "+61255501234", first_name: null }],
    notes: [
      "email_prefill: prefill@example.com",
      "Bean Corner Pty Ltd",
      "51 824 753 556",
      "1 Example St",
    ],
  },
  {
    name: "every type of question",
    sends: [response([
      hidden("utm_campaign", "newsletter"),
      { label: "Score", type: "CALCULATED_FIELDS", value: 20 },
      email("Email", "alice@example.com"),
      phone("Phone number", "+32491223344"),
      input("TIME")("Time", "12:00"),
      chosen("CHECKBOXES", "Sports", ["Soccer", "Swimming", "Skiing"], ["Swimming", "Skiing"]),
      { label: "Sports (Soccer)", type: "CHECKBOXES", value: false },
      { label: "Sports (Swimming)", type: "CHECKBOXES", value: true },
      chosen("MULTI_SELECT", "More", ["Golf", "Surf"], ["Surf", "Golf"]),
      { label: "File", type: "FILE_UPLOAD", value: uploaded("icon.png") },
      { label: "Payment (price)", type: "PAYMENT", value: 9 },
      { label: "Payment (currency)", type: "PAYMENT", value: "USD" },
      { label: "Payment (name)", type: "PAYMENT", value: "Alice Smythe" },
      { label: "Payment (email)", type: "PAYMENT", value: "billing@example.com" },
      { label: "Rating", type: "RATING", value: 4 },
      chosen("RANKING", "Rank", ["Apple", "Pear"], ["Pear", "Apple"]),
      { label: "Signature", type: "SIGNATURE", value: uploaded("sign.png") },
      {
        label: "Matrix",
        type: "MATRIX",
        value: { r1: ["c2"], r2: ["c1"] },
        rows: [{ id: "r1", text: "Quality" }, { id: "r2", text: "Speed" }],
        columns: [{ id: "c1", text: "Neutral" }, { id: "c2", text: "Satisfied" }],
      },
    ])],
    contacts: [{ email: "alice@example.com", phone: "+32491223344", first_name: null }],
    notes: [
      "utm_campaign: newsletter",
      "Score: 20",
      "Time: 12:00",
      "Sports: Swimming, Skiing",
      "More: Surf, Golf",
      "https://storage.example/icon.png",
      "Payment (price): 9",
      "Payment (currency): USD",
      "Payment (name): Alice Smythe",
      "Payment (email): billing@example.com",
      "Rank: Pear, Apple",
      "https://storage.example/sign.png",
      "Matrix: Quality Satisfied, Speed Neutral",
    ],
    noNotes: ["Sports (Soccer)"],
  },
  {
    name: "blank answers leave no line",
    sends: [response([
      email("Email\n", "blank@example.com"),
      area("Motivation", null),
      input("LINK")("Link", ""),
    ])],
    contacts: [{ email: "blank@example.com" }],
    noNotes: ["Motivation", "Link", "null"],
  },
  {
    name: "an apostrophe in address and name",
    sends: [response([email("Email", "jon.o'conner@example.com"), text("Name", "Jon O'Conner")])],
    contacts: [{ email: "jon.o'conner@example.com", last_name: "O'Conner" }],
  },
  {
    name: "another question of a contact who is known",
    known: [{ email: "known@example.com", first_name: "Kim" }],
    sends: [response([email("Email", "known@example.com"), area("Question", "And the price?")])],
    contacts: [{ email: "known@example.com", first_name: "Kim" }],
    notes: ["Question: And the price?"],
  },
  {
    name: "another first name for a known address leaves the last name",
    sends: [
      response([
        text("First name", "Elizabeth"),
        text("Last name", "Hall"),
        email("Email", "liz@example.com"),
      ]),
      response([text("First name", "liz"), email("Email", "liz@example.com")]),
    ],
    contacts: [{ email: "liz@example.com", first_name: "liz", last_name: "Hall" }],
  },
  {
    name: "the first touch of a known contact stays",
    known: [{ email: "touch@example.com", source: "google_ads" }],
    sends: [response([email("Email", "touch@example.com")])],
    contacts: [{ email: "touch@example.com", source: "google_ads" }],
  },
  {
    name: "the same event, written in another way",
    sends: [once, { contentType: "application/json", body: JSON.stringify(once.json, null, 2) }],
    status: ["accepted", "duplicate"],
    contacts: [{ email: "once@example.com" }],
    noteCount: 1,
  },
  {
    name: "a phone in Arabic digits",
    sends: [response([
      text("الاسم", "Omar"),
      email("Email", "omar@example.com"),
      phone("Phone", "+٩٧١٥٠٥٥٥٠١٤٢"),
    ])],
    contacts: [{ first_name: "Omar", phone: "+971505550142" }],
  },
  {
    name: "odd spacing, escapes, a line separator and emoji in a body that is signed",
    sends: [{
      contentType: "application/json",
      body: '{ "eventId":"odd",  "eventType" : "FORM_RESPONSE", "data":{"fields":[' +
        '{"label":"Email","type":"INPUT_EMAIL","value":"odd@example.com"},' +
        '{"label":"Note","type":"TEXTAREA","value":"a\\u2028b \\ud83d\\ude00 é \u2028 😀 \\/ 1.0"}]} }',
    }],
    contacts: [{ email: "odd@example.com" }],
    notes: ["Note: a\u2028b 😀 é \u2028 😀 / 1.0"],
  },
] satisfies Omit<SenderCase, "preset">[]).map((one) => ({ preset: "tally", ...one }));
