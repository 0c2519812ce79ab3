import { type SenderCase, urlencoded } from "./sender-case.ts";

const lead = (fields: Record<string, unknown>) => ({ json: fields });
export const automations: SenderCase[] = [
  {
    name: "a name in one field, a phone with brackets",
    sends: [lead({ email: "jane@example.com", name: "Jane Doe", phone: "(555) 123-4567" })],
    contacts: [{ first_name: "Jane", last_name: "Doe", phone: "(555) 123-4567" }],
  },
  {
    name: "one word for a name, and five",
    sends: [
      lead({ email: "cher@example.com", name: "Cher" }),
      lead({ email: "mary@example.com", name: "Mary Ann Van Der Berg" }),
    ],
    contacts: [
      { email: "cher@example.com", first_name: "Cher", last_name: null },
      { email: "mary@example.com", first_name: "Mary", last_name: "Ann Van Der Berg" },
    ],
  },
  {
    name: "a lead within an object, flags in another",
    sends: [lead({
      source: "webinar",
      type: "lead",
      lead: {
        fullName: "Greta Ley",
        email: "greta@example.com",
        company: "Client Co",
        message: "Hi",
      },
      tracking: { hasPixel: false, hasGtm: true },
    })],
    contacts: [{ first_name: "Greta", last_name: "Ley", source: "webinar" }],
    companies: ["Client Co"],
    notes: ["message: Hi", "tracking: hasPixel: no, hasGtm: yes"],
  },
  {
    name: "a lead in a list, in an object, in an object, as JSON in a text",
    sends: [
      lead({ data: { contacts: [{ firstName: "Ann", emailAddress: "ann@example.com" }] } }),
      lead({
        body: JSON.stringify({
          customer: { name: { first: "Bo", last: "Ek" }, email: "bo@example.com" },
        }),
      }),
    ],
    contacts: [
      { email: "ann@example.com", first_name: "Ann" },
      { email: "bo@example.com", first_name: "Bo", last_name: "Ek" },
    ],
  },
  {
    name: "answers as objects by their ids, with titles",
    sends: [lead({
      form: { id: "f1", name: "Contact" },
      fields: {
        a1: { id: "a1", type: "text", title: "Your name", value: "Cy Dahl", raw_value: "Cy Dahl" },
        b2: { id: "b2", type: "email", title: "Where to?", value: "cy@example.com" },
        c3: { id: "c3", type: "textarea", title: "Wishes", value: "Two of them" },
      },
    })],
    contacts: [{ email: "cy@example.com", first_name: "Cy", last_name: "Dahl" }],
    notes: ["Wishes: Two of them"],
  },
  {
    name: "answers in a list of questions",
    sends: [lead({
      answers: [
        { question: "Full name", answer: "Di Ek" },
        { question: "Email", answer: "di@example.com" },
        { question: "Budget", answer: 5000 },
      ],
    })],
    contacts: [{ email: "di@example.com", first_name: "Di", last_name: "Ek" }],
    notes: ["Budget: 5000"],
  },
  {
    name: "several leads in a list, and in a list within an object",
    sends: [
      {
        json: [{ email: "m1@example.com", name: "One A" }, {
          email: "m2@example.com",
          name: "Two B",
        }],
      },
      lead({ source: "sheet", rows: [{ email: "m3@example.com" }, { email: "m4@example.com" }] }),
    ],
    contacts: [1, 2, 3, 4].map((n) => ({ email: `m${n}@example.com` })),
  },
  {
    name: "fields as forms of PHP name them",
    sends: [urlencoded({
      "form_fields[name]": "Eva Falk",
      "form_fields[email]": "eva@example.com",
      "fields[x7][title]": "Topic",
      "fields[x7][value]": "Prices",
    })],
    contacts: [{ email: "eva@example.com", first_name: "Eva", last_name: "Falk" }],
    notes: ["Topic: Prices"],
  },
  {
    name: "titles as a lead ad has them",
    sends: [lead({
      "Full Name": "Ohad Lev",
      Email: "ohad@example.com",
      "Phone Number": "+972505550143",
      "Form Name": "Spring",
      Platform: "fb",
    })],
    contacts: [{ first_name: "Ohad", last_name: "Lev", phone: "+972505550143" }],
    notes: ["Form Name: Spring", "Platform: fb"],
  },
  {
    name: "camel case, blanks for what was left out",
    sends: [lead({
      firstName: "Ivy",
      lastName: "Chu",
      email: "ivy@example.com",
      phone: "",
      companyName: "",
      jobTitle: "COO",
      message: "",
    })],
    contacts: [{ first_name: "Ivy", last_name: "Chu", phone: null, title: "COO" }],
    companies: [],
    noteCount: 0,
  },
  {
    name: "no address, but a name and a phone",
    sends: [lead({ name: "Lia Poe", phone: "+972501234567", specialty: "Dental", source: "Chat" })],
    contacts: [{ first_name: "Lia", phone: "+972501234567", source: "Chat" }],
    notes: ["specialty: Dental"],
  },
  {
    name: "a phone as a number that lost its zero, Hebrew text",
    sends: [lead({ name: "דנה כהן", phone: 549750505, email: "dana@example.com", notes: "פגישה" })],
    contacts: [{ first_name: "דנה", last_name: "כהן", phone: "549750505" }],
    notes: ["notes: פגישה"],
  },
  {
    name: "Portuguese keys, numbers and lists",
    sends: [lead({
      nome: "Cézar Lima",
      telefone: "11995550143",
      email: "cezar@example.com",
      empresa: "Loja Ecko",
      cargo: "Gerente",
      origem: "Landing Page",
      faturamento: 12000.5,
      lojas: ["Centro", "Sul"],
    })],
    contacts: [{ first_name: "Cézar", last_name: "Lima", phone: "11995550143", title: "Gerente" }],
    companies: ["Loja Ecko"],
    notes: ["origem: Landing Page", "faturamento: 12000.5", "lojas: Centro, Sul"],
  },
  {
    name: "lists of one",
    sends: [lead({ email: ["list@example.com"], first_name: ["Lis"], phone: ["+442079460958"] })],
    contacts: [{ email: "list@example.com", first_name: "Lis", phone: "+442079460958" }],
  },
  {
    name: "blanks for what is known",
    known: [{ email: "k@example.com", first_name: "Known", phone: "+442079460958", title: "CEO" }],
    sends: [
      lead({ email: "k@example.com", phone: "", first_name: " ", title: null, company_name: "" }),
    ],
    contacts: [{ first_name: "Known", phone: "+442079460958", title: "CEO" }],
  },
];
