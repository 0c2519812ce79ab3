import type { SenderCase } from "./sender-case.ts";
import { choice, choices, email, file, response, text } from "./typeform-responses.ts";

const twice = response([email("Email", "again@example.com")]);
const survey = response([{ title: "How was it?", answer: { type: "number", number: 4 } }]);
const unnamed = response([text("Your name?", "")], {
  answers: [{ type: "text", text: "only@example.com", field: { id: "gone", type: "short_text" } }],
});
const untitled = response([], {
  definition: undefined,
  answers: [
    {
      type: "choice",
      choice: { label: "Tallinn" },
      field: { id: "a", ref: "venue", type: "dropdown" },
    },
    { type: "date", date: "2023-09-09", field: { id: "b", ref: "date", type: "date" } },
    { type: "text", text: "miller2", field: { id: "c", ref: "opponent", type: "short_text" } },
  ],
});

export const typeform: SenderCase[] = [
  {
    name: "an address in an answer whose question is not in the definition",
    sends: [unnamed],
    contacts: [{ email: "only@example.com" }],
  },
  {
    name: "the whole name under name and surname, the email as plain text, files and choices",
    sends: [response([
      text("Your Name and Surname", "Abel Andersson"),
      text("Email", "abel@example.com"),
      text("Project name", "Falcon"),
      text("Your location", "Oslo"),
      choices("Which services do you need?", ["Design", "Hosting"]),
      { title: "Is there a mobile app?", answer: { type: "boolean", boolean: true } },
      choice("Contact person from Acme", { label: "Berit" }),
      file("More files", "https://files.example/download/brief.pdf"),
    ])],
    contacts: [{ email: "abel@example.com", first_name: "Abel", last_name: "Andersson" }],
    notes: [
      "Project name: Falcon",
      "Your location: Oslo",
      "Which services do you need?: Design, Hosting",
      "Is there a mobile app?: yes",
      "Contact person from Acme: Berit",
      "More files: https://files.example/download/brief.pdf",
    ],
  },
  {
    name: "company and job asked, an answer typed as other, placeholders in titles",
    sends: [response([
      choice("What is your domain?", { id: "d", label: "Data" }),
      email("First off, what's your email address?", "rune@example.com"),
      text("What's your full name?", "Rune Ravn"),
      text("Where is the job located?", "Odense"),
      text("What's the company name?", "Assured Ltd"),
      text("What's the job title?", "Junior Analyst"),
      { title: "When is the interview?", answer: { type: "date", date: "2026-06-02" } },
      file("The resume for this {{field:7133f736}} role ", "https://files.example/cv.pdf"),
      choice("Where did you find us?", { other: "A friend's post" }),
    ])],
    contacts: [{
      email: "rune@example.com",
      first_name: "Rune",
      last_name: "Ravn",
      title: "Junior Analyst",
    }],
    companies: ["Assured Ltd"],
    notes: ["Data", "Odense", "2026-06-02", "https://files.example/cv.pdf", "A friend's post"],
  },
  {
    name: "titles in markdown, and a place that may have a name",
    sends: [response([
      text("*Does this place have a name?*\n\n*If so, what is it? *", "Old Mill"),
      text("*Tell us about **{{field:d07a}}** *", "Nothing much.\n\nJust a test."),
      { title: "*Its zip code? *", answer: { type: "number", number: 12345 } },
      text("*What's your first name? *", "Tessa"),
      text("*What's your last name? *", "Torp"),
      email("*What's your email address? *", "tessa@example.com"),
      choice("*Your age range.* ", { label: "34-41" }),
    ])],
    contacts: [{ email: "tessa@example.com", first_name: "Tessa", last_name: "Torp" }],
    notes: ["Old Mill", "Nothing much.\n\nJust a test.", "12345", "Your age range.: 34-41"],
  },
  {
    name: "a place's name is not the last name",
    sends: [response([
      text("Does this place have a name?", "Old Mill"),
      text("First name", "Liv"),
      email("Email", "liv@example.com"),
    ])],
    contacts: [{ first_name: "Liv", last_name: null }],
  },
  {
    name: "markup within titles",
    sends: [response([
      text("What is your <strong>First</strong> Name?", "Trond"),
      text("What is your <strong>Last</strong> Name?", "Okland"),
      email("Your <b>work</b> email", "trond@example.com"),
    ])],
    contacts: [{ email: "trond@example.com", first_name: "Trond", last_name: "Okland" }],
  },
  {
    name: "payment, score, variables, hidden fields and a booked call",
    sends: [response([
      email("An address, please.", "laura@example.com"),
      text("What is your first name?", "Laura"),
      {
        title: "Pay",
        answer: { type: "payment", payment: { amount: "#1", last4: "1234", success: true } },
      },
      { title: "Book", answer: { type: "url", url: "https://calendly.example/INVITEE" } },
      choice("Your city?", { label: "London", other: "Leeds" }),
      { title: "You accept our terms", answer: { type: "boolean", boolean: true } },
    ], {
      hidden: { user_id: "abc123456", utm_source: "ads" },
      calculated: { score: 9 },
      variables: [{ key: "points", type: "number", number: 4 }, {
        key: "plan",
        type: "text",
        text: "gold",
      }],
    })],
    contacts: [{ email: "laura@example.com", first_name: "Laura", last_name: null }],
    notes: [
      "amount: #1, last4: 1234, success: yes",
      "INVITEE",
      "Your city?: London, Leeds",
      "You accept our terms: yes",
      "user_id: abc123456",
      "utm_source: ads",
      "score: 9",
      "points: 4",
      "plan: gold",
    ],
  },
  {
    name: "a group of questions for the contact",
    sends: [response([{
      title: "Who are you?",
      group: [
        text("First name", "Zoë"),
        text("Last name", "Nuñez-O'Hara"),
        { title: "Phone number", answer: { type: "phone_number", phone_number: "+442079460958" } },
        email("Email", "Zoe@Example.COM"),
        text("Company", "Öresund & Söner AB"),
      ],
    }])],
    contacts: [{
      email: "zoe@example.com",
      first_name: "Zoë",
      last_name: "Nuñez-O'Hara",
      phone: "+442079460958",
    }],
    companies: ["Öresund & Söner AB"],
    noteCount: 1,
  },
  {
    name: "two questions of one title",
    sends: [response([
      email("Email", "twice@example.com"),
      text("Comment", "the first"),
      text("Comment", "the second"),
    ])],
    notes: ["Comment: the first\nComment: the second"],
  },
  {
    name: "a number of sixteen digits",
    sends: [response([
      email("Email", "big@example.com"),
      { title: "Account", answer: { type: "number", number: 5890840712243077 } },
    ])],
    contacts: [{ phone: null }],
    notes: ["Account: 5890840712243077"],
  },
  {
    name: "a retry of what was accepted",
    sends: [twice, twice],
    status: ["accepted", "duplicate"],
    contacts: [{ email: "again@example.com" }],
    noteCount: 1,
  },
  {
    name: "a form left half way",
    sends: [
      response([email("Email", "half@example.com")], { event_type: "form_response_partial" }),
    ],
    status: ["ignored"],
    contacts: [],
  },
  { name: "a survey that names nobody", sends: [survey], status: ["failed"], contacts: [] },
  { name: "refs in place of titles, and nobody named", sends: [untitled], status: ["failed"] },
];
