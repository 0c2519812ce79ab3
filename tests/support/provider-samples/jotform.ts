import { noHeaders, type ProviderSample } from "./sample.ts";

const BOUNDARY = "------------------------c0ffee5a3b1d2e4f";

// Jotform escapes slashes as PHP does.
function multipart(fields: Record<string, string>): Uint8Array<ArrayBuffer> {
  const parts = Object.entries(fields).map(([name, value]) =>
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  );
  return new TextEncoder().encode(`${parts.join("")}--${BOUNDARY}--\r\n`);
}

function sample(
  name: string,
  submissionID: string,
  { formTitle, pretty, answers }: { formTitle: string; pretty?: string; answers: unknown },
  mapped: Record<string, unknown>,
): ProviderSample {
  return {
    preset: "jotform",
    name,
    contentType: `multipart/form-data; boundary=${BOUNDARY}`,
    body: multipart({
      action: "",
      webhookURL: "https://hooks.example.com/?connector=lb_hook",
      username: "acme",
      formID: "233594218352056",
      type: "WEB",
      formTitle,
      submissionID,
      rawRequest: JSON.stringify(answers).replaceAll("/", "\\/"),
      ip: "203.0.113.7",
      ...(pretty === undefined ? {} : { pretty }),
    }),
    secrets: {},
    headers: noHeaders,
    events: [{ event_id: submissionID, mapped: { source: "jotform", ...mapped } }],
  };
}

export const jotformSamples = [
  sample("a contact form", "5308741572752112119", {
    formTitle: "Contact us",
    pretty: "Full Name:Jane Doe, E-mail:jane@example.com, Phone Number:(030) 901820, " +
      "Company:Acme Corp, What do you need, and when?:Two licences, by 12:30, " +
      "Website:https://acme.example/a",
    answers: {
      slug: "submit/233594218352056/",
      jsExecutionTracker: "build-date-1772558705337=>init-started:1772558706971",
      submitSource: "form",
      submitDate: "1772558985692",
      buildDate: "1772558705337",
      q3_fullName: { first: "Jane", last: "Doe" },
      q4_email: "jane@example.com",
      q5_phoneNumber: { full: "(030) 901820" },
      q6_company: "Acme Corp",
      q7_whatDo: "Two licences, by 12:30",
      q8_website: "https://acme.example/a",
      event_id: "1772558706972_233594218352056_QzZxQ1b",
    },
  }, {
    email: "jane@example.com",
    phone: "(030) 901820",
    first_name: "Jane",
    last_name: "Doe",
    company_name: "Acme Corp",
    message: "Form: Contact us\nFull Name: Jane Doe\nE-mail: jane@example.com\n" +
      "Phone Number: (030) 901820\nCompany: Acme Corp\n" +
      "What do you need, and when?: Two licences, by 12:30\nWebsite: https://acme.example/a",
  }),
  sample("a Portuguese form without its summary", "6483681866127454931", {
    formTitle: "Formulário de Inscrição",
    answers: {
      slug: "submit/253594218352056",
      q6_nomeCompleto6: { first: "José Fábio ", last: "do Nascimento " },
      q7_email7: "jose@exemplo.com.br",
      q8_telefonecom: { area: "81", phone: "999888559" },
      q10_voceVeio: ["Recomeçar", "Outro/a"],
      q14_cidade: "",
      q15_dataDe: { day: "18", month: "11", year: "2025" },
    },
  }, {
    email: "jose@exemplo.com.br",
    phone: "81 999888559",
    first_name: "José Fábio",
    last_name: "do Nascimento",
    message: "Form: Formulário de Inscrição\nvoce Veio: Recomeçar, Outro/a\ndata De: 18 11 2025",
  }),
];
