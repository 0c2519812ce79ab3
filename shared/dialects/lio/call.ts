import { CALL_STATUSES } from "../../crm/calls.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { equal, linkTo, oneOf } from "../../operations/filters.ts";
import type { LioCaller } from "./caller.ts";
import { initiateAgentCall } from "./call-agent.ts";
import { getCallRecording } from "./call-recording.ts";
import { createVoiceToken } from "./call-token.ts";
import { getCallTranscript } from "./call-transcript.ts";
import { callRecord } from "./call-view.ts";
import { list } from "./lists.ts";
import { retrieve } from "./records.ts";

/** Calls by telephone (spec: Voice and calling). */
export default router<LioCaller>("/api/call")
  .post("/voice-token", scope("write"), createVoiceToken)
  .post("/agent/initiate", scope("write"), initiateAgentCall)
  .get(
    "/list",
    scope("read"),
    list(callRecord, {
      id: "listCalls",
      summary: "List calls",
      plural: "Calls",
      filters: {
        lead_id: linkTo("leads", "lead_id"),
        contact_id: linkTo("contacts", "contact_id"),
        company_id: linkTo("companies", "company_id"),
        status: equal("status", oneOf(CALL_STATUSES)),
      },
      sorts: ["id", "created_at"],
    }),
  )
  .get("/:id", scope("read"), retrieve({ view: callRecord, names: { one: "call", id: "Call" } }))
  .get("/:id/recording", scope("read"), getCallRecording)
  .get("/:id/transcript", scope("read"), getCallTranscript);
