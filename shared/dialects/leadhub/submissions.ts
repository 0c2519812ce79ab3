import * as z from "zod";
import type { FormField } from "../../crm/form-fields.ts";
import { formSubmission, type ReadSubmission, readSubmission } from "../../crm/form-submission.ts";
import { forms } from "../../crm/forms.ts";
import { domainError } from "../../crm/records.ts";
import { timestamp } from "../../crm/values/record-schema.ts";
import { FOREIGN_KEY_VIOLATION, isPostgresError } from "../../db/errors.ts";
import { sql, statement } from "../../db/sql.ts";
import type { Transaction } from "../../db/transaction.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { denied } from "../../http/key-holder.ts";
import { parseQuery } from "../../http/query.ts";
import { transact } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { Blocked, RecordNotFound } from "../../refusals/errors.ts";
import type { LeadHubCaller } from "./caller.ts";
import type { LeadHubOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { submitter } from "./form-caller.ts";
import { warningsOf, warningsSchema } from "./loose.ts";
import { pathNumber } from "./path-number.ts";
import { oneRecord } from "./schemas.ts";
import { isWebForm, SUBMISSION_BODY, submitted } from "./submission-body.ts";

type Asked = Call<LeadHubCaller>;

/** A form as its submissions need it. */
interface StoredForm {
  id: string;
  is_active: boolean;
  fields: readonly FormField[];
  honeypot_field: string | null;
  success_message: string | null;
  redirect_url: string | null;
}

const parameters = lazy(() =>
  z.strictObject({
    token: z.string().optional().meta({
      description: "The token of a public form, in place of a key.",
    }),
  })
);

const brief = {
  id: z.int(),
  form_id: z.int(),
  message: z.string().nullable(),
  redirect_url: z.string().nullable(),
};

/** A submission as it is answered: in short to who has no key. */
const submission = lazy(() =>
  z.object({
    ...brief,
    lead_id: z.int().nullable().optional(),
    is_duplicate: z.boolean().optional(),
    spam: z.boolean().optional(),
    values: z.record(z.string(), z.unknown()).optional(),
    warnings: warningsSchema().optional(),
    created_at: timestamp.optional(),
  }).meta({ id: "FormSubmission" })
);

/** POST: takes what somebody filled in (spec: Submit a Form), with a key or by the token of a public form. */
export const submitForm: LeadHubOperation = {
  kind: "write",
  body: SUBMISSION_BODY,
  identify: submitter,
  get contract() {
    return {
      id: "submitForm",
      summary: "Submit a form",
      query: parameters(),
      body: z.looseObject({}),
      forms: true as const,
      orToken: true as const,
      answers: { 201: oneRecord(submission()), 303: null },
      refusals: ["not_found" as const, "conflict" as const],
    };
  },
  async run(call) {
    const number = pathNumber(call, "id", "form");
    parseQuery(parameters(), call.query);
    const missing = new RecordNotFound("form", String(number));
    try {
      const outcome = await transact(call, (transaction) => taken(transaction, call, number));
      return redirected(call, outcome);
    } catch (error) {
      if (isPostgresError(error) && error.code === FOREIGN_KEY_VIOLATION) throw missing;
      throw domainError(forms, error);
    }
  },
};

async function taken(transaction: Transaction, call: Asked, number: number): Promise<Outcome> {
  const form = await activeForm(transaction, call, number);
  const read = readSubmission(form, submitted(call), isWebForm(call));
  const [[kept] = []] = await transaction.run([statement(formSubmission(form.id, read))]);
  if (kept?.number == null) throw new RecordNotFound("form", String(number));
  const told = {
    id: Number(kept.number),
    form_id: number,
    message: form.success_message,
    redirect_url: form.redirect_url,
  };
  return answer(201, isByToken(call) ? told : { ...told, ...detailsOf(kept, read) });
}

// The token of a form that is public no more is known for a while yet.
async function activeForm(
  transaction: Transaction,
  call: Asked,
  number: number,
): Promise<StoredForm> {
  const [rows] = await transaction.run([statement(sql`
    select id, is_active, fields, honeypot_field, success_message, redirect_url, public
    from crm.forms where number = ${number}`)]);
  const [form] = rowsOf<StoredForm & { public: boolean; is_active: boolean }>(rows);
  if (form === undefined) throw new RecordNotFound("form", String(number));
  if (isByToken(call) && !form.public) throw denied("unknown", "form token");
  if (form.is_active) return form;
  throw new Blocked([{ field: "is_active", message: "The form is not active." }]);
}

function detailsOf(
  kept: Readonly<Record<string, unknown>>,
  { values, lead, warnings }: ReadSubmission,
) {
  return {
    lead_id: kept.lead === null ? null : Number(kept.lead),
    is_duplicate: kept.is_duplicate,
    spam: lead === null,
    values,
    warnings: warningsOf(warnings) ?? {},
    created_at: kept.created_at,
  };
}

// A web page that has no key goes on where its form says.
function redirected(call: Asked, outcome: Outcome): Outcome {
  if (!isByToken(call) || !isWebForm(call)) return outcome;
  const { data } = JSON.parse(String(outcome.body)) as { data: { redirect_url: string | null } };
  if (data.redirect_url === null) return outcome;
  const { body: _, ...rest } = outcome;
  return {
    ...rest,
    status: 303,
    body: null,
    headers: { Location: new URL(data.redirect_url).href },
  };
}

function isByToken({ caller }: Asked): boolean {
  return caller.actor.kind === "form";
}
