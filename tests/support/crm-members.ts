import { expect } from "vitest";
import type { Json } from "./api-client.ts";
import { type CrmClient, crmHttp, type CrmWorld } from "./crm-http.ts";

/** A workspace with a contact that has no company. */
export interface MemberWorld extends CrmWorld {
  contact: string;
  /** The path of the contact's memberships. */
  path: string;
  company(name: string): Promise<string>;
  /** The memberships in order: `A*` is the primary one, `A-` has ended. */
  order(): Promise<string>;
}

export async function memberWorld(): Promise<MemberWorld> {
  const world = await crmHttp();
  const { api } = world;
  const contact = (await api.made("contacts", { firstName: "Ada" })).id;
  const path = `contacts/${contact}/company-memberships`;
  return {
    ...world,
    contact,
    path,
    company: async (name) => (await api.made("companies", { name })).id,
    order: async () => (await membershipsOf(api, contact)).map(told).join(" "),
  };
}

/** The memberships of a contact, of which the primary one is the contact's company. */
export async function membershipsOf(api: CrmClient, contact: string): Promise<Json[]> {
  const body = await api.read(`contacts/${contact}/company-memberships`);
  expect(Object.keys(body)).toEqual(["memberships"]);
  const { companyId } = await api.read(`contacts/${contact}`);
  const primary = body.memberships.filter(({ isPrimary }: Json) => isPrimary);
  const current = body.memberships.filter(({ endedAt }: Json) => endedAt === null);
  expect(primary).toHaveLength(current.length > 0 ? 1 : 0);
  expect(companyId).toBe(primary[0]?.companyId ?? null);
  return body.memberships;
}

const told = ({ companyName, isPrimary, endedAt }: Json) =>
  `${companyName}${isPrimary ? "*" : ""}${endedAt === null ? "" : "-"}`;
