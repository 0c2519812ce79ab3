import * as z from "zod";
import { sql, statement } from "../../db/sql.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { recordingOf } from "../../providers/voice/calls.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { notConfigured, refusal } from "./errors.ts";
import { pathNumber, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";
import { voiceService } from "./voice-service.ts";

const GOOD_FOR = 3_600;

const told = lazy(() =>
  oneRecord(
    z.object({
      call_id: z.int(),
      url: z.url(),
      duration_sec: z.int().min(0),
      expires_at: z.string(),
    }).meta({ id: "CallRecording" }),
  ).meta({ id: "CallRecordingAnswer" })
);

/** GET: where a call can be listened to, for an hour (decisions: 23). */
export const getCallRecording: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getCallRecording",
      summary: "Get a link to the recording of a call",
      answers: { 200: told() },
      refusals: ["not_found", "provider_failed", "unavailable"] as const,
    };
  },
  async run(call) {
    const number = pathNumber(call, "id");
    readQuery(call, noParameters());
    const [rows] = await call.workspace.read([
      statement(sql`select id, sid from crm.calls where number = ${number}`),
    ]);
    const [known] = rowsOf<{ id: string; sid: string | null }>(rows);
    if (known === undefined) throw new RecordNotFound("call", String(number));
    const service = voiceService(call);
    const { fileLinks, publicUrl } = call.services;
    if (fileLinks === null) {
      throw notConfigured("encryption", "LUMENBASE_ENCRYPTION_KEY, which signs links, is not set.");
    }
    const found = known.sid === null ? null : await recordingOf(service, known.sid);
    if (found === null) {
      throw refusal("not_found", "no_recording", "The call has no recording.");
    }
    await call.workspace.write([statement(sql`
      update crm.calls set recording_sid = ${found.sid}, recording_sec = ${found.duration}
      where id = ${known.id} and (recording_sid, recording_sec)
        is distinct from (${found.sid}, ${found.duration})`)]);
    const at = Math.floor(Date.now() / 1_000);
    const token = fileLinks.issue({ workspaceId: call.caller.workspaceId, id: known.id }, at);
    return answer(200, {
      call_id: number,
      url: `${publicUrl}/lio/voice/recordings/${token}`,
      duration_sec: found.duration,
      expires_at: new Date((at + GOOD_FOR) * 1_000).toISOString(),
    }, "Recording fetched");
  },
};
