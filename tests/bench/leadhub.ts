import assert from "node:assert/strict";
import { requestText } from "./connection.ts";
import { type Bench, compared, type Line } from "./line.ts";
import type { Target } from "./load.ts";
import { overHttp, sideBySide } from "./measure.ts";
import { person } from "./people.ts";
import { ours, samePages } from "./targets.ts";
import { someIds } from "./truth.ts";
import { ourCreate } from "./writes.ts";

export const LEADS = "/functions/v1/leadhub/api/v1/leads";

/** LeadHub's lead by its number and a new lead with an email, beside the native API's contact. */
export async function leadhub(bench: Bench): Promise<Line[]> {
  const { small } = bench.seeded;
  const ids = await someIds(bench.adminUrl, small);
  const paths = ids.map((id) => `v1-public-contacts-crud?id=${id}`);
  const contact = ours(bench, small, paths, samePages(ids.map((id) => ({ ids: [id], total: 1 }))));
  const reads = await sideBySide([
    overHttp("contact", contact),
    overHttp("lead", getLead(bench)),
  ], bench.pace);
  const writes = await sideBySide([
    overHttp("contact", ourCreate(bench, "beside")),
    overHttp("lead", createLead(bench, bench.seeded.leadhub.key)),
  ], bench.pace);
  return [
    compared("LeadHub: GET lead against GET contact", "answers/s", reads, ["lead", "contact"]),
    compared("LeadHub: POST lead against POST contact", "records/s", writes, ["lead", "contact"]),
  ];
}

function getLead({ ours: { port }, seeded: { leadhub: { key, numbers } } }: Bench): Target {
  const headers = { Authorization: `Bearer ${key}` };
  const requests = numbers.map((number) => requestText("GET", `${LEADS}/${number}`, headers));
  return {
    port,
    request: (n) => requests[n % requests.length] ?? "",
    check(n, status, body) {
      assert.equal(status, 200, JSON.stringify(body));
      assert.equal((body as { data: { id: number } }).data.id, numbers[n % numbers.length]);
    },
  };
}

/** New leads with an email, of a series of their own. */
export function createLead({ ours: { port } }: Bench, key: string, series = "lead"): Target {
  const headers = { Authorization: `Bearer ${key}` };
  const lead = (n: number) => {
    const { first_name, last_name, email, phone, source } = person(series, n);
    return { first_name, last_name, email, phone, source };
  };
  return {
    port,
    request: (n) => requestText("POST", LEADS, headers, lead(n)),
    check(n, status, body) {
      assert.equal(status, 201, JSON.stringify(body));
      const { data } = body as { data: { email: string; contact_id: number | null } };
      assert.equal(data.email, lead(n).email);
      assert.ok(data.contact_id !== null);
    },
  };
}
