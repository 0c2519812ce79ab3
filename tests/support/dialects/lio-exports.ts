import { decodeJwt } from "jose";
import type { ApiClient, ApiResponse } from "../api-client.ts";
import { someExport } from "../lio-exports.ts";
import { asOwner } from "../workspace.ts";
import type { DialectWorld } from "./dialect.ts";

/** Makes an export of no records that was written; answers its number. */
export async function writtenExport(workspaceId: string): Promise<number> {
  const number = await someExport(workspaceId, null, "completed");
  await asOwner(
    `with bytes as (
       insert into crm.stored_bytes (workspace_id, size, is_kept) values ($1, 4, true) returning *
     ), piece as (
       insert into crm.stored_pieces (workspace_id, bytes_id, position, piece)
       select workspace_id, id, 0, convert_to(E'id\\r\\n', 'UTF8') from bytes
     )
     update crm.exports e set bytes_id = bytes.id from bytes
     where e.workspace_id = $1 and e.number = $2`,
    [workspaceId, number],
  );
  return number;
}

/** Asks for the file of an export that has none yet. */
export async function unwritten({ workspace, api }: DialectWorld): Promise<ApiResponse> {
  return await api.get(`lio/api/exports/download/${await someExport(workspace.id, null)}`);
}

/** Gives an export to the user whose token a client has: others, but for Admins, do not find it. */
export async function giveExport(
  { workspace }: DialectWorld,
  number: string,
  { key }: ApiClient,
): Promise<void> {
  await asOwner(
    `update crm.exports set created_by =
      (select id from crm.users where workspace_id = $1 and number = $3)
      where workspace_id = $1 and number = $2`,
    [workspace.id, number, decodeJwt(String(key)).sub],
  );
}
