import * as z from "zod";
import type { FormField } from "../../crm/form-fields.ts";
import { formSubmission, readSubmission } from "../../crm/form-submission.ts";
import { forms } from "../../crm/forms.ts";
import { signalLogging } from "../../crm/intent-signals.ts";
import { domainError } from "../../crm/records.ts";
import { sql, statement } from "../../db/sql.ts";
import type { Transaction } from "../../db/transaction.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Call, Outcome } from "../../http/call.ts";
import { scope } from "../../http/operation.ts";
import { router } from "../../http/router.ts";
import { transact } from "../../http/write.ts";
import { lazy } from "../../memory/lazy.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import type { LioCaller } from "./caller.ts";
import type { LioOperation } from "./contract.ts";
import { identifyInFrame } from "./identify-key.ts";
import { readQuery } from "./reading.ts";
import { html } from "./schemas.ts";
import { isWebForm, SUBMISSION_BODY, submitted } from "./web-form-body.ts";
import { linkOf, noForm, pageTokens, submitter } from "./web-form-caller.ts";
import { wantsPage } from "./wants-page.ts";
import { donePage, formPage, HONEYPOT, TOKEN } from "./web-form-page.ts";

type Asked = Call<LioCaller>;

/** A form as its page needs it. */
interface StoredForm {
  id: string;
  name: string;
  fields: readonly FormField[];
  honeypot_field: string | null;
  success_message: string | null;
  redirect_url: string | null;
}

/** Whose leads come from the page: the lookup Website. */
const SOURCE = "website";
/** What is wrong with these is told beside the field, rather than kept. */
const EXACT = ["email", "select", "radio", "multiselect"] as const;
const DONE = "Thank you.";

const parameters = lazy(() =>
  z.strictObject({
    api_key: z.string().optional().meta({
      description: "The key, where a frame cannot send the header x-api-key.",
    }),
  })
);

const show: LioOperation = {
  kind: "read",
  identify: identifyInFrame,
  get contract() {
    return {
      id: "getWebForm",
      summary: "Get the page of a form",
      query: parameters(),
      answers: { 200: html() },
      refusals: ["not_found" as const, "unavailable" as const],
    };
  },
  async run(call) {
    readQuery(call, parameters());
    return formPage(await activeForm(call), filled(call));
  },
};

const submit: LioOperation = {
  kind: "write",
  body: SUBMISSION_BODY,
  identify: submitter,
  get contract() {
    return {
      id: "submitWebForm",
      summary: "Submit the page of a form",
      query: parameters(),
      body: z.looseObject({ [TOKEN]: z.string().optional() }),
      answers: {
        201: z.object({
          success: z.literal(true),
          message: z.string(),
          data: z.object({ submitted: z.literal(true) }),
        }),
        200: html(),
        303: null,
      },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    readQuery(call, parameters());
    const form = await activeForm(call);
    const values = submitted(call);
    delete values[TOKEN];
    try {
      const outcome = await transact(call, (transaction) => taken(transaction, call, form, values));
      return wantsPage(call) ? pageAfter(form, outcome) : outcome;
    } catch (error) {
      if (!(error instanceof InvalidInput) || !wantsPage(call)) throw domainError(forms, error);
      return formPage(form, { ...filled(call), values, errors: error.fields });
    }
  },
};

/** Web forms (spec: Hosted web form). */
export default router<LioCaller>("/api/v1/web-form")
  .get("/:form_link", scope("web_forms"), show)
  .post("/:form_link", scope("web_forms"), submit);

async function activeForm(call: Asked): Promise<StoredForm> {
  const [rows] = await call.workspace.read([statement(sql`
    select id, name, fields, honeypot_field, success_message, redirect_url
    from crm.forms where form_link = ${linkOf(call)} and is_active`)]);
  const [form] = rowsOf<StoredForm>(rows);
  if (form === undefined) throw noForm(call);
  return form;
}

function filled(call: Asked) {
  const link = linkOf(call);
  const action = `${call.services.publicUrl}/lio/api/v1/web-form/${link}`;
  const token = pageTokens(call).issue(link, Math.floor(Date.now() / 1_000));
  return { action, token };
}

async function taken(
  transaction: Transaction,
  call: Asked,
  { id, fields, honeypot_field, success_message }: StoredForm,
  values: Record<string, unknown>,
): Promise<Outcome> {
  const asked = { fields, honeypot_field: honeypot_field ?? HONEYPOT, exact: EXACT };
  const read = readSubmission(asked, values, isWebForm(call));
  const lead = read.lead && { ...read.lead, source: SOURCE };
  const [[kept] = []] = await transaction.run([statement(formSubmission(id, { ...read, lead }))]);
  if (kept?.number == null) throw noForm(call);
  if (kept.lead !== null) {
    const its = sql`(select l.id from crm.leads l where l.number = ${kept.lead})`;
    await transaction.run([
      statement(signalLogging(its, { type: "form_submitted", source: "web_form" })),
    ]);
  }
  const message = success_message ?? DONE;
  return {
    status: 201,
    body: JSON.stringify({ success: true, message, data: { submitted: true } }),
  };
}

function pageAfter(form: StoredForm, { replayed }: Outcome): Outcome {
  const { redirect_url: to, success_message: message } = form;
  const page: Outcome = to === null
    ? donePage(form, message ?? DONE)
    : { status: 303, body: null, headers: { Location: new URL(to).href } };
  return replayed ? { ...page, replayed } : page;
}
