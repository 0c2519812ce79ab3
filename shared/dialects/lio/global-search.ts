import * as z from "zod";
import { selectIds } from "../../crm/lists/selection.ts";
import { companies } from "../../crm/companies.ts";
import { contacts } from "../../crm/contacts.ts";
import { deals } from "../../crm/deals.ts";
import { leads } from "../../crm/leads.ts";
import type { Resource } from "../../crm/resource.ts";
import { nativeView } from "../../crm/views/view.ts";
import { type Sql, sql, statement } from "../../db/sql.ts";
import type { Statement } from "../../db/wire/pipeline.ts";
import { wholeNumber } from "../../http/paging.ts";
import { lazy } from "../../memory/lazy.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { readQuery } from "./reading.ts";

const MOST = 50;

const parameters = lazy(() =>
  z.strictObject({
    search_value: z.string().trim().min(2, "Must have at least 2 characters")
      .max(200, "Must have at most 200 characters").meta({ examples: ["jane"] }),
    limit: wholeNumber(MOST).default(10).meta({ default: 10 }),
  })
);

const found = lazy(() => {
  const hits = z.array(
    z.object({ id: z.int(), title: z.string().nullable(), subtitle: z.string().nullable() }),
  );
  return z.object({
    success: z.literal(true),
    message: z.string(),
    data: z.object({ leads: hits, contacts: hits, companies: hits, deals: hits }),
    total: z.int().min(0),
  }).meta({ id: "SearchResult" });
});

/** What is searched, and what is told of each: SQL of a row. */
const KINDS: readonly { resource: Resource; title: Sql; subtitle: Sql }[] = [
  { resource: leads, ...person(sql`phone`) },
  { resource: contacts, ...person(sql`phone`) },
  { resource: companies, title: sql`name`, subtitle: sql`domain` },
  { resource: deals, title: sql`title`, subtitle: sql`stage` },
];

/** GET: leads, contacts, companies and deals that hold some words. */
export const globalSearch: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "searchAll",
      summary: "Search across your data",
      query: parameters(),
      answers: { 200: found() },
    };
  },
  async run(call) {
    const { search_value, limit } = readQuery(call, parameters());
    const rows = await call.workspace.read(
      KINDS.map((kind) => searched(kind, search_value, limit)),
    );
    const data = KINDS.map(({ resource: { name } }, at) => {
      const hits = (rows[at] ?? []).map(({ id, title, subtitle }) => ({
        id: Number(id),
        title,
        subtitle,
      }));
      return [name, hits] as const;
    });
    const total = data.reduce((sum, [, hits]) => sum + hits.length, 0);
    const { body, ...outcome } = answer(200, Object.fromEntries(data), "Search done");
    return { ...outcome, body: `${String(body).slice(0, -1)},"total":${total}}` };
  },
};

function person(otherwise: Sql): { title: Sql; subtitle: Sql } {
  const name = sql`nullif(concat_ws(' ', first_name, last_name), '')`;
  return {
    title: sql`coalesce(${name}, email, ${otherwise})`,
    subtitle: sql`coalesce(email, ${otherwise})`,
  };
}

function searched(
  { resource, title, subtitle }: (typeof KINDS)[number],
  search: string,
  limit: number,
): Statement {
  return statement(
    sql`select number as id, ${title} as title, ${subtitle} as subtitle
      from ${sql.table(`crm.${resource.name}`)}
      where id in (${selectIds(nativeView(resource), [], search)})
      order by number desc limit ${limit}`,
  );
}
