import * as z from "zod";
import { companyDetails } from "../../crm/company-details.ts";
import { companyFilling } from "../../crm/enrichment.ts";
import { ledgerError } from "../../crm/ledgers.ts";
import { domainError } from "../../crm/records.ts";
import { selectById, shownRecord } from "../../crm/views/statements.ts";
import { statement } from "../../db/sql.ts";
import type { Transaction } from "../../db/transaction.ts";
import { rowOf } from "../../db/wire/rows.ts";
import { type CompanySubject, companySubject } from "../../enrichment/company-subject.ts";
import { derivedOfCompany } from "../../enrichment/company.ts";
import { domainOf } from "../../enrichment/domains.ts";
import { type Enriched, enriched } from "../../enrichment/enriched.ts";
import { asColumns, asFields, COMPANY } from "../../enrichment/fields.ts";
import { endHold, type LookedUp, lookUp, setAside, settleHold } from "../../enrichment/look-up.ts";
import type { Read } from "../../enrichment/person-subject.ts";
import { JsonText } from "../../formats/json-text.ts";
import type { Call } from "../../http/call.ts";
import { writeOutside } from "../../http/outgoing-write.ts";
import { noParameters } from "../../http/query.ts";
import { lazy } from "../../memory/lazy.ts";
import { enrichmentService } from "../../providers/enrichment/enrichment.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import { collectMistakes, validated } from "../../refusals/validation.ts";
import type { LioCaller } from "./caller.ts";
import { company } from "./company-view.ts";
import type { LioOperation } from "./contract.ts";
import { applied, companySources, told } from "./enrichment-schemas.ts";
import { answer } from "./envelope.ts";
import { id } from "./given.ts";
import { BODY, objectOf, readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const body = lazy(() => z.strictObject({ company_id: id() }));

const enrichedCompany = lazy(() =>
  z.object({ company: company.schema, applied: applied(), sources: companySources(), ...told() })
    .meta({ id: "EnrichedCompany" })
);

/** What was looked up of which company. */
interface Looked {
  subject: CompanySubject;
  looked: LookedUp;
}

/** POST: what is found of a company, which fills what it has empty (decisions: 20). */
export const enrichCompany: LioOperation = {
  kind: "write",
  body: BODY,
  get contract() {
    return {
      id: "enrichCompany",
      summary: "Enrich company data",
      body: body(),
      answers: { 200: oneRecord(enrichedCompany()) },
      refusals: ["payment_required" as const, "provider_failed" as const],
    };
  },
  async run(call) {
    const [, { company_id }] = collectMistakes(
      () => readQuery(call, noParameters()),
      () => validated(body(), objectOf(call)),
    );
    try {
      return await enriching(call, company_id);
    } catch (error) {
      throw ledgerError(domainError(companyDetails, error));
    }
  },
};

function enriching(call: Call<LioCaller>, number: number) {
  const { workspace, services: { env } } = call;
  const service = enrichmentService(env);
  const subjectOf = async (read: Read) => await companySubject(read, number) ?? unknown();
  return writeOutside<Looked>(call, {
    async prepare(transaction) {
      const { query } = await subjectOf((statements) => transaction.run(statements));
      return await setAside(transaction, service, query);
    },
    async act(hold) {
      const subject = await subjectOf((statements) => workspace.read(statements));
      return { subject, looked: await lookUp(hold, service, subject.query, { of: COMPANY }) };
    },
    async settle(transaction, hold, { subject, looked }) {
      const { sources, data } = foundOf(subject, looked);
      const filled = await filling(transaction, subject, data);
      const credits_used = await settleHold(transaction, hold, looked);
      const [shown] = await transaction.run([selectById(company, subject.id)]);
      const record = shownRecord(company, subject.id, shown);
      const more = { applied: asFields(COMPANY, filled), sources, provider: looked.provider };
      const rest = JSON.stringify({ ...more, credits_used }).slice(1);
      return answer(200, new JsonText(`{"company":${record.text},${rest}`), "Company enriched");
    },
    release: (transaction, hold) => endHold(transaction, hold),
  });
}

function unknown(): never {
  throw new InvalidInput([{ field: "company_id", message: "No company with this id." }]);
}

/** What was found and derived: what follows from a website that was found is derived as well. */
function foundOf({ company: known }: CompanySubject, { fields }: LookedUp): Enriched {
  const { website = null, phone_number: phone = null } = fields;
  const derived = derivedOfCompany({
    website: known.website ?? website,
    email: known.email,
    phone: known.phone ?? phone,
  });
  return enriched(derived, fields);
}

/** Fills the company; answers the columns that were filled. */
async function filling(
  transaction: Transaction,
  { id: companyId }: CompanySubject,
  data: Enriched["data"],
): Promise<string[]> {
  const columns = asColumns(COMPANY, data);
  const [rows] = await transaction.run([
    statement(companyFilling(companyId, columns, domainOf(columns.website ?? null))),
  ]);
  return rowOf<{ filled: string[] | null }>(rows).filled ?? unknown();
}
