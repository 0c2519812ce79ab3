import { hex, hmac, type ProviderSample } from "./sample.ts";

function sample(
  preset: string,
  name: string,
  payload: unknown,
  event: ProviderSample["events"][number],
): ProviderSample {
  return {
    preset,
    name,
    contentType: "application/json",
    body: JSON.stringify(payload),
    secrets: { secret: "webflow-sample-secret" },
    headers: async (secret, body, { now }) => ({
      "x-webflow-timestamp": String(now),
      "x-webflow-signature": hex(await hmac(secret, `${now}:`, body)),
    }),
    events: [event],
  };
}

export const webflowSamples = [
  sample("webflow", "a contact form", {
    triggerType: "form_submission",
    payload: {
      name: "Contact Us",
      siteId: "65427cf400e02b306eaa049c",
      data: {
        "First Name": "Zaphod",
        "Last Name": "Beeblebrox",
        email: "zaphod@example.com",
        "Phone Number": 15550000000,
        Newsletter: "true",
      },
      schema: [{
        fieldName: "First Name",
        fieldType: "FormTextInput",
        fieldElementId: "285042f7-d554-dc7f-102c-aa10d6a2d2c4",
      }],
      submittedAt: "2026-03-02T12:35:16.117Z",
      id: "6321ca84df3949bfc6752327",
      formId: "65429eadebe8a9f3a30f62d0",
      formElementId: "4e038d2c-6a1e-4953-7be9-a59a2b453177",
    },
  }, {
    event_id: "6321ca84df3949bfc6752327",
    mapped: {
      source: "webflow",
      email: "zaphod@example.com",
      phone: "15550000000",
      first_name: "Zaphod",
      last_name: "Beeblebrox",
      message: "Form: Contact Us\nNewsletter: true",
    },
  }),
  sample("webflow", "a Dutch form with the names Webflow makes up", {
    triggerType: "form_submission",
    payload: {
      name: "Email Form",
      siteId: "65427cf400e02b306eaa049c",
      data: {
        "Naam 2": "Anna de Vries",
        "Email 2": " anna@voorbeeld.nl ",
        Telefoonnummer: "",
        "Bedrijfsnaam": "Vries B.V.",
        Onderwerpen: ["Prijs", "Levering"],
        "Field 3": "Tot ziens",
      },
      schema: [],
      submittedAt: "2026-03-02T12:36:16.117Z",
      id: "66a947f35b9d7ba400e22733",
      formId: "65429eadebe8a9f3a30f62d1",
    },
  }, {
    event_id: "66a947f35b9d7ba400e22733",
    mapped: {
      source: "webflow",
      email: "anna@voorbeeld.nl",
      first_name: "Anna",
      last_name: "de Vries",
      company_name: "Vries B.V.",
      message: "Form: Email Form\nOnderwerpen: Prijs, Levering\nField 3: Tot ziens",
    },
  }),
  sample("webflow", "a published site", {
    triggerType: "site_publish",
    payload: { domains: ["shop.example"], siteId: "65427cf400e02b306eaa049c" },
  }, { event_id: null, purpose: "ignored", mapped: {} }),
  sample("webflow_v1", "a form of API v1", {
    name: "Sample Form",
    site: "62749158efef318abc8d5a0f",
    data: { Name: "Arthur Philip Dent", Email: "arthur@example.com", Message: "Tea?" },
    d: "2026-03-02T12:35:16.117Z",
    _id: "6321ca84df3949bfc6752327",
  }, {
    event_id: "6321ca84df3949bfc6752327",
    mapped: {
      source: "webflow",
      email: "arthur@example.com",
      first_name: "Arthur",
      last_name: "Philip Dent",
      message: "Form: Sample Form\nMessage: Tea?",
    },
  }),
  sample("webflow_v1", "a Spanish form with gaps", {
    name: "Contacto",
    site: "62749158efef318abc8d5a0f",
    data: {
      Nombre: "Ana María",
      Apellidos: "Ruiz Gómez",
      "Correo electrónico": "ana@ejemplo.es",
      Teléfono: "612 345 678",
      Empresa: "",
      Cargo: "Directora",
      Temas: ["Precio", "Envío"],
    },
    d: "2026-03-02T12:37:16.117Z",
    _id: "6321ca84df3949bfc6752328",
  }, {
    event_id: "6321ca84df3949bfc6752328",
    mapped: {
      source: "webflow",
      email: "ana@ejemplo.es",
      phone: "612 345 678",
      first_name: "Ana María",
      last_name: "Ruiz Gómez",
      title: "Directora",
      message: "Form: Contacto\nTemas: Precio, Envío",
    },
  }),
];
