import { leadhub } from "../../../api.ts";

/** A question of a form. */
export interface FormField {
  key: string;
  label: string;
  type: string;
  required: boolean;
  options: string[] | null;
  maps_to: string;
}

/** A form as LeadHub answers it. */
export interface WebForm {
  id: number;
  name: string;
  is_active: boolean;
  fields: FormField[];
  public: boolean;
  /** Where a page posts it; null for a form that is not public. */
  submit_url: string | null;
  /** Where it has a page of its own, for whoever has a key for forms. */
  page_url: string;
  honeypot_field: string | null;
  redirect_url: string | null;
  submissions_count: number;
  created_at: string;
}

/** A page of forms. */
export interface FormPage {
  data: WebForm[];
  meta: { current_page: number; last_page: number; total: number };
}

/** The forms, by their names. */
export function formPage(page: number, signal: AbortSignal): Promise<FormPage> {
  const query = { page, per_page: 25, sort: "name", direction: "asc" };
  return leadhub.get<FormPage>("forms", query, signal);
}

/** One form. */
export async function formOf(id: string, signal: AbortSignal): Promise<WebForm> {
  const { data } = await leadhub.get<{ data: WebForm }>(
    `forms/${encodeURIComponent(id)}`,
    {},
    signal,
  );
  return data;
}

/** Makes a form; with the same key once. */
export async function makeForm(
  given: Readonly<Record<string, unknown>>,
  idempotencyKey: string,
): Promise<WebForm> {
  const { data } = await leadhub.post<{ data: WebForm }>("forms", given, { idempotencyKey });
  return data;
}

/** Changes a form. */
export async function changeForm(
  id: number,
  change: Readonly<Record<string, unknown>>,
): Promise<WebForm> {
  const { data } = await leadhub.patch<{ data: WebForm }>(`forms/${id}`, change);
  return data;
}

/** Deletes a form: its address is refused from then on. */
export async function deleteForm(id: number): Promise<void> {
  await leadhub.delete(`forms/${id}`);
}
