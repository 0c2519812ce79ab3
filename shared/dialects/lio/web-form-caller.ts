import { clientAddress } from "../../auth/client-address.ts";
import { rowsOf } from "../../db/wire/rows.ts";
import type { Call } from "../../http/call.ts";
import type { CallLimit } from "../../http/caller.ts";
import { limitSubject } from "../../http/limit-subject.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import type { LioCaller } from "./caller.ts";
import { notConfigured, refusal } from "./errors.ts";
import { identifyInFrame } from "./identify-key.ts";
import { submitted } from "./web-form-body.ts";
import { TOKEN } from "./web-form-page.ts";

const SUBMISSIONS_A_MINUTE = 10;

/** The link in the path of a form's page. */
export function linkOf({ params }: Pick<Call, "params">): string {
  return params.form_link ?? "";
}

/** No form has the link, or none that the caller may see. */
export function noForm(call: Pick<Call, "params">): RecordNotFound {
  return new RecordNotFound("form", linkOf(call).slice(0, 100));
}

/** What the page of the form proves itself with. Throws Refusal where nothing can be signed. */
export function pageTokens({ services: { webFormTokens } }: Pick<Call, "services">) {
  if (webFormTokens !== null) return webFormTokens;
  throw notConfigured("encryption", "LUMENBASE_ENCRYPTION_KEY is not set; forms have no pages.");
}

/**
 * Who submits a form: whoever has a key, a token of a user, or the form's own page. A user acts as the form:
 * whom a submission completes is not bound by what they see. Throws Refusal.
 */
export async function submitter(call: Call<LioCaller>): Promise<LioCaller> {
  const { request: { headers }, query } = call;
  const hasKey = headers.has("x-api-key") || query.has("api_key") || headers.has("authorization");
  const holder = hasKey ? await identifyInFrame(call) : null;
  if (holder === null) requirePage(call);
  const form = await formAt(call);
  const formLimit = limitOf(call);
  if (holder === null) {
    if (form === null) throw noForm(call);
    const { workspace_id: workspaceId, form_id: id } = form;
    const actor = { kind: "form" as const, id };
    return { workspaceId, actor, scopes: ["web_forms"], user: null, limit: formLimit };
  }
  if (holder.user === null) return { ...holder, formLimit };
  // Of another organisation there is no form to act as, and none is found.
  const { userRole: _, ...rest } = holder;
  return {
    ...rest,
    actor: form?.workspace_id === holder.workspaceId
      ? { kind: "form", id: form.form_id }
      : holder.actor,
    scopes: holder.scopes.includes("write") ? holder.scopes : [],
    formLimit,
  };
}

function requirePage(call: Call<LioCaller>): void {
  const token = submitted(call)[TOKEN];
  if (token === undefined) {
    const message = "No API key, and no _token of the form's page.";
    throw refusal("unauthenticated", "api_key_missing", message, { challenge: "Bearer" });
  }
  const now = Math.floor(Date.now() / 1_000);
  if (typeof token === "string" && pageTokens(call).isGood(token, linkOf(call), now)) return;
  throw refusal("forbidden", "bad_signature", "This page of the form is too old; load it again.");
}

async function formAt(call: Call<LioCaller>) {
  const [form] = rowsOf<{ workspace_id: string; form_id: string }>(
    await call.services.database.query({
      text: "select workspace_id, form_id from app.find_form_link($1)",
      values: [linkOf(call)],
      prepared: true,
    }),
  );
  return form ?? null;
}

function limitOf(call: Call<LioCaller>): CallLimit {
  const address = clientAddress(call.request, call.services.clientAddress);
  return {
    subject: limitSubject(`web form ${linkOf(call)} ${address ?? ""}`),
    limit: SUBMISSIONS_A_MINUTE,
    seconds: 60,
    name: "submissions_per_minute",
    policy: "form",
  };
}
