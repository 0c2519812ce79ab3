import { parse, stringify } from "lossless-json";
import type * as z from "zod";
import { searchPatterns } from "../../crm/lists/statements.ts";
import { selectByNumber, shownRecord } from "../../crm/views/statements.ts";
import { sql } from "../../db/sql.ts";
import { JsonText } from "../../formats/json-text.ts";
import { searchText } from "../../http/paging.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { filter } from "../../operations/filters.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { enrichmentKept } from "./enrichment-schemas.ts";
import { answer } from "./envelope.ts";
import { lead } from "./lead-view.ts";
import { list } from "./lists.ts";
import { pathNumber, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

/** Leads with every word in a name, the email, the company or the profile's address. */
const words = filter<string, LioCaller>(searchText, (text) => ({
  is: "query",
  shape: "linkedin words",
  columns: ["id"],
  value: searchPatterns(text, false),
  met: (given) => sql`id in (select app.search_linkedin_leads(${given}::text[]))`,
}));

/** GET: leads with a LinkedIn URL, the newest first. */
export const listLinkedInLeads: LioOperation = list(lead, {
  id: "listLinkedInLeads",
  summary: "List recent LinkedIn leads",
  plural: "LinkedIn leads",
  filters: { search: words, search_value: words },
  seen: () => [{ is: "present", column: "linkedin_key" }],
  sorts: ["id", "created_at", "updated_at"],
});

const linkedInLead = lazy(() =>
  lead.schema.extend({ enrichment: enrichmentKept().nullable() }).meta({ id: "LinkedInLead" })
);

/** GET: such a lead, with where what was found of it comes from. */
export const getLinkedInLead: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getLinkedInLead",
      summary: "Get one LinkedIn lead",
      answers: { 200: oneRecord(linkedInLead()) },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    const number = pathNumber(call, "id");
    readQuery(call, noParameters());
    const [rows] = await call.workspace.read([selectByNumber(lead, number)]);
    const { text } = shownRecord(lead, number, rows);
    const { linkedin_url, ai_information } = parse(text) as z.output<typeof lead.schema>;
    if (linkedin_url === null) throw new RecordNotFound("lead", String(number));
    const { enrichment = null } = Object(ai_information) as { enrichment?: unknown };
    const whole = `${text.slice(0, -1)},"enrichment":${stringify(enrichment)}}`;
    return answer(200, new JsonText(whole), "LinkedIn lead fetched");
  },
};
