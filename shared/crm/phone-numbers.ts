import * as z from "zod";
import { type Sql, sql } from "../db/sql.ts";
import * as column from "./column.ts";
import { resource, type WritableResource } from "./resource.ts";
import * as answer from "./values/record-schema.ts";

/** The types of numbers there are to buy. */
export const NUMBER_TYPES = ["local", "tollfree", "mobile"] as const;

export type NumberType = typeof NUMBER_TYPES[number];

/** What a number of each type costs a month, in USD. */
export const MONTHLY_PRICES: Readonly<Record<NumberType, number>> = {
  local: 1.15,
  tollfree: 2.15,
  mobile: 3,
};

/** What a number can do. */
export const capabilities = () =>
  z.object({ voice: z.boolean(), sms: z.boolean(), mms: z.boolean() });

/** Phone numbers of a workspace. */
export const phoneNumbers: WritableResource = resource({
  record: "voice_number",
  name: "phone_numbers",
  table: "crm.phone_numbers",
  columns: {
    id: column.id,
    phone_number: column.readOnly(z.string()),
    friendly_name: column.readOnly(z.string()),
    type: column.readOnly(z.enum(NUMBER_TYPES)),
    sid: column.readOnly(answer.text),
    capabilities: column.readOnly(capabilities()),
    monthly_price: column.readOnly(answer.amount),
    created_at: column.time,
  },
  sorts: {
    number: { column: "number", type: "bigint", unique: true },
    created_at: { column: "created_at", type: "timestamptz" },
  },
});

/** A number that is to be bought. */
export interface WantedNumber {
  phone_number: string;
  friendly_name: string;
  type: NumberType;
}

/** The query that begins a purchase (SQL: app.begin_purchase): `id`, and `is_known` of one that is to be looked for. */
export function purchaseBeginning(wanted: WantedNumber): Sql {
  const given = { ...wanted, monthly_price: MONTHLY_PRICES[wanted.type] };
  return sql`select id, is_known from app.begin_purchase(${JSON.stringify(given)}::jsonb)`;
}

/** The query that ends a purchase: `is_there` tells whether the number is the workspace's. */
export function purchaseEnding(id: string, sid: string, can: object): Sql {
  return sql`select app.finish_purchase(${id}::uuid, ${sid}, ${
    JSON.stringify(can)
  }::jsonb) as is_there`;
}

/** The query that undoes a purchase of what was not bought. */
export function purchaseCancelling(id: string): Sql {
  return sql`select app.cancel_purchase(${id}::uuid)`;
}

/** The query that notes that nobody knows what became of a purchase. */
export function purchaseDoubting(id: string): Sql {
  return sql`select app.doubt_purchase(${id}::uuid)`;
}

/** A number as a purchase left it. */
export interface StoredPurchase {
  phone_number: string;
  is_owned: boolean;
  /** Seconds since it was begun. */
  age: number;
}

/** The query of what a purchase left: a row, unless it was undone. */
export function storedPurchase(id: string): Sql {
  return sql`select phone_number, hold_id is null as is_owned,
      extract(epoch from clock_timestamp() - begun_at)::float8 as age
    from crm.phone_numbers where id = ${id}::uuid`;
}

/** The query that lets a number ring users, by their numbers, and answers its `id`; `field` names them in messages. */
export function numberAssignment(number: number, users: readonly number[], field: string): Sql {
  return sql`select app.assign_phone_number(${number}, ${users}::bigint[], ${field}) as id`;
}

/** The query of the users whom a phone number rings: a row with the `number` of each. */
export function rungUsers(id: string): Sql {
  return sql`select u.number::text as number
    from crm.phone_number_users its join crm.users u on u.id = its.user_id and u.status <> 'inactive'
    where its.phone_number_id = ${id}::uuid order by u.number`;
}
