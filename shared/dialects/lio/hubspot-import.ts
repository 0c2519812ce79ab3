import * as z from "zod";
import { hubspotImportCreation, hubspotImports, nextPages } from "../../crm/hubspot-imports.ts";
import { column, number } from "../../crm/views/codecs.ts";
import {
  selectByNumber,
  shownRecord,
  writeThenSelect,
  writtenId,
} from "../../crm/views/statements.ts";
import { view } from "../../crm/views/view.ts";
import { answeredBefore } from "../../http/idempotency.ts";
import { noParameters } from "../../http/query.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { userOf } from "./caller.ts";
import { time } from "./codecs.ts";
import type { LioOperation } from "./contract.ts";
import { type DateOrTime, dateOrTime } from "./dates.ts";
import { answer } from "./envelope.ts";
import { hubspotMapping } from "./hubspot-mapping.ts";
import { requireApp } from "./organisation-app.ts";
import { BODY, objectOf, pathNumber, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const MOST = 100_000;
const DAY_MS = 86_400_000;

/** An import of HubSpot's contacts as this API names it (decisions: 24). */
const shown = view(hubspotImports, {
  id: number(),
  status: column(),
  total: column("total_rows"),
  processed: column("processed_rows"),
  created: column("created_rows"),
  updated: column("updated_rows"),
  skipped: column("skipped_rows"),
  failed: column("failed_rows"),
  errors: column(),
  created_at: time(),
  finished_at: time(),
});

const LIMIT = `Must be a whole number from 1 to ${MOST}`;

const body = lazy(() =>
  z.strictObject({
    mapping: hubspotMapping(),
    from: dateOrTime().optional(),
    to: dateOrTime().optional(),
    limit: z.int(LIMIT).min(1, LIMIT).max(MOST, LIMIT).default(MOST),
  })
);

const importAnswer = lazy(() => oneRecord(shown.schema).meta({ id: "HubspotImportAnswer" }));

/** POST: makes leads of HubSpot's contacts, by a job. */
export const importFromHubspot: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "importFromHubspot",
      summary: "Start a HubSpot import",
      body: body(),
      answers: { 201: importAnswer() },
      refusals: ["conflict" as const],
    };
  },
  async run(call) {
    const [, { mapping, limit, from, to }] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(body(), objectOf(call)),
    );
    const within = rangeOf(from, to);
    const before = await answeredBefore(call);
    if (before !== null) return before;
    await requireApp(call, "hubspot");
    const making = hubspotImportCreation({
      userId: userOf(call.caller).userId,
      mapping,
      ...within,
      most: limit,
    });
    return await write(
      call,
      writeThenSelect(shown, making, [nextPages(writtenId)]),
      (rows) => answer(201, shownRecord(shown, "", rows.at(-1)), "HubSpot import started"),
    );
  },
};

/** GET: how far an import is. */
export const getHubspotImport: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getHubspotImport",
      summary: "Get the status of a HubSpot import",
      answers: { 200: importAnswer() },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    const asked = pathNumber(call, "id");
    readQuery(call, noParameters());
    const [rows] = await call.workspace.read([selectByNumber(shown, asked)]);
    return answer(200, shownRecord(shown, asked, rows), "HubSpot import fetched");
  },
};

// A date means its whole day.
function rangeOf(from: DateOrTime | undefined, to: DateOrTime | undefined) {
  const isDay = to?.given.length === "2026-03-28".length;
  const last = to && isDay ? new Date(Date.parse(to.at) + DAY_MS - 1).toISOString() : to?.at;
  if (from && last !== undefined && Date.parse(from.at) > Date.parse(last)) {
    throw new InvalidInput([{ field: "from", message: "Must not be after to." }]);
  }
  return { from: from?.at ?? null, to: last ?? null };
}
