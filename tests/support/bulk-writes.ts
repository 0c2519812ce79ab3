import { ingestContacts } from "../../shared/crm/contact-ingest.ts";
import type { Statement } from "../../shared/db/wire/pipeline.ts";

/** Contacts with the emails of these numbers that there are not yet. */
export const insertContacts = (from: number, count: number): Statement => ({
  text: `insert into crm.contacts (email)
    select 'p' || n || '@example.com' from generate_series($1::int, $2::int) n
    order by 1 on conflict do nothing`,
  values: [from, from + count - 1],
});
/** Companies without a domain. */
export const insertCompanies = (count: number): Statement => ({
  text:
    "insert into crm.companies (name) select 'Company ' || n from generate_series(1, $1::int) n",
  values: [count],
});
/** Deals or tasks, without links. */
export const insertTitled = (resource: string, count: number): Statement => ({
  text:
    `insert into crm.${resource} (title) select 'Title ' || n from generate_series(1, $1::int) n`,
  values: [count],
});
/** Connectors, and a delivery of none for each. */
export const insertConnectors = (count: number): Statement => ({
  text: `with made as (
      insert into crm.connectors (slug, name, target, field_map, matching)
        select app.uuid_v7()::text, 'Form', 'contact', '{}', '{}' from generate_series(1, $1::int)
      returning id)
    insert into crm.connector_deliveries (status, content_type, body)
      select 'pending', 'text/plain', '' from made`,
  values: [count],
});
/** Invoices with the next numbers of a year. */
export const insertInvoices = (count: number): Statement => ({
  text: `insert into crm.invoices (invoice_number)
    select app.next_invoice_number(2026) from generate_series(1, $1::int)`,
  values: [count],
});
/** Users with the emails of these numbers that there are not yet; every second one is a viewer. */
export const insertUsers = (from: number, count: number): Statement => ({
  text: `insert into crm.users (name, email, role)
    select 'User', 'u' || n || '@example.com', case when n % 2 = 0 then 'viewer' else 'member' end from generate_series($1::int, $2::int) n
    order by 2 on conflict do nothing`,
  values: [from, from + count - 1],
});
/** Pipelines of three stages each. */
export const insertPipelines = (count: number): Statement => ({
  text: `with pipeline as (
      insert into crm.pipelines (name) select 'Pipeline ' || n from generate_series(1, $1::int) n
      returning id)
    insert into crm.stages (pipeline_id, name, position)
      select id, 'Stage ' || n, n from pipeline, generate_series(1, 3) n`,
  values: [count],
});
/** Leads with a tag each, of the emails of these numbers; every second one is starred. */
export const insertLeads = (from: number, count: number): Statement => ({
  text:
    `select id from generate_series($1::int, $2::int) n, lateral app.create_lead(jsonb_build_object(
    'first_name', 'Lead', 'email', 'p' || n || '@example.com', 'source', (array['web', 'fair', 'phone'])[1 + n % 3], 'starred', n % 2 = 0,
    'tags', jsonb_build_array('tag-' || n % 3))) order by n`,
  values: [from, from + count - 1],
});
/** Deletes records that nobody else has locked, of which the storm has plenty. */
export const remove = (resource: string, count: number): Statement => ({
  // An array is made once: what stands behind `in` may be run for each row, and each time find others.
  text: `delete from crm.${resource} where workspace_id = app.workspace_id() and ctid = any(array(
    select ctid from crm.${resource} where workspace_id = app.workspace_id()
    order by random() limit $1 for update skip locked))`,
  values: [count],
});
/** Ingest of people with a message each, of five companies. */
export const talkers = (from: number, count: number) =>
  ingestContacts(Array.from({ length: count }, (_, i) => ({
    email: `p${from + i}@example.com`,
    message: "Hello",
    company_name: `Company ${(from + i) % 5}`,
  })));
