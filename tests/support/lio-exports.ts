import { expect } from "vitest";
import type { ApiResponse, Json } from "./api-client.ts";
import type { LioClient } from "./lio.ts";
import { asOwner, eventually } from "./workspace.ts";

/** What is exported, by the paths of its lines. */
export interface Exported {
  record: Json;
  answer: ApiResponse;
  lines: string[];
}

/** Exports, waits until that is done, and downloads it. */
export async function exportOf(
  api: LioClient,
  export_type: string,
  filters?: object,
): Promise<Exported> {
  const { id } = await api.made("exports/create", { export_type, ...filters && { filters } });
  const record = await eventually(async () => {
    const found = (await api.read("exports/list?limit=100")).find((one: Json) => one.id === id);
    return ["completed", "failed"].includes(found.status) && found;
  });
  const answer = await api.get(`exports/download/${id}`);
  expect(answer.status, answer.text).toBe(200);
  return { record, answer, lines: answer.text.split("\r\n") };
}

/** Makes an export that stands so, of which no job knows; answers its number. */
export async function someExport(
  workspaceId: string,
  userId: string | null,
  status = "pending",
): Promise<number> {
  const [made] = await asOwner<{ number: string }>(
    `insert into crm.exports (workspace_id, export_type, created_by, status)
     values ($1, 'leads', $2, $3) returning number`,
    [workspaceId, userId, status],
  );
  return Number(made?.number);
}
