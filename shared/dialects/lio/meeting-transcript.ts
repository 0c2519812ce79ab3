import * as z from "zod";
import { selectPresence } from "../../crm/views/statements.ts";
import { optional } from "../../crm/values/fields.ts";
import { sql, statement } from "../../db/sql.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { refusal } from "./errors.ts";
import { meeting } from "./meeting-view.ts";
import { pathNumber, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

/** What somebody said. */
export interface Entry {
  speaker: string | null;
  text: string;
  start: number | string | null;
}

const MOST_KB = 400;
const TOO_LONG = `Must have at most ${MOST_KB} KB`;

const entry = lazy(() =>
  z.strictObject({
    speaker: optional(z.string().max(255, "Must have at most 255 characters")),
    text: z.string(),
    start: optional(
      z.union(
        [z.number().min(0, "Must be 0 or more"), z.string().max(64)],
        "Must be seconds or a time",
      ),
    ),
  }).transform(({ speaker = null, text, start = null }): Entry => ({ speaker, text, start }))
);

/** What was said in a meeting, in a body: as a text, or by who said it. */
export const transcript = lazy(() =>
  z.union([
    z.string().transform((text): Entry[] =>
      text === "" ? [] : [{ speaker: null, text, start: null }]
    ),
    z.array(entry()),
  ], 'Must be a text, or a list of {"speaker", "text"}').refine(isShort, TOO_LONG)
);

function isShort(entries: readonly Entry[]): boolean {
  const given = entries.map(({ speaker, text }) => `${speaker ?? ""}${text}`).join("");
  return new TextEncoder().encode(given).length <= MOST_KB * 1_024;
}

const told = lazy(() =>
  z.object({
    meeting_id: z.int(),
    transcript: z.array(z.object({
      speaker: z.string().nullable(),
      text: z.string(),
      start: z.union([z.number(), z.string()]).nullable(),
    })),
    text: z.string(),
  }).meta({ id: "MeetingTranscript" })
);

/** GET: what was said in a meeting. */
export const getTranscript: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getMeetingTranscript",
      summary: "Get the transcript of a meeting",
      answers: { 200: oneRecord(told()) },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    const number = pathNumber(call, "id");
    readQuery(call, noParameters());
    const [known, rows] = await call.workspace.read([
      selectPresence(meeting.resource, number),
      statement(sql`
        select t.entries::text as entries from crm.meeting_transcripts t
        join crm.meetings m on m.id = t.meeting_id where m.number = ${number}`),
    ]);
    if (known?.[0] === undefined) throw new RecordNotFound("meeting", String(number));
    const stored = rows?.[0]?.entries;
    if (typeof stored !== "string") {
      throw refusal("not_found", "no_transcript", "The meeting has no transcript.");
    }
    const entries = JSON.parse(stored) as Entry[];
    return answer(
      200,
      { meeting_id: number, transcript: entries, text: textOf(entries) },
      "Transcript fetched",
    );
  },
};

/** What was said as one text. */
export function textOf(entries: readonly Entry[]): string {
  return entries.map(({ speaker, text }) => speaker === null ? text : `${speaker}: ${text}`)
    .join("\n");
}
