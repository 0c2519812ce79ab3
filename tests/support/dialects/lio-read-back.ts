import type { ApiClient, ApiResponse, Json } from "../api-client.ts";
import { asOwner } from "../workspace.ts";
import { readVoiceBack } from "./lio-voice.ts";

const VIEWED = /\/(lead|contact|company|meeting)\/add$|\/v1\/lead$/;

/** Reads a record that an operation of LIO made, by whatever shows one like it. */
export async function readBack(api: ApiClient, path: string, made: Json): Promise<ApiResponse> {
  const viewed = VIEWED.exec(path);
  if (viewed) return await api.get(`lio/api/${viewed[1] ?? "lead"}/view/${made.id}`);
  if (path.includes("/inbox/")) return await sentMessage(made);
  if (path.endsWith("/custom-field")) return await customField(api, made);
  if (path.endsWith("signal")) return await listed(api, "intent-alert", "signal_id", made);
  if (path.endsWith("/outreach-plans")) return await outreachStep(api, made);
  if (path.includes("/calendar/")) {
    const day = `from=${made.start}&to=${made.end}`;
    const answer = await api.get(`${path.replace("{provider}", "internal")}?limit=500&${day}`);
    const data = answer.body.data?.find((one: Json) => one.id === made.id);
    return { ...answer, status: data === undefined ? 404 : 200, body: { data } };
  }
  if (path.endsWith("/lead-imports")) return await listed(api, "import-job", "id", made);
  if (path.includes("/ai-email/")) return await drafted(api, made);
  if (path.endsWith("/enrich/bulk")) {
    return await api.get(`lio/api/lead-enrichment/job/${made.job_id}`);
  }
  if (path.endsWith("/dashboards")) return await among(api, "dashboards?limit=500", "id", made);
  const voice = await readVoiceBack(api, path, made);
  if (voice !== null) return voice;
  return await listed(api, path.slice("lio/api/".length).replace(/\/add$/, ""), "id", made);
}

// No operation shows what was sent, but its provider.
async function sentMessage({ id }: Json): Promise<ApiResponse> {
  const [data] = await asOwner<Record<string, unknown>>(
    `select m.subject from crm.messages m join crm.account_messages a
      on a.workspace_id = m.workspace_id and a.message_id = m.id
      where a.number = $1 and m.state = 'sent'`,
    [id],
  );
  const status = data === undefined ? 404 : 200;
  return { status, headers: new Headers(), text: "", body: { data } };
}

async function listed(api: ApiClient, group: string, id: string, made: Json): Promise<ApiResponse> {
  const lead = made.lead_id === undefined ? "" : `&lead_id=${made.lead_id}`;
  return await among(api, `${group}/list?limit=500${lead}`, id, made);
}

async function among(api: ApiClient, list: string, id: string, made: Json): Promise<ApiResponse> {
  const answer = await api.get(`lio/api/${list}`);
  const data = answer.body.data?.find((one: Json) => one[id] === made.id);
  return { ...answer, status: data === undefined ? 404 : 200, body: { data } };
}

// Of drafts that are still to be written there is their job.
function drafted(api: ApiClient, made: Json): Promise<ApiResponse> {
  return made.job_id === undefined
    ? among(api, `ai-email/drafts/lead/${made.lead_id}?limit=500`, "id", made)
    : among(api, "import-job/list?type=ai_email&limit=500", "id", { id: made.job_id });
}

async function outreachStep(api: ApiClient, made: Json): Promise<ApiResponse> {
  const at = `lio/api/target-accounts/${made.target_account_id}/outreach-plans`;
  const answer = await api.get(`${at}?limit=500`);
  return { ...answer, body: { data: answer.body.data.find(({ id }: Json) => id === made.id) } };
}

async function customField(api: ApiClient, made: Json): Promise<ApiResponse> {
  const answer = await api.get(`lio/api/lead/view/${made.lead_id}`);
  const field_value = answer.body.data.custom_fields[made.field_name];
  return { ...answer, body: { data: { field_name: made.field_name, field_value } } };
}
