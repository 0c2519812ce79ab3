import type { ApiResponse, Json } from "./api-client.ts";
import type { LioClient } from "./lio.ts";
import { formOf, sendForm } from "./lio-files.ts";
import { eventually } from "./workspace.ts";

/** Sends a file to be imported. */
export function sendImport(
  api: LioClient,
  content: string | Buffer,
  fields: Readonly<Record<string, string | number>> = {},
  name = "leads.csv",
): Promise<ApiResponse> {
  const bytes = typeof content === "string" ? content : Uint8Array.from(content);
  return sendForm(api, "lead/lead-imports", formOf(fields, { name, content: bytes }));
}

/** Imports a file, and waits until that is done. */
export async function importOf(
  api: LioClient,
  content: string | Buffer,
  fields: Readonly<Record<string, string | number>> = {},
): Promise<Json> {
  const { status, text, body } = await sendImport(api, content, fields);
  if (status !== 201) throw new Error(text);
  return await eventually(async () => {
    const jobs = await api.read("import-job/list?type=lead_import&limit=100");
    const job = jobs.find(({ id }: { id: number }) => id === body.data.id);
    return ["completed", "failed"].includes(job.status) && job;
  });
}
