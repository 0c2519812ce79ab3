import { ApiClient, type ApiResponse } from "./api-client.ts";
import { type LioClient, type LioWorld, lioWorld } from "./lio.ts";
import { asOwner, gatewayUrl } from "./workspace.ts";

/** A form that is stored, and the address of its page below `/lio/api`. */
export interface MadeForm {
  id: string;
  link: string;
  path: string;
}

/** A page of a form, with what its form sends back. */
export interface FormPage extends ApiResponse {
  token: string;
}

export interface WebFormWorld extends LioWorld {
  api: LioClient;
  form(fields?: Record<string, unknown>): Promise<MadeForm>;
  page(form: MadeForm): Promise<FormPage>;
  /** Sends what a page sends, without a key; as a browser, unless it accepts something else. */
  submit(form: MadeForm, values: Record<string, string>, accept?: string): Promise<ApiResponse>;
  leads(): Promise<Record<string, unknown>[]>;
}

const FIELDS = [
  {
    key: "first_name",
    label: "First name",
    type: "text",
    required: false,
    options: null,
    maps_to: "first_name",
  },
  { key: "email", label: "Email", type: "email", required: true, options: null, maps_to: "email" },
  {
    key: "plan",
    label: "Plan",
    type: "select",
    required: false,
    options: ["Basic", "Pro & <more>"],
    maps_to: "custom_fields.plan",
  },
];

export async function webFormWorld(): Promise<WebFormWorld> {
  const world = await lioWorld();
  const { id } = world.workspace;
  const api = await world.keyed();
  const nobody = new ApiClient(gatewayUrl(), null);
  const page = async (form: MadeForm) => {
    const answer = await api.get(form.path);
    return { ...answer, token: /name="_token" value="([^"]+)"/.exec(answer.text)?.[1] ?? "" };
  };
  return {
    ...world,
    api,
    page,
    async form(fields = {}) {
      const [row] = await asOwner<{ id: string; form_link: string }>(
        `insert into crm.forms (workspace_id, name, fields, honeypot_field, success_message, redirect_url,
            is_active, tags)
          select $1, coalesce(name, 'Contact us'), coalesce(fields, $3), honeypot_field, success_message,
            redirect_url, coalesce(is_active, true), coalesce(tags, '{}')
          from jsonb_populate_record(null::crm.forms, $2) returning id, form_link`,
        [id, JSON.stringify(fields), JSON.stringify(FIELDS)],
      );
      const link = String(row?.form_link);
      return { id: String(row?.id), link, path: `v1/web-form/${link}` };
    },
    async submit(form, values, accept = "text/html") {
      const { token } = await page(form);
      return await nobody.send("POST", `lio/api/${form.path}`, {
        raw: new URLSearchParams({ _token: token, ...values }).toString(),
        headers: { "content-type": "application/x-www-form-urlencoded", accept },
      });
    },
    leads: () =>
      asOwner(
        `select first_name, email, source, custom_fields,
            array(select signal_type from crm.intent_signals s where s.lead_id = l.id) as signals
          from crm.leads l where workspace_id = $1 order by number`,
        [id],
      ),
  };
}
