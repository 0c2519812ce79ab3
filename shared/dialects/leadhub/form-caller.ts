import { clientAddress } from "../../auth/client-address.ts";
import type { Call } from "../../http/call.ts";
import { denied } from "../../http/key-holder.ts";
import { limitSubject } from "../../http/limit-subject.ts";
import { DEFAULT_LIMIT, type LeadHubCaller } from "./caller.ts";
import { leadhub } from "./dialect.ts";

/** The scope of who submits a form. */
export const SUBMITTING = "write:forms";

const SUBMISSIONS_A_MINUTE = 10;

/**
 * Who submits a form: the holder of a key, or without one whoever has the token of the form's address.
 * Throws Refusal for who has neither, and for the token of another form.
 */
export async function submitter(call: Call<LeadHubCaller>): Promise<LeadHubCaller> {
  const token = call.query.get("token");
  if (token === null || call.request.headers.has("authorization")) return leadhub.identify(call);
  const found = await call.services.formTokens.authenticate(token);
  if (typeof found === "string") throw denied(found, "form token");
  const { workspaceId, formId, number } = found;
  const address = clientAddress(call.request, call.services.clientAddress);
  if (call.params.id !== String(number)) throw denied("unknown", "form token");
  return {
    workspaceId,
    actor: { kind: "form", id: formId },
    scopes: [SUBMITTING],
    requestsPerHour: DEFAULT_LIMIT,
    limit: {
      subject: limitSubject(`${formId} ${address ?? ""}`),
      limit: SUBMISSIONS_A_MINUTE,
      seconds: 60,
      name: "submissions_per_minute",
      policy: "form",
    },
  };
}
