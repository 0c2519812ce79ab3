import type { FunctionCall } from "./connector-calls.ts";

/** The functions behind files. */
export const FILE_CALLS: Record<string, FunctionCall> = {
  keep_bytes: {
    text: "select app.keep_bytes(($1::jsonb ->> 'bytes')::uuid) as size",
    given: (ids) => ({ bytes: ids["crm.stored_bytes"] }),
    answer: [{ size: null }],
  },
  keep_file: {
    text: `select app.keep_file(($1::jsonb ->> 'bytes')::uuid, '{"file_name": "a"}', null)`,
    given: (ids) => ({ bytes: ids["crm.stored_bytes"] }),
    answer: "P0002",
  },
  add_document: {
    text: "select app.add_document(1, ($1::jsonb ->> 'bytes')::uuid, '{}')",
    given: (ids) => ({ bytes: ids["crm.stored_bytes"] }),
    answer: "LB080",
  },
  add_file: {
    text: `select app.add_file(($1::jsonb ->> 'bytes')::uuid,
      '{"file_name": "a", "mime_type": "text/plain"}')`,
    given: (ids) => ({ bytes: ids["crm.stored_bytes"] }),
    answer: "P0002",
  },
  set_lead_image: {
    text: "select * from app.set_lead_image(1, ($1::jsonb ->> 'bytes')::uuid, '{}')",
    given: (ids) => ({ bytes: ids["crm.stored_bytes"] }),
    answer: [],
  },
  set_company_logo: {
    text: `select app.set_company_logo(($1::jsonb ->> 'company')::uuid,
      ($1::jsonb ->> 'bytes')::uuid, '{"file_name": "a"}')`,
    given: (ids) => ({ company: ids["crm.companies"], bytes: ids["crm.stored_bytes"] }),
    answer: "P0002",
  },
  attach_file: {
    text: `select app.attach_file('lead', 1, '{"provider": "box", "external_id": "1"}')`,
    answer: "LB080",
  },
  file_category: {
    text: "select app.file_category('application/pdf', 'a') as category",
    answer: [{ category: "pdf" }],
  },
  file_link: {
    text: "select app.file_link(null) as link",
    answer: [{ link: null }],
  },
};
