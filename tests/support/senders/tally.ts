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

export const tally: SenderCase[] = [
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
];
