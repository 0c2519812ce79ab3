import type { SenderCase } from "./sender-case.ts";

let submissions = 0;

const submission = (data: Record<string, unknown>, id = `6321ca${(submissions += 1)}`) => ({
  json: {
    triggerType: "form_submission",
    payload: { name: "Enquiry", siteId: "65427cf4", data, schema: [], id, formId: "65429ead" },
  },
});

/** A name under a title, and what it is taken for. */
const named = (
  title: string,
  given: string,
  first: string | null,
  last: string | null,
): SenderCase => ({
  name: `${given} under ${title}`,
  sends: [submission({ [title]: given, Email: "named@example.com" })],
  contacts: [{ email: "named@example.com", first_name: first, last_name: last }],
});

/** An address as it was typed. */
const typed = (given: string, email: string, more: Partial<SenderCase> = {}): SenderCase => ({
  name: `the address ${JSON.stringify(given)}`,
  sends: [submission({ Name: "Ty Ping", Email: given })],
  contacts: [{ email, first_name: "Ty" }],
  ...more,
});

/** A phone number as it was typed. */
const dialled = (
  given: unknown,
  phone: string | null,
  more: Partial<SenderCase> = {},
): SenderCase => ({
  name: `the phone number ${JSON.stringify(given)}`,
  sends: [submission({ Name: "Di Al", Email: "dial@example.com", Phone: given })],
  contacts: [{ email: "dial@example.com", phone }],
  ...more,
});

const story = "The whole story, ".repeat(20);

export const webflow: SenderCase[] = [
  ...(["E-post", "メールアドレス", "Courriel", "E-posta", "이메일", "البريد الإلكتروني"].map((
    title,
  ) => ({
    name: `an address under ${title}`,
    sends: [submission({ [title]: "lang@example.com", "...": "Hej" })],
    contacts: [{ email: "lang@example.com" }],
  }))),
  ...(["Contact Number", "Numer telefonu", "Telefonszám", "電話番号", "Número de celular"].map((
    title,
  ) => ({
    name: `a phone number under ${title}`,
    sends: [submission({ [title]: "+44 20 7946 0958", Email: "call@example.com" })],
    contacts: [{ phone: "+442079460958" }],
  }))),
  named("お名前", "佐藤 花子", "佐藤", "花子"),
  named("Namn", "Åsa Lund", "Åsa", "Lund"),
  named("Name", "Okafor, Ada", "Ada", "Okafor"),
  named("Name", "Ada Okafor, Jr.", "Ada", "Okafor Jr."),
  named("Name-kom", "Test Jansson", "Test", "Jansson"),
  named("ФИО", "Анна Петрова", "Анна", "Петрова"),
  named("Vor- und Nachname", "Ludwig van Beethoven", "Ludwig", "van Beethoven"),
  {
    ...named("Name", "Prof. Dr. Ada Okafor", "Ada", "Okafor"),
    notes: ["Name: Prof. Dr. Ada Okafor"],
  },
  {
    name: "first and last name in Swedish",
    sends: [submission({ Förnamn: "Åke", Efternamn: "Öberg", Email: "ake@example.com" })],
    contacts: [{ first_name: "Åke", last_name: "Öberg" }],
  },
  {
    name: "a company's name before the person's",
    sends: [
      submission({ "Company Name": "Acme", "Your Name": "Nia Poe", Email: "nia@example.com" }),
    ],
    contacts: [{ first_name: "Nia", last_name: "Poe" }],
    companies: ["Acme"],
  },
  {
    name: "a first name of 300 letters",
    sends: [submission({ "First name": story, "Last name": "Teller", Email: "story@example.com" })],
    contacts: [{ email: "story@example.com", last_name: "Teller" }],
    notes: [`First name: ${story.trim()}`],
    warnings: ["first_name"],
  },
  {
    name: "an address within a sentence beside the one asked for",
    sends: [submission({ Email: "zed@example.com", Notes: "write to boss@example.com instead" })],
    contacts: [{ email: "zed@example.com" }],
    notes: ["write to boss@example.com instead"],
  },
  typed("one@example.com; two@example.com", "one@example.com", { notes: ["two@example.com"] }),
  typed("\u200bunseen@example.com\u00ad", "unseen@example.com"),
  typed("mailto:link@example.com", "link@example.com"),
  typed("Jane Doe <jane@example.com>", "jane@example.com"),
  typed("dot@example.com.", "dot@example.com"),
  typed("blank@ example.com", "blank@example.com", { notes: ["blank@ example.com"] }),
  {
    name: "an address that is none, and only a name beside it",
    sends: [submission({ Name: "Mel Orr", Email: "mel@examplecom" })],
    contacts: [{ email: null, first_name: "Mel", last_name: "Orr" }],
    notes: ["Email: mel@examplecom"],
    warnings: ["email"],
  },
  dialled("+1 415 555 0132 ext. 12", "+14155550132;ext=12"),
  dialled("0170.123456 (abends)", "0170.123456", { notes: ["0170.123456 (abends)"] }),
  dialled("0170 5550142 / 030 901820", "0170 5550142", { notes: ["030 901820"] }),
  dialled("1-800-FLOWERS", null, { notes: ["Phone: 1-800-FLOWERS"], warnings: ["phone"] }),
  dialled(15550000000, "15550000000"),
  {
    name: "a Dutch form with boxes as texts, and fields left blank",
    sends: [submission({
      "Empty 6": "",
      Postcode: "2871kz",
      Huisnummer: "3",
      "Type huis": "Tussenwoning",
      Vloerverwarming: "true",
      Voornaam: "Joris",
      Achternaam: "Zandberg",
      Email: "joris@example.com",
      company: "",
    })],
    contacts: [{
      email: "joris@example.com",
      first_name: "Joris",
      last_name: "Zandberg",
      phone: null,
    }],
    companies: [],
    notes: ["Postcode: 2871kz", "Type huis: Tussenwoning", "Vloerverwarming: true"],
    noNotes: ["Empty 6"],
  },
  {
    name: "only a second address field",
    sends: [submission({ "Email 2": "second@example.com" })],
    contacts: [{ email: "second@example.com" }],
    noteCount: 1,
  },
  {
    name: "one company for its name in other letters, blanks and signs",
    sends: [
      submission({ Email: "n1@example.com", Company: "Muster GmbH" }),
      submission({ Email: "n2@example.com", Company: "MUSTER  gmbh " }),
      submission({ Email: "n3@example.com", Company: "O’Brien & Sons" }),
      submission({ Email: "n4@example.com", Company: "O'Brien and  Sons" }),
    ],
    companies: ["Muster GmbH", "O’Brien & Sons"],
  },
  {
    name: "what looks like markup stays as it was typed",
    sends: [submission({
      Name: "Siobhán O'Neill",
      Email: "sio@example.com",
      Company: "Tea & Co <Ltd>",
    })],
    contacts: [{ last_name: "O'Neill" }],
    companies: ["Tea & Co <Ltd>"],
  },
  {
    name: "an event that is no form",
    sends: [{ json: { triggerType: "site_publish", payload: { siteId: "62749158" } } }],
    status: ["ignored"],
    contacts: [],
  },
];

export const webflowV1: SenderCase[] = [{
  name: "a name and an address",
  sends: [{
    json: {
      name: "Sample Form",
      site: "62749158",
      data: { name: "Sam One", email: "sam@example.com" },
      d: "2026-09-14T12:35:16.117Z",
      _id: "6321ca84x",
    },
  }],
  contacts: [{ email: "sam@example.com", first_name: "Sam", last_name: "One" }],
}];
