import type * as z from "zod";
import type { Condition } from "../../crm/lists/conditions.ts";
import type { Fields } from "../../crm/plan.ts";
import { meetingChange, meetingCreation, meetingDeletion } from "../../crm/meetings.ts";
import { optional } from "../../crm/values/fields.ts";
import type { Given } from "../../crm/views/view.ts";
import type { Call } from "../../http/call.ts";
import { scope } from "../../http/operation.ts";
import { noParameters } from "../../http/query.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import { systemSender } from "../../mail/system-mail.ts";
import { filter, linkTo } from "../../operations/filters.ts";
import type { LioCaller } from "./caller.ts";
import { type DateOrTime, dateOrTime, within } from "./dates.ts";
import { numbers } from "./filters.ts";
import { id } from "./given.ts";
import { list } from "./lists.ts";
import { generateSummary } from "./meeting-summary.ts";
import { getTranscript, transcript } from "./meeting-transcript.ts";
import { meeting } from "./meeting-view.ts";
import { create, type Records, remove, retrieve, update } from "./records.ts";

/** What a meeting is made of beside its columns. */
function parts(): z.ZodRawShape {
  return {
    lead_id: optional(id()),
    contact_id: optional(id()),
    company_id: optional(id()),
    transcript: optional(transcript()),
  };
}

/** What is given of a meeting, as the core takes it (SQL: app.stored_meeting). */
function meetingGiven({ columns }: Given, values: Fields): Fields {
  const others = Object.keys(parts()).filter((name) => values[name] !== undefined);
  return { ...columns, ...Object.fromEntries(others.map((name) => [name, values[name]])) };
}

const senderOf = ({ services }: Call<LioCaller>) => systemSender(services.env);

const records: Records = {
  view: meeting,
  names: { one: "meeting", id: "Meeting" },
  more: parts,
  create: (given, values, call) => meetingCreation(meetingGiven(given, values), senderOf(call)),
  change: (number, given, values, call) =>
    meetingChange(number, meetingGiven(given, values), senderOf(call)),
  removal: {
    parameters: noParameters,
    query: (number, _, call) => meetingDeletion(number, senderOf(call)),
  },
};

const statuses = lazy(() => {
  const one = " *0*[1-5] *";
  return numbers().refine(
    (given) => given.every((number) => /^[1-5]$/.test(number)),
    "Must be numbers from 1 to 5, with commas between",
  ).meta({ pattern: `^${one}(,${one})*$`, examples: ["1", "1,2"] });
});

const status = filter<readonly string[], LioCaller>(statuses, (value) => ({
  is: "among",
  column: "status",
  type: "bigint",
  value,
}));

/** Meetings that start from one time to another. Throws InvalidInput. */
function startingWithin(given: Fields): Condition[] {
  const { from, to } = given as { from?: DateOrTime; to?: DateOrTime };
  return within("start_time", ["from", from], ["to", to]);
}

/** Meetings (spec: Mail, inbox, calendar, and meetings). */
export default router<LioCaller>("/api/meeting")
  .get(
    "/list",
    scope("read"),
    list(meeting, {
      id: "listMeetings",
      summary: "List meetings",
      plural: "Meetings",
      filters: {
        lead_id: linkTo("leads", "lead_id"),
        contact_id: linkTo("contacts", "contact_id"),
        company_id: linkTo("companies", "company_id"),
        status,
        from: filter(dateOrTime, () => null),
        to: filter(dateOrTime, () => null),
      },
      together: startingWithin,
      sorts: ["id", "start_time", "created_at"],
    }),
  )
  .get("/view/:id", scope("read"), retrieve(records))
  .get("/:id/transcript", scope("read"), getTranscript)
  .post("/:id/generate-summary", scope("write"), generateSummary)
  .post("/add", scope("write"), create(records))
  .post("/update/:id", scope("write"), update(records))
  .delete("/delete/:id", scope("write"), remove(records));
