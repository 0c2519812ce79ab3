import { sql, statement } from "../db/sql.ts";
import * as z from "zod";
import {
  country,
  domain,
  filterText,
  ifGiven,
  label,
  optional,
  phone,
  text,
  website,
} from "./values/fields.ts";
import { lazy } from "../memory/lazy.ts";
import type { Fields } from "./plan.ts";
import * as answer from "./values/record-schema.ts";
import { columnsOf, creation, insertRecord } from "./records.ts";
import { type CreatableResource, resource, type UpdatableResource } from "./resource.ts";

const fields = lazy(() => ({
  domain: optional(domain()),
  industry: optional(text(255)),
  size: optional(text(64)),
  website: optional(website()),
  phone: optional(phone()),
  city: optional(text(255)),
  state: optional(text(255)),
  country: optional(country()),
  status: ifGiven(text(64)),
}));
const name = lazy(() => label(255));

/** Companies (spec: Companies). Creating one with the domain of another updates that one. */
export const companies: CreatableResource & UpdatableResource = resource({
  record: "company",
  name: "companies",
  table: "crm.companies",
  schema: z.object({
    id: answer.id,
    name: z.string(),
    domain: answer.text,
    industry: answer.text,
    size: answer.text,
    website: answer.text,
    phone: answer.text,
    city: answer.text,
    state: answer.text,
    country: answer.text,
    status: z.string(),
    created_at: answer.timestamp,
    updated_at: answer.timestamp,
  }),
  get create() {
    return z.strictObject({ name: name(), ...fields() });
  },
  matchedBy: "domain",
  get update() {
    return z.strictObject({ name: ifGiven(name()), ...fields() });
  },
  get filters() {
    return { domain: domain(), industry: filterText() };
  },
  keys: ["domain"],
  counted: ["industry"],
  search: "app.search_companies",
  sorts: {
    created_at: { column: "created_at", type: "timestamptz" },
    updated_at: { column: "updated_at", type: "timestamptz" },
    name: { column: "name", type: "text" },
    domain: { column: "domain_key", type: "text" },
  },
  constraints: {
    companies_domain_key: { field: "domain", message: "Another company has this domain." },
  },
  creation: (given) =>
    typeof given.domain === "string"
      ? upsertByDomain(given)
      : creation([insertRecord(companies, given)]),
});

function upsertByDomain(given: Fields) {
  const entries = Object.entries(given);
  const columns = sql.join(entries.map(([column]) => sql.ref(column)));
  const values = sql.join(entries.map(([, value]) => sql`${value}`));
  const overwritten = sql.join(
    entries.map(([column]) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`),
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
