import * as z from "zod";
import { enrichmentCreation, enrichmentJob, ENTRY_STATUSES } from "../../crm/enrichment-jobs.ts";
import { STATUSES } from "../../crm/exports.ts";
import { ledgerError } from "../../crm/ledgers.ts";
import { label, optional } from "../../crm/values/fields.ts";
import { statement } from "../../db/sql.ts";
import { rowOf, rowsOf } from "../../db/wire/rows.ts";
import { creditsRequired } from "../../enrichment/look-up.ts";
import { JsonText } from "../../formats/json-text.ts";
import { noParameters } from "../../http/query.ts";
import { write } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { enrichmentService } from "../../providers/enrichment/enrichment.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import { userOf } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { givesOne, KNOWN_BY, personData, personGiven } from "./enrichment-schemas.ts";
import { answer } from "./envelope.ts";
import { BODY, objectOf, pathNumber, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const MOST = 500;

const entry = lazy(() =>
  z.strictObject(personGiven()).refine(
    (given) => KNOWN_BY.some((name) => given[name] != null),
    `Give at least one of ${KNOWN_BY.join(", ")}`,
  ).meta(givesOne(KNOWN_BY))
);

const body = lazy(() =>
  z.strictObject({
    leads: z.array(entry()).min(1, "Must have at least one entry")
      .max(MOST, `Must have at most ${MOST} entries`),
    group_id: optional(label(100)),
  })
);

const begun = lazy(() =>
  z.object({ job_id: z.int(), status: z.enum(STATUSES), total: z.int().min(1) })
    .meta({ id: "BegunEnrichment" })
);

const count = () => z.int().min(0);

const job = lazy(() =>
  z.object({
    job_id: z.int(),
    status: z.enum(STATUSES),
    group_id: z.string().nullable(),
    total: count(),
    processed: count(),
    enriched: count(),
    not_found: count(),
    failed: count(),
    results: z.array(z.object({
      index: count(),
      status: z.enum(ENTRY_STATUSES),
      lead_id: z.int().nullable(),
      data: personData(),
      error: z.string().nullable(),
    })),
  }).meta({ id: "EnrichmentJob" })
);

/** POST: begins to enrich many (decisions: 20). */
export const enrichMany: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "enrichLeads",
      summary: "Enrich many, by a job",
      body: body(),
      answers: { 201: oneRecord(begun()) },
      refusals: ["payment_required" as const],
    };
  },
  async run(call) {
    const [, { leads, group_id: groupId = null }] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(body(), objectOf(call)),
    );
    const { userId } = userOf(call.caller);
    const isAsked = enrichmentService(call.services.env) !== null;
    const making = enrichmentCreation({ userId, groupId, entries: leads });
    try {
      return await write(
        call,
        [...isAsked ? [creditsRequired()] : [], ...making.map(statement)],
        (rows) => {
          const { job_id } = rowOf<{ job_id: number }>(rows.at(-1));
          const made = { job_id, status: "pending", total: leads.length };
          return answer(201, made, "Enrichment started");
        },
      );
    } catch (error) {
      throw ledgerError(error);
    }
  },
};

/** GET: how far such a job is, and what became of each entry. */
export const getEnrichmentJob: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "getEnrichmentJob",
      summary: "Get the status of an enrichment",
      answers: { 200: oneRecord(job()).meta({ id: "EnrichmentJobAnswer" }) },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    const number = pathNumber(call, "jobId");
    readQuery(call, noParameters());
    const [rows] = await call.workspace.read([statement(enrichmentJob(number))]);
    const [found] = rowsOf<{ job: string }>(rows);
    if (found === undefined) throw new RecordNotFound("enrichment", String(number));
    return answer(200, new JsonText(found.job), "Enrichment fetched");
  },
};
