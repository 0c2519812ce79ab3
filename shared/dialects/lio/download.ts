import { randomUUID } from "node:crypto";
import { sql, statement } from "../../db/sql.ts";
import { Workspace } from "../../db/workspace.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import { isPicture } from "../../files/pictures.ts";
import { fileStore, StorageFailed } from "../../files/store.ts";
import { contentDisposition } from "../../formats/content-disposition.ts";
import type { Outcome } from "../../http/call.ts";
import { type Operation, publicRoute } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { Refusal } from "../../refusals/refusal.ts";
import { countByAddress } from "./by-address.ts";
import type { LioCaller } from "./caller.ts";
import { refusal } from "./errors.ts";

const RETRY_SECONDS = 5;

const download: Operation<LioCaller> = {
  kind: "read",
  async run(call) {
    const { services: { database, fileLinks, env }, requestId, params: { token = "" } } = call;
    const linked = fileLinks?.read(token, Math.floor(Date.now() / 1_000));
    await countByAddress(call);
    if (!linked) {
      throw refusal("forbidden", "bad_signature", "This link is not valid, or no longer.");
    }
    const { workspaceId, id } = linked;
    const actor = { kind: "key" as const, id: randomUUID() };
    const workspace = new Workspace(database, { workspaceId, actor, scopes: [], requestId });
    const [rows] = await workspace.read([statement(sql`
      select file_name, mime_type, size from crm.stored_bytes where id = ${id} and is_kept`)]);
    const [file] = rowsOf<{ file_name: string; mime_type: string; size: number }>(rows);
    const body = file === undefined ? null : await fileStore(workspace, env).read(id).catch(away);
    if (file === undefined || body === null) throw new RecordNotFound("file", id);
    return answered(file, body);
  },
};

function answered(
  { file_name, mime_type, size }: { file_name: string; mime_type: string; size: number },
  body: ReadableStream<Uint8Array>,
): Outcome {
  const kind = isPicture(mime_type) ? "inline" : "attachment";
  return {
    status: 200,
    body,
    contentType: mime_type,
    headers: {
      "Content-Disposition": contentDisposition(kind, file_name),
      "Content-Length": String(size),
      "Content-Security-Policy": "default-src 'none'; sandbox",
      "Cache-Control": "private, max-age=300",
    },
  };
}

function away(error: unknown): null {
  if (!(error instanceof StorageFailed)) throw error;
  if (error.isMissing) return null;
  const message = "Files cannot be read at the moment; try again.";
  throw new Refusal("unavailable", message, { retry_after: RETRY_SECONDS }, { cause: error });
}

/** Files, for whoever has a link to one. */
export default router<LioCaller>("/files").get("/:token", publicRoute, download);
