import { written } from "../../operations/written.ts";
import * as z from "zod";
import {
  companyMemberships,
  membershipAddition,
  membershipChange,
  membershipRemoval,
} from "../../crm/company-memberships.ts";
import { contactRelations } from "../../crm/contact-relations.ts";
import { neededBy, shown } from "../../crm/views/view.ts";
import { sql, statement } from "../../db/sql.ts";
import { noParameters } from "../../http/query.ts";
import { RecordNotFound } from "../../refusals/errors.ts";
import { nothing, OPTIONAL_BODY, readNothing } from "./bodies.ts";
import type { CrmOperation } from "./contract.ts";
import { NO_CONTENT } from "./envelope.ts";
import { membership } from "./membership-view.ts";
import { readQuery } from "./parameters.ts";
import { pathId } from "./path-id.ts";
import { create, type Records, update } from "./records.ts";

const memberships: Records = {
  view: membership,
  names: { one: "membership", id: "CompanyMembership" },
  parameter: "membership_id",
  parent: { resource: contactRelations, parameter: "contact_id", column: "contact_id" },
  conflicts: ["creation", "change"],
  create: ({ columns }, _, call) => membershipAddition(pathId(call, "contact_id"), columns),
  change: (id, { columns }, _, call) => membershipChange(pathId(call, "contact_id"), id, columns),
};

/** GET: a contact's memberships: the primary one, other current ones, then those that ended. */
export const listMemberships: CrmOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listCompanyMemberships",
      summary: "List a contact's memberships",
      answers: { 200: z.object({ memberships: z.array(membership.schema) }) },
      refusals: ["not_found" as const],
    };
  },
  async run(call) {
    const contactId = pathId(call, "contact_id");
    readQuery(call, noParameters());
    const [contacts, rows = []] = await call.workspace.read([
      statement(sql`select id from crm.contacts where id = ${contactId}`),
      statement(sql`
        select row_to_json(record)::text as record from (
          select ${shown(membership)} from (
            select ${sql.join(neededBy(membership).map(sql.ref))} from crm.company_memberships
            where contact_id = ${contactId}) page
          order by page.is_primary desc, page.ended_at desc nulls first, page.started_at desc,
            page.id desc) record`),
    ]);
    if (contacts?.length === 0) throw new RecordNotFound("contact", contactId);
    return { status: 200, body: `{"memberships":[${rows.map(({ record }) => record).join()}]}` };
  },
};

/** POST: makes a membership of a contact; 201. */
export const addMembership: CrmOperation = create(memberships);

/** PATCH: changes a membership of a contact. */
export const changeMembership: CrmOperation = update(memberships);

/** DELETE: removes a membership of a contact; 204. */
export const removeMembership: CrmOperation = {
  kind: "write",
  body: OPTIONAL_BODY,
  get contract() {
    return {
      id: "deleteCompanyMembership",
      summary: "Delete a membership",
      body: nothing(),
      answers: { 204: null },
      refusals: ["not_found" as const],
    };
  },
  run(call) {
    const contactId = pathId(call, "contact_id");
    const id = pathId(call, "membership_id");
    readNothing(call);
    const removal = statement(membershipRemoval(contactId, id));
    return written(call, membership, [removal], (rows) => {
      if (rows.length === 0) throw new RecordNotFound(companyMemberships.record, id);
      return NO_CONTENT;
    });
  },
};
