import { generateFormToken } from "../../auth/form-token.ts";
import type { SecretBox } from "../../auth/secret-box.ts";
import type { Fields } from "../../crm/plan.ts";
import { writtenId } from "../../crm/views/statements.ts";
import { type Sql, sql } from "../../db/sql.ts";
import type { Call, Outcome } from "../../http/call.ts";
import type { LeadHubCaller } from "./caller.ts";
import type { LeadHubOperation } from "./contract.ts";

type Asked = Call<LeadHubCaller>;

/**
 * SQL of what {@link withAddresses} makes the address of: the token of the form with an id, as it is kept;
 * null when it has none.
 */
export function sealedToken(form: Sql): Sql {
  return sql`select public_id || ' ' || sealed from crm.form_tokens where form_id = ${form}`;
}

/** SQL of what {@link withAddresses} makes the address of a form's own page of. */
export function linkOf(form: Sql): Sql {
  return sql`select its.form_link from crm.forms its where its.id = ${form}`;
}

/** What a form that is, or is no more, public needs beside its columns: a token, or that it goes. */
export async function tokenOf(values: Fields, call: Asked): Promise<readonly Sql[]> {
  if (values.public === undefined) return [];
  if (values.public !== true) {
    return [sql`delete from crm.form_tokens where form_id = ${writtenId}`];
  }
  const { token, publicId, hash } = generateFormToken();
  const sealed = await call.services.secrets().seal({ token }, contextOf(call, publicId));
  return [sql`insert into crm.form_tokens (form_id, public_id, token_hash, sealed)
    select form, ${publicId}, ${hash}, ${sealed} from (select ${writtenId} as form) written
    where form is not null
    on conflict (workspace_id, form_id) do nothing`];
}

/** The operation, which answers the addresses of each form in place of its link and its sealed token. */
export function withAddresses(operation: LeadHubOperation): LeadHubOperation {
  const { kind, body } = operation;
  return {
    kind,
    ...(body === undefined ? {} : { body }),
    get contract() {
      const { contract } = operation;
      if (contract === undefined) throw new TypeError("an operation of forms has no contract");
      return contract;
    },
    run: async (call) => revealed(call, await operation.run(call)),
  };
}

// What is kept under an idempotency key is the sealed one.
async function revealed(call: Asked, outcome: Outcome): Promise<Outcome> {
  if (typeof outcome.body !== "string") return outcome;
  const answer = JSON.parse(outcome.body) as { data: Fields | Fields[] };
  const forms = [answer.data].flat();
  for (const form of forms) {
    form.page_url = `${call.services.publicUrl}/lio/api/v1/web-form/${form.page_url}`;
  }
  const open = forms.filter(({ submit_url }) => submit_url !== null);
  if (open.length > 0) {
    const secrets = call.services.secrets();
    await Promise.all(open.map(async (form) => {
      form.submit_url = await urlOf(call, secrets, form);
    }));
  }
  return { ...outcome, body: JSON.stringify(answer) };
}

async function urlOf(call: Asked, secrets: SecretBox, { id, submit_url }: Fields): Promise<string> {
  const [publicId = "", sealed = ""] = String(submit_url).split(" ");
  const { token = "" } = await secrets.open(sealed, contextOf(call, publicId));
  const { publicUrl } = call.services;
  return `${publicUrl}/leadhub/api/v1/forms/${id}/submissions?token=${token}`;
}

function contextOf({ caller }: Asked, publicId: string): string {
  return `${caller.workspaceId}/form ${publicId}`;
}
