import { expect } from "vitest";
import type { ApiResponse, Json } from "./api-client.ts";
import { leadHub, LeadHubClient, type LeadHubWorld } from "./leadhub.ts";
import { gatewayUrl } from "./workspace.ts";

/** Fields of a form that asks for an email, and more that may be left out. */
export const FIELDS = [
  { key: "email", type: "email" },
  { key: "first_name", type: "text" },
  { key: "phone", type: "phone" },
  { key: "message", type: "textarea", maps_to: "notes" },
  { key: "seats", type: "number" },
  { key: "topic", type: "select", options: ["Sales", "Support"] },
  { key: "days", type: "multiselect", options: ["Mon", "Tue", "Wed"] },
  { key: "terms", type: "checkbox" },
];

/** What fills in all of them. */
export const FULL = {
  email: "sarah@example.com",
  first_name: "Sarah",
  phone: "+14155551234",
  message: "Please call",
  seats: 40,
  topic: "Sales",
  days: ["Mon", "Wed"],
  terms: true,
};

/** What a web page sends. */
export type WebFields = readonly (readonly [string, string | File])[];

/** A workspace with a form, and ways to submit it. */
export interface FormWorld extends LeadHubWorld {
  form: Json;
  /** With the key, as JSON. */
  submit(values: object): Promise<ApiResponse>;
  /** By the form's address, without a key. */
  submitPublic(values: object): Promise<ApiResponse>;
  /** Like a web page: `multipart` as one with files does. */
  submitWeb(fields: WebFields, multipart?: boolean): Promise<ApiResponse>;
  /** The lead with a number. */
  lead(number: number): Promise<Json>;
}

/** Makes such a workspace; the form is public and asks for FIELDS unless told otherwise. */
export async function formWorld(fields: object = {}): Promise<FormWorld> {
  const world = await leadHub();
  const { api } = world;
  const form = await api.made("forms", {
    name: "Contact us",
    fields: FIELDS,
    public: true,
    ...fields,
  });
  const nobody = new LeadHubClient(gatewayUrl(), null);
  const path = `forms/${form.id}/submissions`;
  const query = String(form.submit_url).split("?")[1];
  return {
    ...world,
    form,
    submit: (values) => api.post(path, values),
    submitPublic: (values) => nobody.post(`${path}?${query}`, values),
    async submitWeb(given, multipart = false) {
      const request = new Request("http://localhost", {
        method: "POST",
        body: multipart ? formData(given) : new URLSearchParams(given as [string, string][]),
      });
      const type = request.headers.get("content-type") ?? "";
      const raw = new Uint8Array(await request.arrayBuffer());
      const headers = { "content-type": type };
      return await nobody.send("POST", `${path}?${query}`, { raw, headers });
    },
    lead: async (number) => (await api.get(`leads/${number}`)).body.data,
  };
}

function formData(fields: WebFields): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

/** The submission that was taken. */
export function taken({ status, body, text }: ApiResponse): Json {
  expect(status, text).toBe(201);
  return body.data;
}
