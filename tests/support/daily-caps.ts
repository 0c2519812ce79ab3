import {
  ingestBriefly,
  ingestContacts,
  ingestedContacts,
  type IngestInput,
} from "../../shared/crm/contact-ingest.ts";
import type { Database } from "../../shared/db/database.ts";
import { apiDatabase, claimsOf } from "./as-role.ts";
import { asOwner, type Limits, testWorkspace } from "./workspace.ts";

type Result = "created" | "updated" | "contacts_per_day" | "activities_per_day";

/** A workspace with limits, and ingest into it through pools as of several processes. */
export async function limited(limits: Limits, pools = 1) {
  const { id } = await testWorkspace(limits);
  const databases = Array.from({ length: pools }, () => apiDatabase({ size: 10 }));
  let turn = 0;
  const ingest = (...inputs: IngestInput[]) => ingestInto(databases[turn++ % pools]!, id, inputs);
  return { id, ingest, database: databases[0]! };
}

async function ingestInto(
  database: Database,
  id: string,
  inputs: IngestInput[],
): Promise<Result[]> {
  const ingesting = inputs.length > 1 ? ingestBriefly(inputs) : ingestContacts(inputs);
  const [rows = []] = await database.write(claimsOf(id), [ingesting]);
  return ingestedContacts(inputs, rows).map((done) =>
    typeof done === "string" ? done : done.created ? "created" : "updated"
  );
}

/** What is stored of a workspace, and what it has used today, in all slots. */
export async function stored(id: string) {
  const [counts] = await asOwner(
    `select (select count(*)::int from crm.contacts where workspace_id = $1) as contacts,
      (select count(*)::int from crm.activities where workspace_id = $1) as activities,
      (select json_build_array(sum(contacts), sum(activities)) from crm.daily_usage
        where workspace_id = $1 and day = (now() at time zone 'UTC')::date having count(*) > 0) as used`,
    [id],
  );
  return counts;
}

/** Contacts to ingest: all of one email are one person. */
export const person = (i: number | string): IngestInput => ({ email: `person-${i}@example.com` });
export const people = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => person(from + i));
export const talker = (i: number): IngestInput => ({ ...person(i), message: `Hello ${i}` });
/** How many were created, updated and refused. */
export const tally = (results: Result[]) => {
  const count = (result: Result) => results.filter((each) => each === result).length;
  return {
    created: count("created"),
    updated: count("updated"),
    refused: results.length - count("created") - count("updated"),
  };
};
