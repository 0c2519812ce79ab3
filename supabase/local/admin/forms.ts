import { generateFormToken } from "../../../shared/auth/form-token.ts";
import { secretBox } from "../../../shared/auth/secret-box.ts";
import { formCreation, forms } from "../../../shared/crm/forms.ts";
import { domainError } from "../../../shared/crm/records.ts";
import { bodySchema, creationOf } from "../../../shared/crm/views/body.ts";
import { given } from "../../../shared/crm/views/view.ts";
import { form } from "../../../shared/dialects/leadhub/form-view.ts";
import { InvalidInput } from "../../../shared/refusals/errors.ts";
import { apiAddress } from "./api-address.ts";
import type { Database } from "./database.ts";
import { Refusal } from "./refusal.ts";
import { workspaceId } from "./workspaces.ts";

/** A form, and where its page is; null where that is not known. */
export interface Form {
  id: string;
  number: number;
  name: string;
  isActive: boolean;
  formLink: string;
  url: string | null;
}

/** What a form asks unless it is told. */
const DEFAULT_FIELDS = [
  { key: "first_name", label: "First name", type: "text" },
  { key: "last_name", label: "Last name", type: "text" },
  { key: "email", label: "Email", type: "email", required: true },
  { key: "phone", label: "Phone", type: "phone" },
  { key: "company", label: "Company", type: "text" },
];
const COLUMNS = 'id, number::int, name, is_active as "isActive", form_link as "formLink"';

/** Makes the form that a definition, as of LeadHub's API, describes. */
export async function createForm(
  database: Database,
  ownerUrl: string,
  { workspace, ...fields }: { workspace: string; name: string } & Record<string, unknown>,
): Promise<Form> {
  const id = await workspaceId(database, workspace);
  try {
    const values = creationOf(bodySchema(form, "creation"), { fields: DEFAULT_FIELDS, ...fields });
    const token = values.public === true ? await sealedToken(id) : null;
    const creation = formCreation(given(form, values));
    await database.query("begin");
    await database.query("select set_config('request.jwt.claims', $1, true)", [
      JSON.stringify({ workspace_id: id }),
    ]);
    const { rows: [made] } = await database.query<{ id: string }>(creation.text, [
      ...creation.values,
    ]);
    if (token !== null) {
      await database.query(
        `insert into crm.form_tokens (workspace_id, form_id, public_id, token_hash, sealed)
          values ($1, $2, $3, $4, $5)`,
        [id, made?.id, token.publicId, token.hash, token.sealed],
      );
    }
    await database.query("commit");
    const [shown] = await formsOf(database, ownerUrl, "id = $1", made?.id);
    if (shown === undefined) throw new Error("the form was deleted meanwhile");
    return shown;
  } catch (error) {
    await database.query("rollback");
    throw refused(domainError(forms, error));
  }
}

/** The forms of a workspace, by name. */
export async function listForms(
  database: Database,
  ownerUrl: string,
  workspace: string,
): Promise<Form[]> {
  const id = await workspaceId(database, workspace);
  return await formsOf(database, ownerUrl, "workspace_id = $1", id);
}

async function formsOf(
  database: Database,
  ownerUrl: string,
  condition: string,
  value: unknown,
): Promise<Form[]> {
  const { rows } = await database.query<Omit<Form, "url">>(
    `select ${COLUMNS} from crm.forms where ${condition} order by name, id`,
    [value],
  );
  const address = await apiAddress(process.env, ownerUrl).catch(() => null);
  return rows.map((row) =>
    Object.assign({ url: address && `${address}/lio/api/v1/web-form/${row.formLink}` }, row)
  );
}

async function sealedToken(workspace: string) {
  const keys = process.env.LUMENBASE_ENCRYPTION_KEY;
  if (!keys) {
    throw new Refusal(
      "invalid_argument",
      "A public form needs LUMENBASE_ENCRYPTION_KEY, the one that the functions have.",
    );
  }
  const { token, publicId, hash } = generateFormToken();
  const sealed = await secretBox(keys).seal({ token }, `${workspace}/form ${publicId}`);
  return { publicId, hash, sealed };
}

function refused(error: unknown): unknown {
  if (!(error instanceof InvalidInput)) return error;
  const mistakes = error.fields.map(({ field, message }) => `${field}: ${message}`);
  return new Refusal("invalid_argument", `The form has mistakes. ${mistakes.join(" ")}`);
}
