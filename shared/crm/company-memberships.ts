import { stringify } from "lossless-json";
import * as z from "zod";
import {
  ENDED_IS_PRIMARY,
  ENDS_BEFORE_START,
  ENDS_IN_THE_FUTURE,
  PRIMARY_GIVEN_UP,
} from "../db/errors.ts";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import type { Fields } from "./plan.ts";
import { resource, type WritableResource } from "./resource.ts";
import { dayOrInstant } from "./values/day-or-instant.ts";
import * as answer from "./values/record-schema.ts";

/** The companies that contacts are and were with. */
export const companyMemberships: WritableResource = resource({
  record: "membership",
  name: "company_memberships",
  table: "crm.company_memberships",
  columns: {
    id: column.id,
    contact_id: column.readOnly(answer.id),
    company_id: { ...column.required(column.link("company")), only: "creation" },
    role: column.text(255),
    is_primary: column.of(z.boolean(), () => z.boolean()),
    started_at: column.of(answer.timestamp, dayOrInstant),
    ended_at: column.of(answer.timestamp.nullable(), dayOrInstant),
    created_at: column.time,
    updated_at: column.time,
  },
  sorts: {},
  constraints: {
    company_memberships_current_key: {
      field: "company_id",
      message: "The contact has a current membership in this company.",
    },
    [ENDS_IN_THE_FUTURE]: { field: "ended_at", message: "Must not be in the future." },
    [ENDS_BEFORE_START]: { field: "ended_at", message: "Must not be before the start." },
    [PRIMARY_GIVEN_UP]: {
      field: "is_primary",
      message: "Must be true until another current membership is made the primary one.",
    },
    [ENDED_IS_PRIMARY]: {
      field: "is_primary",
      message: "Must not be true of a membership that ended.",
    },
  },
});

/** The query that makes a membership of a contact and answers its `id`. */
export function membershipAddition(contactId: string, columns: Fields): Sql {
  return sql`select id from app.add_membership(${contactId}, ${stringify(columns)}::jsonb) id`;
}

/** The query that changes a membership of a contact and answers its `id`. */
export function membershipChange(contactId: string, id: string, columns: Fields): Sql {
  return sql`select id
    from app.change_membership(${contactId}, ${id}, ${stringify(columns)}::jsonb) id`;
}

/** The query that removes a membership of a contact: one row when there was one. */
export function membershipRemoval(contactId: string, id: string): Sql {
  return sql`select id from app.remove_membership(${contactId}, ${id}) id`;
}
