import { Buffer } from "node:buffer";
import type { ApiResponse } from "./api-client.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";
import type { LioClient } from "./lio.ts";
import { gatewayUrl } from "./workspace.ts";

/** The smallest picture. */
export const GIF = Buffer.from("GIF89a\u0001\u0000\u0001\u0000\u0000\u0000\u0000;", "latin1");

/** Sends a form as a browser does. */
export function sendForm(
  api: LioClient,
  path: string,
  form: FormData,
  headers: Record<string, string> = {},
): Promise<ApiResponse> {
  return fetch(`${api.baseUrl}/functions/v1/lio/api/${path}`, {
    method: "POST",
    body: form,
    headers: { authorization: `Bearer ${api.key}`, ...headers },
  }).then(async (response) => {
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
  });
}

/** A form of fields, and of a file where there is one. */
export function formOf(
  fields: Readonly<Record<string, string | number>>,
  file?: { name?: string; content: BlobPart; field?: string },
): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  if (file) form.append(file.field ?? "file", new Blob([file.content]), file.name ?? "offer.txt");
  return form;
}

/** What a link of an answer leads to, at the tests' gateway or another one. */
export function download(url: string, at = gatewayUrl()): Promise<Response> {
  const { LUMENBASE_PUBLIC_URL } = FUNCTIONS_ENVIRONMENT;
  if (!url.startsWith(`${LUMENBASE_PUBLIC_URL}/`)) throw new Error(`${url} leads elsewhere`);
  return fetch(url.replace(LUMENBASE_PUBLIC_URL, `${at}/functions/v1`));
}
