import { sql, statement } from "../db/sql.ts";
import * as column from "./column.ts";
import { country, domain, phone, website } from "./values/fields.ts";
import type { Fields } from "./plan.ts";
import * as answer from "./values/record-schema.ts";
import { changeRecord, columnsOf, createRecord } from "./records.ts";
import {
  type CreatableResource,
  resource,
  TIME_SORTS,
  type UpdatableResource,
} from "./resource.ts";

/** Companies (spec: Companies). Creating one with the domain of another updates that one. */
export const companies: CreatableResource & UpdatableResource = resource({
  record: "company",
  name: "companies",
  table: "crm.companies",
  columns: {
    id: column.id,
    name: column.required(column.title(255)),
    domain: column.of(answer.text, domain),
    industry: column.text(255),
    size: column.text(64),
    website: column.of(answer.text, website),
    phone: column.of(answer.text, phone),
    city: column.text(255),
    state: column.text(255),
    country: column.of(answer.text, country),
    status: column.status(),
    created_at: column.time,
    updated_at: column.time,
  },
  matchedBy: "domain",
  filters: ["domain", "industry"],
  keys: ["domain"],
  counted: ["industry"],
  search: "app.search_companies",
  sorts: {
    ...TIME_SORTS,
    name: { column: "name", type: "text" },
    domain: { column: "domain_key", type: "text" },
  },
  constraints: {
    companies_domain_key: { field: "domain", message: "Another company has this domain." },
  },
  creation: (given) =>
    typeof given.domain === "string" ? upsertByDomain(given) : createRecord(companies, given),
  change: (id, given) => changeRecord(companies, id, given),
});

function upsertByDomain(given: Fields) {
  const entries = Object.entries(given);
  const columns = sql.join(entries.map(([name]) => sql.ref(name)));
  const values = sql.join(entries.map(([, value]) => sql`${value}`));
  const overwritten = sql.join(
    entries.map(([name]) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`),
  );
  return {
    statements: [statement(sql`
      insert into crm.companies (${columns}) values (${values})
      on conflict (workspace_id, domain) do update set ${overwritten}
      returning ${columnsOf(companies)}, xmax = 0 as created`)],
    before: statement(
      sql`select ${columnsOf(companies)} from crm.companies where domain = ${given.domain}`,
    ),
    result([rows = []]: readonly Record<string, unknown>[][]) {
      const [{ created, ...data } = {}] = rows;
      const outcome = created ? "created" as const : "updated" as const;
      return { outcome, id: String(data.id), data };
    },
  };
}
