import { base64, hmac, type ProviderSample } from "./sample.ts";

const options = (...texts: string[]) => texts.map((text) => ({ id: `id-${text}`, text }));
const FILE = "https://storage.tally.example/plan.pdf";

function sample(
  name: string,
  eventId: string,
  data: unknown,
  mapped: Record<string, unknown>,
): ProviderSample {
  return {
    preset: "tally",
    name,
    contentType: "application/json",
    body: JSON.stringify({
      eventId,
      eventType: "FORM_RESPONSE",
      createdAt: "2026-03-02T15:00:21.889Z",
      data,
    }),
    secrets: { secret: "tally-sample-secret" },
    headers: async (secret, body) => ({ "Tally-Signature": base64(await hmac(secret, body)) }),
    events: [{ event_id: eventId, mapped: { source: "tally", ...mapped } }],
  };
}

export const tallySamples = [
  sample("every type of question", "a4cb511e-0001-4fa5-baee-b815d718dfd1", {
    responseId: "2wgx4n",
    submissionId: "2wgx4n",
    respondentId: "dwQKYm",
    formId: "VwbNEw",
    formName: "Project request",
    createdAt: "2026-03-02T15:00:21.000Z",
    fields: [
      { key: "question_h", label: "utm_campaign", type: "HIDDEN_FIELDS", value: "newsletter" },
      { key: "question_c", label: "Score", type: "CALCULATED_FIELDS", value: 20 },
      { key: "question_n", label: "Full name", type: "INPUT_TEXT", value: "Ludwig van Beethoven" },
      { key: "question_e", label: "Contact", type: "INPUT_EMAIL", value: "ludwig@example.com" },
      { key: "question_p", label: "Call", type: "INPUT_PHONE_NUMBER", value: "+32491223344" },
      { key: "question_o", label: "Company name *", type: "INPUT_TEXT", value: "Bonn & Sons" },
      { key: "question_j", label: "Your role", type: "INPUT_TEXT", value: "Composer" },
      { key: "question_w", label: "Website", type: "INPUT_LINK", value: "example.com" },
      { key: "question_t", label: "Details", type: "TEXTAREA", value: "Nine pieces,\nplease." },
      {
        key: "question_m",
        label: "State",
        type: "MULTIPLE_CHOICE",
        value: ["id-In progress"],
        options: options("Not started", "In progress", "Done"),
      },
      {
        key: "question_k",
        label: "Sports",
        type: "CHECKBOXES",
        value: ["id-Swimming", "id-Skiing"],
        options: options("Soccer", "Swimming", "Skiing"),
      },
      { key: "question_k_1", label: "Sports (Soccer)", type: "CHECKBOXES", value: false },
      { key: "question_k_2", label: "Sports (Swimming)", type: "CHECKBOXES", value: true },
      {
        key: "question_f",
        label: "Plan",
        type: "FILE_UPLOAD",
        value: [{ id: "5m", name: "plan.pdf", url: FILE, mimeType: "application/pdf", size: 16 }],
      },
      {
        key: "question_x",
        label: "Rate us",
        type: "MATRIX",
        value: { "id-Quality": ["id-Good"], "id-Speed": ["id-Fair"] },
        rows: options("Quality", "Speed"),
        columns: options("Poor", "Fair", "Good"),
      },
      { key: "question_z", label: "Rating", type: "RATING", value: 4 },
    ],
  }, {
    email: "ludwig@example.com",
    phone: "+32491223344",
    first_name: "Ludwig",
    last_name: "van Beethoven",
    company_name: "Bonn & Sons",
    title: "Composer",
    message: "Form: Project request\nutm_campaign: newsletter\nScore: 20\nWebsite: example.com\n" +
      "Details: Nine pieces,\nplease.\nState: In progress\nSports: Swimming, Skiing\n" +
      `Plan: ${FILE}\nRate us: Quality Good, Speed Fair\nRating: 4`,
  }),
  sample("a French form with gaps", "a4cb511e-0002-4fa5-baee-b815d718dfd1", {
    responseId: "r2",
    formId: "f2",
    formName: "Demande de devis",
    fields: [
      { key: "q1", label: "Prénom", type: "INPUT_TEXT", value: "Amélie" },
      { key: "q2", label: "Nom", type: "INPUT_TEXT", value: "Poulain" },
      { key: "q3", label: "Entreprise", type: "INPUT_TEXT", value: null },
      { key: "q4", label: "Adresse e-mail", type: "INPUT_TEXT", value: "amelie@exemple.fr" },
      { key: "q5", label: "Téléphone", type: "INPUT_TEXT", value: "01 42 68 53 00" },
      {
        key: "q6",
        label: "Budget",
        type: "DROPDOWN",
        value: ["id-5 000 €"],
        options: options("1 000 €", "5 000 €"),
      },
      { key: "q7", label: "Thèmes", type: "MULTI_SELECT", value: [], options: options("a") },
      { key: "q8", label: null, type: "TEXTAREA", value: "Sans titre" },
    ],
  }, {
    email: "amelie@exemple.fr",
    phone: "01 42 68 53 00",
    first_name: "Amélie",
    last_name: "Poulain",
    message: "Form: Demande de devis\nBudget: 5 000 €\nSans titre",
  }),
];
