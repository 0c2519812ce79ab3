import { submission, submitted } from "./jotform-submission.ts";
import { multipart, type SenderCase } from "./sender-case.ts";

const SIGNATURE = `data:image/png;base64,${"iVBORw0KGgo".repeat(9_000)}`;

export const jotform: SenderCase[] = [
  {
    name: "a phone in one part under Contact Number",
    sends: [submission({
      q3_fullName: { first: "Bo", last: "Belder" },
      q4_contactNumber: { full: "(222) 333-4444" },
      q5_emailAddress: "bo@example.com",
    })],
    contacts: [{ email: "bo@example.com", phone: "(222) 333-4444", first_name: "Bo" }],
  },
  {
    name: "a phone in parts under a title of another language",
    sends: [submission({
      q3_imie: "Ola",
      q4_jakSie: { country: "48", area: "22", phone: "5550142" },
      q5_adres: "ola@example.com",
    })],
    contacts: [{ email: "ola@example.com", phone: "48 22 5550142" }],
  },
  {
    name: "keys that lost their Hebrew titles, which the summary has",
    sends: [submission(
      { q26_input26: "נועה לוי", q4_JJ: "noa@example.com", q5_input5: "050-555-0142" },
      "שם מלא:נועה לוי, אימייל:noa@example.com, טלפון:050-555-0142",
    )],
    contacts: [{ email: "noa@example.com", phone: "050-555-0142", first_name: "נועה לוי" }],
    notes: ["שם מלא: נועה לוי\nאימייל: noa@example.com\nטלפון: 050-555-0142"],
  },
  {
    name: "a name with title, middle name and suffix",
    sends: [submission({
      q3_name: { prefix: "Dr.", first: "Joe", middle: "van", last: "Vliet", suffix: "Jr." },
      q4_email: "joe@example.com",
    })],
    contacts: [{ first_name: "Joe", last_name: "van Vliet" }],
    notes: ["name: Dr. Joe van Vliet Jr."],
  },
  {
    name: "the addresses of uploaded files",
    sends: [submission({
      q3_name: { first: "Host", last: "Ahn" },
      q11_email: "host@example.com",
      temp_upload: { q10_files: ["plan.doc#jotformfs#01"] },
      files: ["https://www.jotform.com/uploads/x/plan.doc"],
    }, "Name:Host Ahn, Email:host@example.com, Files:plan.doc")],
    contacts: [{ email: "host@example.com", first_name: "Host", last_name: "Ahn" }],
    notes: ["https://www.jotform.com/uploads/x/plan.doc", "Files:plan.doc"],
  },
  {
    name: "a drawn signature of 100 kB",
    sends: [submission({
      q3_name: { first: "Gerda", last: "Exner" },
      q5_address: {
        addr_line1: "Lamp Street",
        addr_line2: "",
        city: "Bengaluru",
        postal: "165578",
      },
      q4_signature: SIGNATURE,
    })],
    contacts: [{ first_name: "Gerda", last_name: "Exner" }],
    notes: ["address: Lamp Street Bengaluru 165578", "signature: image/png"],
    noNotes: ["iVBORw0KGgo"],
  },
  {
    name: "a client without a company",
    sends: [submission({
      q8_clientType: "Personal",
      q9_companyName: "",
      q5_name: { first: "Jonas", last: "Smitt" },
      q3_email: "jonas@example.com",
      q7_phoneNumber: { full: "(559) 555-0147" },
      q6_address: { addr_line1: "111 Pine Street", city: "San Francisco", postal: "94111" },
    })],
    contacts: [{ email: "jonas@example.com", last_name: "Smitt", phone: "(559) 555-0147" }],
    companies: [],
    notes: ["client Type: Personal", "111 Pine Street San Francisco 94111"],
  },
  {
    name: "an applicant, their organisation and job, and choices",
    sends: [submission({
      q259_applicantName: { first: "Rosa", middle: "Maria", last: "Quill" },
      q262_organizationName: "Example Clinic",
      q263_jobTitle: "Head of Care",
      q264_applicantPhone: { full: "(555) 555-0188" },
      q265_applicantEmail: "rosa@example.com",
      q37_iAm: "Clinician",
      q222_pleaseSelect222: ["A", "B"],
      q293_website: "https://example.com",
    })],
    contacts: [{
      email: "rosa@example.com",
      first_name: "Rosa",
      last_name: "Quill",
      phone: "(555) 555-0188",
      title: "Head of Care",
    }],
    companies: ["Example Clinic"],
    notes: ["Rosa Maria Quill", "Clinician", "A, B", "https://example.com"],
  },
  {
    name: "a file as a part of the form",
    sends: [
      multipart(
        { submissionID: "6000000000000000001", rawRequest: '{"q3_email":"part@example.com"}' },
        ["upload", "abc"],
      ),
    ],
    contacts: [{ email: "part@example.com" }],
  },
  {
    name: "answers that break off, with all of them in the summary",
    sends: [submitted({
      pretty: "Name:Gerda Exner, Email:gerda@example.com, Phone:(222) 333-4444, " +
        "When:10:30, Site:https://example.com, Notes:one, two",
      rawRequest: '{"slug":"submit/24","q3_name":{"first":"Gerda","last":"Exner"},"q4_email":"ger',
    })],
    contacts: [{
      email: "gerda@example.com",
      first_name: "Gerda",
      last_name: "Exner",
      phone: "(222) 333-4444",
    }],
    warnings: ["rawRequest"],
    notes: ["Notes:one, two", 'rawRequest: {"slug":"submit/24"'],
  },
  {
    name: "answers that are no JSON after a quote, without a summary",
    sends: [submitted({
      rawRequest: '{"q3_name":"Gerda Exner","q4_email":"gerda@example.com","q5_note":"say "hi""}',
    })],
    contacts: [{ email: "gerda@example.com", first_name: "Gerda", last_name: "Exner" }],
    warnings: ["rawRequest"],
    notes: ['"q5_note":"say "hi""}'],
  },
  {
    name: "a summary alone",
    sends: [submitted({ pretty: "Name:Gerda Exner, E-mail:gerda@example.com, Budget:10, 000" })],
    contacts: [{ email: "gerda@example.com", first_name: "Gerda", last_name: "Exner" }],
    notes: ["Budget:10, 000"],
  },
  {
    name: "answers that are parts of the form themselves",
    sends: [submitted({ q3_name: "Gerda Exner", q4_email: "gerda@example.com", q5_note: "Hi" })],
    contacts: [{ email: "gerda@example.com", first_name: "Gerda", last_name: "Exner" }],
    notes: ["note: Hi"],
    noNotes: ["acme", "203.0.113.9"],
  },
  {
    name: "answers that are no JSON, and nobody named",
    sends: [submitted({ rawRequest: '{"q3_note": "hello' })],
    status: ["failed"],
    contacts: [],
  },
  {
    name: "colons and commas in titles and answers, and nobody named",
    sends: [submission(
      {
        q10_notes: "One with colon: and comma, end",
        q23_choice: ["Option; 1", "Option2"],
        temp_upload: { q22_fileUpload: ["a; b.png#jotformfs#01"] },
      },
      "Notes: with, comma:One with colon: and comma, end, Choice::Option; 1 Option2",
    )],
    status: ["failed"],
    contacts: [],
  },
];
