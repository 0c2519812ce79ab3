import * as z from "zod";
import { selectPresence } from "../../crm/views/statements.ts";
import { sql, statement } from "../../db/sql.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { callRecord } from "./call-view.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { refusal } from "./errors.ts";
import { pathNumber, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const told = lazy(() =>
  oneRecord(
    z.object({
      call_id: z.int(),
      transcript: z.array(z.object({
        speaker: z.enum(["agent", "customer"]),
        text: z.string(),
        at: z.string(),
      })),
      text: z.string(),
    }).meta({ id: "CallTranscript" }),
  ).meta({ id: "CallTranscriptAnswer" })
);

interface Turn {
  speaker: "agent" | "customer";
  text: string;
  at: string;
}

/** GET: what was said in a call (decisions: 23). */
export const getCallTranscript: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getCallTranscript",
      summary: "Get the transcript of a call",
      answers: { 200: told() },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    const number = pathNumber(call, "id");
    readQuery(call, noParameters());
    const [known, rows] = await call.workspace.read([
      selectPresence(callRecord.resource, number),
      statement(sql`
        select t.speaker, t.said as text,
          to_char(t.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as at
        from crm.call_turns t join crm.calls c on c.id = t.call_id
        where c.number = ${number} order by t.place`),
    ]);
    if (known?.[0] === undefined) throw new RecordNotFound("call", String(number));
    const transcript = rowsOf<Turn>(rows);
    if (transcript.length === 0) {
      throw refusal("not_found", "no_transcript", "The call has no transcript.");
    }
    const text = transcript.map((turn) => turn.text).join("\n");
    return answer(200, { call_id: number, transcript, text }, "Transcript fetched");
  },
};
