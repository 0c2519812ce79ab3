import { base64, hmac, type ProviderSample } from "./sample.ts";

const field = (id: string, type: string) => ({ id, type, ref: `ref-${id}` });

function sample(
  name: string,
  payload: unknown,
  events: ProviderSample["events"],
): ProviderSample {
  return {
    preset: "typeform",
    name,
    contentType: "application/json",
    body: JSON.stringify(payload),
    secrets: { secret: "typeform-sample-secret" },
    headers: async (secret, body) => ({
      "Typeform-Signature": `sha256=${base64(await hmac(secret, body))}`,
    }),
    events,
  };
}

export const typeformSamples = [
  sample("a city survey", {
    event_id: "Ev0CitySurvey",
    event_type: "form_response",
    form_response: {
      form_id: "fCity1",
      token: "b2f7c1d09a4e4c6c8f0e1a2b3c4d5e6f",
      landed_at: "2026-03-02T09:58:11Z",
      submitted_at: "2026-03-02T10:01:40Z",
      hidden: { utm_campaign: "spring" },
      calculated: { score: 4 },
      variables: [{ key: "score", type: "number", number: 4 }],
      definition: {
        id: "fCity1",
        title: "Life in our city",
        fields: [
          { ...field("q1", "short_text"), title: "What is your first name?" },
          {
            ...field("q2", "long_text"),
            title: "Thanks, {{field:ref-q1}}! How do you like it here?",
          },
          { ...field("q3", "email"), title: "Where may we write to you?" },
          { ...field("q4", "date"), title: "When did you move here?" },
          {
            ...field("q5", "picture_choice"),
            title: "Which places do you visit?",
            allow_multiple_selections: true,
            choices: [{ id: "c1", label: "The harbour" }, { id: "c2", label: "The old mill" }],
          },
          { ...field("q6", "yes_no"), title: "Do you own a bicycle?" },
          { ...field("q7", "phone_number"), title: "And by phone?" },
          { ...field("q8", "dropdown"), title: "Your district" },
          { ...field("q9", "number"), title: "How many live in your home?" },
          { ...field("q10", "file_upload"), title: "A picture of your street" },
        ],
        endings: [{ id: "end", ref: "default_tys", title: "Thank you", type: "thankyou_screen" }],
      },
      answers: [
        { type: "text", text: "Laura", field: field("q1", "short_text") },
        { type: "text", text: "It is calm.\nI like that.", field: field("q2", "long_text") },
        { type: "email", email: "laura@example.com", field: field("q3", "email") },
        { type: "date", date: "2019-10-15", field: field("q4", "date") },
        {
          type: "choices",
          choices: {
            ids: ["c1", "c2"],
            labels: ["The harbour", "The old mill"],
            refs: ["r1", "r2"],
            other: "The tower",
          },
          field: field("q5", "picture_choice"),
        },
        { type: "boolean", boolean: false, field: field("q6", "yes_no") },
        {
          type: "phone_number",
          phone_number: "+4915112345678",
          field: field("q7", "phone_number"),
        },
        {
          type: "choice",
          choice: { id: "c9", label: "North", ref: "r9" },
          field: field("q8", "dropdown"),
        },
        { type: "number", number: 3, field: field("q9", "number") },
        {
          type: "file_url",
          file_url: "https://api.typeform.com/files/street.jpg",
          field: field("q10", "file_upload"),
        },
      ],
      ending: { id: "end", ref: "default_tys" },
    },
  }, [{
    event_id: "b2f7c1d09a4e4c6c8f0e1a2b3c4d5e6f",
    mapped: {
      source: "typeform",
      email: "laura@example.com",
      phone: "+4915112345678",
      first_name: "Laura",
      message: "Form: Life in our city\n" +
        "Thanks, {{field:ref-q1}}! How do you like it here?: It is calm.\nI like that.\n" +
        "When did you move here?: 2019-10-15\n" +
        "Which places do you visit?: The harbour, The old mill, The tower\n" +
        "Do you own a bicycle?: no\nYour district: North\nHow many live in your home?: 3\n" +
        "A picture of your street: https://api.typeform.com/files/street.jpg\n" +
        "utm_campaign: spring\nscore: 4",
    },
  }]),
  sample("a German enquiry whose email is hidden", {
    event_id: "01HZYGERMAN",
    event_type: "form_response",
    form_response: {
      form_id: "fAnfrage",
      token: "anfrage-7",
      submitted_at: "2026-04-01T08:00:00Z",
      hidden: { email: "jürgen@müller.example", plan: "" },
      definition: {
        id: "fAnfrage",
        title: "Anfrage",
        fields: [
          { ...field("v", "short_text"), title: "Vorname" },
          { ...field("n", "short_text"), title: "Name" },
          { ...field("f", "short_text"), title: "Wie heißt Ihre Firma?" },
          { ...field("u", "short_text"), title: "Firma:" },
          { ...field("p", "short_text"), title: "Funktion" },
          { ...field("l", "short_text"), title: "Bemerkung" },
          { ...field("t", "short_text"), title: "Telefon" },
        ],
      },
      answers: [
        { type: "text", text: " Jürgen ", field: field("v", "short_text") },
        { type: "text", text: "Müller-Lüdenscheidt", field: field("n", "short_text") },
        { type: "text", text: "Badewannen AG", field: field("u", "short_text") },
        { type: "text", text: "Einkäufer", field: field("p", "short_text") },
        { type: "text", text: "   ", field: field("l", "short_text") },
        { type: "text", text: "gerne abends", field: field("t", "short_text") },
        { type: "text", text: "Ohne Titel", field: field("gone", "short_text") },
      ],
    },
  }, [{
    event_id: "anfrage-7",
    mapped: {
      source: "typeform",
      email: "jürgen@müller.example",
      phone: "gerne abends",
      first_name: "Jürgen",
      last_name: "Müller-Lüdenscheidt",
      company_name: "Badewannen AG",
      title: "Einkäufer",
      message: "Form: Anfrage\nTelefon: gerne abends\nref-gone: Ohne Titel",
    },
  }]),
  sample("a form left half way", {
    event_id: "01PARTIAL",
    event_type: "form_response_partial",
    form_response: { form_id: "fAnfrage", token: "anfrage-8", answers: [] },
  }, [{ event_id: "anfrage-8", purpose: "ignored", mapped: {} }]),
];
