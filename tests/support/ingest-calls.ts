import { expect } from "vitest";
import type { FunctionCall } from "./connector-calls.ts";

const ITEM = {
  fields: { email: "jane@acme.com" },
  company_name: "Acme",
  company_domain: "acme.com",
  message: "Hi",
};
const ID: unknown = expect.stringMatching(/^[0-9a-f-]{36}$/);
const COMPANY = { id: ID, at: ID, created: true };

/** The functions of ingest, each with what would reach a neighbour. */
export const INGEST_CALLS: Record<string, FunctionCall> = {
  ingest: {
    text: "select contact_created, company ->> 'name' as company from app.ingest($1)",
    given: () => [{ fields: ITEM.fields }],
    answer: [{ contact_created: true, company: null }],
  },
  ingest_one: {
    text: "select contact_created, email, company from app.ingest_one($1)",
    given: () => ITEM.fields,
    answer: [{ contact_created: true, email: "jane@acme.com", company: null }],
  },
  ingest_alike: {
    text: "select contact_created, email from app.ingest_alike($1)",
    given: () => [ITEM.fields],
    answer: [{ contact_created: true, email: "jane@acme.com" }],
  },
  ingest_contacts: {
    text: "select created, company_created from app.ingest_contacts($1)",
    given: () => [ITEM],
    answer: [{ created: true, company_created: true }],
  },
  plan_companies: {
    text: "select app.plan_companies($1) as plan",
    given: () => [ITEM],
    answer: [{
      plan: {
        items: [COMPANY],
        made: [{ id: ID, name: "Acme", domain: "acme.com" }],
        named: [],
      },
    }],
  },
  hold_companies: {
    text: `select app.hold_companies(jsonb_build_object('items', $1::jsonb, 'made', '[]'::jsonb))
      as are_there`,
    given: (ids) => [{ id: ids["crm.companies"], at: null }],
    answer: [{ are_there: false }],
  },
  resolve_companies: {
    text: "select app.resolve_companies($1) as items",
    given: () => [{ company_name: "Acme" }],
    answer: [{ items: [COMPANY] }],
  },
  items_within_quota: {
    text: "select * from app.items_within_quota('[{}]')",
    answer: [{ fit: 1, refused_by: null }],
  },
  people_of: {
    text: "select app.people_of($1, '[]') #> '{0,fields}' as fields",
    given: () => [ITEM],
    answer: [{ fields: ITEM.fields }],
  },
  write_people: {
    text:
      "select (email, workspace_id = app.workspace_id())::text as person from app.write_people($1)",
    given: (ids) => [{ ...ITEM, ord: 1, id: ids["crm.contacts"], email: "jane@acme.com" }],
    answer: [{ person: "(jane@acme.com,t)" }],
  },
  upsert_people: {
    text: "select app.upsert_people($1) as created",
    given: (ids) => [{ ...ITEM, ord: 1, id: ids["crm.contacts"], email: "jane@acme.com" }],
    answer: [{ created: 1 }],
  },
};
