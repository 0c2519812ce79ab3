import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { askService } from "../outgoing/ask-service.ts";
import { type Access, baseUrl, type Service } from "../outgoing/service.ts";
import {
  type HubspotRecord,
  type Id,
  page,
  properties,
  read,
  records,
  unreadable,
} from "./hubspot-answers.ts";

export type { HubspotRecord } from "./hubspot-answers.ts";

/** Contacts or companies that one request reads, and results that a search pages through. */
export const PAGE = 100;
const MOST_FOUND = 10_000;

/** What a property of contacts or companies is. */
export interface HubspotProperty {
  name: string;
  label: string;
  type: string;
  fieldType: string;
  isReadOnly: boolean;
  isHidden: boolean;
}

/** Where a page of contacts begins: at HubSpot's cursor, among those behind a contact. */
export interface HubspotCursor {
  after: string | null;
  behind: Id | null;
}

/** Which contacts are read: those created within these Unix milliseconds, or all. */
export interface ContactsAsked {
  properties: readonly string[];
  from: number | null;
  to: number | null;
  most: number;
}

/** A page of contacts, and where the next one begins; null behind the last. */
export interface ContactsPage {
  contacts: HubspotRecord[];
  next: HubspotCursor | null;
  /** How many there are from here on; null where HubSpot does not say. */
  total: number | null;
}

const failure = lazy(() => z.looseObject({ category: z.string().min(1) }));

/** HubSpot's CRM API (v3). */
export function hubspot(
  env: Readonly<Record<string, string | undefined>>,
  access: Access,
): Service {
  return {
    name: "HubSpot",
    url: baseUrl(env.HUBSPOT_API_URL, "https://api.hubapi.com"),
    access,
    codeOf: (body) => failure().safeParse(body).data?.category ?? null,
  };
}

/** The properties of contacts or companies. Throws ProviderFailed. */
export async function hubspotProperties(
  service: Service,
  of: "contacts" | "companies",
): Promise<HubspotProperty[]> {
  const { body } = await askService(service, { method: "GET", path: `/crm/v3/properties/${of}` });
  return read(properties(), body).results.map((one) => ({
    name: one.name,
    label: one.label,
    type: one.type,
    fieldType: one.fieldType,
    isReadOnly: one.modificationMetadata?.readOnlyValue ?? false,
    isHidden: one.hidden ?? false,
  }));
}

/** A page of contacts, in an order that stays. Throws ProviderFailed. */
export async function hubspotContacts(
  service: Service,
  asked: ContactsAsked,
  cursor: HubspotCursor,
  signal: AbortSignal,
): Promise<ContactsPage> {
  const isSearch = asked.from !== null || asked.to !== null;
  const found = isSearch
    ? await searched(service, asked, cursor, signal)
    : await listed(service, asked, cursor, signal);
  const { results, total, paging } = read(page(), found);
  const after = paging?.next?.after ?? null;
  // What says that it goes on, and gives nothing, would do so for ever.
  if (after !== null && (results.length === 0 || after === cursor.after)) throw unreadable();
  return {
    contacts: results,
    next: after === null
      ? null
      : isSearch
      ? within(after, results, cursor)
      : { after, behind: null },
    total: total ?? null,
  };
}

/** Companies by their ids; those that are gone are left out. Throws ProviderFailed. */
export async function hubspotCompanies(
  service: Service,
  ids: readonly Id[],
  names: readonly string[],
  signal: AbortSignal,
): Promise<Map<Id, HubspotRecord>> {
  const { body } = await askService(service, {
    method: "POST",
    path: "/crm/v3/objects/companies/batch/read",
    json: { inputs: ids.map((id) => ({ id })), properties: names },
    isRepeatable: true,
    signal,
  });
  return new Map(read(records(), body).results.map((one) => [one.id, one]));
}

async function listed(
  service: Service,
  { properties: names, most }: ContactsAsked,
  { after }: HubspotCursor,
  signal: AbortSignal,
): Promise<unknown> {
  const query = new URLSearchParams({ limit: `${most}`, properties: names.join(",") });
  if (after !== null) query.set("after", after);
  const path = `/crm/v3/objects/contacts?${query}`;
  return (await askService(service, { method: "GET", path, signal })).body;
}

async function searched(
  service: Service,
  { properties: names, from, to, most }: ContactsAsked,
  { after, behind }: HubspotCursor,
  signal: AbortSignal,
): Promise<unknown> {
  const filters = [
    ...from === null ? [] : [filter("createdate", "GTE", from)],
    ...to === null ? [] : [filter("createdate", "LTE", to)],
    ...behind === null ? [] : [filter("hs_object_id", "GT", behind)],
  ];
  const { body } = await askService(service, {
    method: "POST",
    path: "/crm/v3/objects/contacts/search",
    json: {
      filterGroups: [{ filters }],
      sorts: [{ propertyName: "hs_object_id", direction: "ASCENDING" }],
      properties: names,
      limit: most,
      ...after === null ? {} : { after },
    },
    isRepeatable: true,
    signal,
  });
  return body;
}

function filter(propertyName: string, operator: string, value: number | Id) {
  return { propertyName, operator, value: `${value}` };
}

// A search ends at 10,000 results: what is behind those is searched for by the last one's id.
function within(
  after: string,
  results: readonly HubspotRecord[],
  { behind }: HubspotCursor,
): HubspotCursor {
  if (!(Number(after) + PAGE > MOST_FOUND)) return { after, behind };
  const ids = results.map(({ id }) => BigInt(id));
  return { after: null, behind: `${ids.reduce((most, id) => id > most ? id : most)}` };
}
