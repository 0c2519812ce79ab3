import * as z from "zod";
import { leadNotes, noteCreation, ofLead } from "../../crm/lead-notes.ts";
import { column, lookup, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { lazy } from "../../memory/lazy.ts";
import { filter } from "../../operations/filters.ts";
import type { LioCaller } from "./caller.ts";
import { time } from "./codecs.ts";
import { oneNumber } from "./filters.ts";
import { id } from "./given.ts";
import { leadNumber, userNumber } from "./lead-links.ts";
import { list } from "./lists.ts";
import { create, type Records } from "./records.ts";

const note = view(leadNotes, {
  id: number(),
  lead_id: leadNumber(),
  title: column(),
  note: column("description"),
  created_by: userNumber("user_id"),
  created_by_name: lookup(
    () => z.string().nullable(),
    (of) => sql`select its.name from crm.users its where its.id = ${of("user_id")}`,
  ),
  created_at: time(),
});

const lead = lazy(() => oneNumber().meta({ examples: [80231] }));

const records: Records = {
  view: note,
  names: { one: "note", id: "Note" },
  more: () => ({ lead_id: id() }),
  create: ({ columns }, { lead_id }) => noteCreation(Number(lead_id), columns),
};

/** Notes of leads (spec: Leads). */
export default router<LioCaller>("/api/lead/note")
  .get(
    "/list",
    scope("read"),
    list(note, {
      id: "listNotes",
      summary: "List the notes of a lead",
      plural: "Notes",
      filters: { lead_id: filter(lead, ofLead) },
      required: ["lead_id"],
      together: () => [{ is: "equal", column: "type", value: "note" }],
      search: true,
      sorts: ["id", "title", "created_at"],
    }),
  )
  .post("/add", scope("write"), create(records));
