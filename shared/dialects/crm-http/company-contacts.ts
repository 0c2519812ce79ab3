import { contactRelations } from "../../crm/contact-relations.ts";
import { neededBy, shown } from "../../crm/views/view.ts";
import { type Sql, sql, statement } from "../../db/sql.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { contact } from "./contact-view.ts";
import type { CrmOperation } from "./contract.ts";
import { membership } from "./membership-view.ts";
import { answerPage, listParameters, pageOf, pageSchema } from "./page.ts";
import { readQuery } from "./parameters.ts";
import { pathId } from "./path-id.ts";

/** GET: the contacts with a current membership in a company, each with that membership. */
export const listCompanyContacts: CrmOperation = {
  kind: "read",
  get contract() {
    const member = contact.schema.extend({ membership: membership.schema })
      .meta({ id: "CompanyContact" });
    return {
      id: "listCompanyContacts",
      summary: "List a company's contacts",
      query: listParameters(),
      answers: { 200: pageSchema("contacts", member) },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    const companyId = pathId(call, "company_id");
    const query = readQuery(call, listParameters());
    const { page, size } = pageOf(query);
    const [companies, counted, rows = []] = await call.workspace.read([
      statement(sql`select id from crm.companies where id = ${companyId}`),
      statement(sql`select count(*)::int as total from ${members(companyId)}`),
      statement(sql`
        select row_to_json(record)::text as record from (
          select ${shown(contact)}, (${shownMembership()}) as membership from (
            select ${sql.join(neededBy(contact).map((name) => sql.ref(`c.${name}`)))},
              m.id as membership_id, c.last_name_key
            from ${members(companyId)}
            order by c.last_name_key, c.id limit ${size} offset ${(page - 1) * size}) page
          order by page.last_name_key, page.id) record`),
    ]);
    if (companies?.length === 0) throw new RecordNotFound("company", companyId);
    const items = rows.map(({ record }) => String(record));
    return answerPage("contacts", query, { items, total: Number(counted?.[0]?.total) });
  },
};

function members(companyId: string): Sql {
  return sql`crm.company_memberships m
    join ${sql.table(contactRelations.table)} c
      on c.workspace_id = m.workspace_id and c.id = m.contact_id
    where m.company_id = ${companyId} and m.ended_at is null`;
}

function shownMembership(): Sql {
  return sql`select row_to_json(one) from (
    select ${shown(membership)} from (
      select ${sql.join(neededBy(membership).map((name) => sql.ref(`kept.${name}`)))}
      from crm.company_memberships kept where kept.id = page.membership_id) page) one`;
}
