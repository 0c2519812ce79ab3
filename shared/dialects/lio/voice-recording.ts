import { randomUUID } from "node:crypto";
import { sql, statement } from "../../db/sql.ts";
import { Workspace } from "../../db/workspace.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Operation } from "../../http/operation.ts";
import { ProviderFailed } from "../../providers/outgoing/provider-failed.ts";
import { recordingStream } from "../../providers/voice/calls.ts";
import { countByAddress } from "./by-address.ts";
import type { LioCaller } from "./caller.ts";
import { refusal } from "./errors.ts";
import { voiceService } from "./voice-service.ts";

/** GET: a recording as MP3, for whoever has the link to it (decisions: 23). */
export const playRecording: Operation<LioCaller> = {
  kind: "read",
  async run(call) {
    const { services: { database, fileLinks }, requestId, params: { token = "" } } = call;
    const linked = fileLinks?.read(token, Math.floor(Date.now() / 1_000));
    await countByAddress(call);
    if (!linked) {
      throw refusal("forbidden", "bad_signature", "This link is not valid, or no longer.");
    }
    const { workspaceId, id } = linked;
    const actor = { kind: "key" as const, id: randomUUID() };
    const workspace = new Workspace(database, { workspaceId, actor, scopes: [], requestId });
    const [rows] = await workspace.read([
      statement(sql`select recording_sid from crm.calls where id = ${id}`),
    ]);
    const sid = rowsOf<{ recording_sid: string | null }>(rows)[0]?.recording_sid;
    if (sid == null) throw gone();
    const { body } = await recordingStream(voiceService(call), sid).catch(missing);
    return {
      status: 200,
      body,
      contentType: "audio/mpeg",
      headers: { "Cache-Control": "private, max-age=300", "X-Content-Type-Options": "nosniff" },
    };
  },
};

function missing(error: unknown): never {
  throw error instanceof ProviderFailed && error.status === 404 ? gone() : error;
}

function gone() {
  return refusal("not_found", "no_recording", "The call has no recording.");
}
