import type { SenderCase } from "./sender-case.ts";
import {
  area,
  chosen,
  email,
  hidden,
  input,
  phone,
  response,
  text,
  uploaded,
} from "./tally-responses.ts";

const once = response([email("Email", "once@example.com"), area("Note", "just one")]);
/** Every type of question, and what is sent once more. */
export const tallyAnswers: SenderCase[] = [
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
];
