import * as z from "zod";
import { leadFilling } from "../../crm/enrichment.ts";
import { ledgerError } from "../../crm/ledgers.ts";
import { domainError } from "../../crm/records.ts";
import { uniqueLeads } from "../../crm/unique-leads.ts";
import { optional } from "../../crm/values/fields.ts";
import { statement } from "../../db/sql.ts";
import type { Transaction } from "../../db/transaction.ts";
import { rowOf } from "../../db/wire/rows.ts";
import type { Enriched } from "../../enrichment/enriched.ts";
import { asColumns, asFields, PERSON } from "../../enrichment/fields.ts";
import { endHold, type LookedUp, lookUp, setAside, settleHold } from "../../enrichment/look-up.ts";
import {
  enrichedPerson,
  type PersonSubject,
  personSubject,
  type Read,
} from "../../enrichment/person-subject.ts";
import type { Call } from "../../http/call.ts";
import { writeOutside } from "../../http/outgoing-write.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { enrichmentService } from "../../providers/enrichment/enrichment.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import {
  applied,
  givesOne,
  KNOWN_BY,
  personData,
  personGiven,
  personSources,
  told,
} from "./enrichment-schemas.ts";
import { answer } from "./envelope.ts";
import { id } from "./given.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const ONE_OF = ["lead_id", ...KNOWN_BY] as const;

const body = lazy(() => z.strictObject({ lead_id: optional(id()), ...personGiven() }));

const enrichedLead = lazy(() =>
  z.object({
    lead_id: z.int().nullable(),
    data: personData(),
    sources: personSources(),
    is_free_email: z.boolean().nullable(),
    domain: z.string().nullable(),
    applied: applied(),
    confidence: z.number().min(0).max(1).nullable(),
    ...told(),
  }).meta({ id: "EnrichedLead" })
);

type Body = z.output<ReturnType<typeof body>>;

/** What was looked up of whom. */
interface Looked {
  subject: PersonSubject;
  looked: LookedUp;
}

/** POST: what is found of a person, which fills what their lead has empty (decisions: 20). */
export const enrichLead: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "enrichLead",
      summary: "Enrich a lead, or what is known of a person",
      body: body().meta(givesOne(ONE_OF)),
      answers: { 200: oneRecord(enrichedLead()).meta({ id: "EnrichedLeadAnswer" }) },
      refusals: ["payment_required" as const, "provider_failed" as const],
    };
  },
  async run(call) {
    const [, given] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => readBody(objectOf(call)),
    );
    try {
      return await enriching(call, given);
    } catch (error) {
      throw ledgerError(domainError(uniqueLeads, error));
    }
  },
};

function readBody(object: Record<string, unknown>): Body {
  const given = validated(body(), object);
  if (ONE_OF.some((name) => given[name] != null)) return given;
  const message = `Give at least one of ${ONE_OF.join(", ")}.`;
  throw new InvalidInput(ONE_OF.map((field) => ({ field, message })));
}

function enriching(call: Call<LioCaller>, given: Body) {
  const { workspace, services: { env } } = call;
  const service = enrichmentService(env);
  const subjectOf = async (read: Read) => {
    const subject = await personSubject(read, given, given.lead_id ?? null);
    if (subject !== null) return subject;
    throw new InvalidInput([{ field: "lead_id", message: "No lead with this id." }]);
  };
  return writeOutside<Looked>(call, {
    async prepare(transaction) {
      const { query } = await subjectOf((statements) => transaction.run(statements));
      return await setAside(transaction, service, query);
    },
    async act(hold) {
      const subject = await subjectOf((statements) => workspace.read(statements));
      return { subject, looked: await lookUp(hold, service, subject.query, { of: PERSON }) };
    },
    async settle(transaction, hold, { subject, looked }) {
      const { data, sources } = enrichedPerson(subject, looked);
      const filled = await filling(transaction, subject, { data, sources });
      const credits_used = await settleHold(transaction, hold, looked);
      const { domains: { isFreeEmail, domain } } = subject;
      const { provider, confidence } = looked;
      return answer(200, {
        lead_id: given.lead_id ?? null,
        data,
        sources,
        is_free_email: isFreeEmail,
        domain,
        applied: asFields(PERSON, filled),
        provider,
        confidence,
        credits_used,
      }, "Lead enriched");
    },
    release: (transaction, hold) => endHold(transaction, hold),
  });
}

/** Fills the lead, if there is one; answers the columns that were filled. */
async function filling(
  transaction: Transaction,
  { leadId, domains }: PersonSubject,
  { data, sources }: Enriched,
): Promise<string[]> {
  if (leadId === null) return [];
  const columns = asColumns(PERSON, data);
  const [rows] = await transaction.run([
    statement(leadFilling(leadId, columns, domains.ofCompany, sources)),
  ]);
  const { filled } = rowOf<{ filled: string[] | null }>(rows);
  if (filled !== null) return filled;
  throw new InvalidInput([{ field: "lead_id", message: "No lead with this id." }]);
}
