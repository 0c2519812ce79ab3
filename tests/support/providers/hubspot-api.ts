import { randomUUID } from "node:crypto";
import type { RunningStandIn } from "./all.ts";
import { lastingStandIn } from "./lasting-stand-in.ts";
import {
  type Account,
  emptyAccount,
  hubspotContacts,
  type HubspotObject,
} from "./hubspot-account.ts";
import { type Answered, type Seen, type StandIn, standIn } from "./stand-in.ts";

/** A local server that answers as HubSpot's CRM API (v3) does for one account. */
export type HubspotApi = StandIn & Account;

const MOST_PAGE = 100;
const MOST_FOUND = 10_000;
const MOST_FILTERS = 6;

/** Starts a stand-in that ends with the test. */
export async function hubspotApi(): Promise<HubspotApi> {
  const account = emptyAccount();
  return Object.assign(await standIn((request) => answered(account, request)), account);
}

/** Starts one for the whole run, with a few contacts. */
export async function lastingHubspot(): Promise<RunningStandIn> {
  const account = emptyAccount();
  account.contacts.push(...hubspotContacts(3, () => ({ associatedcompanyid: "7", plan: "Pro" })));
  account.companies.push({ id: "7", properties: { name: "Acme Corp", domain: "acme.example" } });
  const { url, stop } = await lastingStandIn((request) => answered(account, request));
  return { environment: { HUBSPOT_API_URL: url }, stop };
}

function answered(api: Account, request: Seen): Answered {
  const { method, path, headers } = request;
  if (
    path.startsWith("/crm/") &&
    !api.tokens.has(/^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1] ?? "")
  ) {
    return refusal(401, "INVALID_AUTHENTICATION", "Authentication credentials not found.");
  }
  const [, of] = /^\/crm\/v3\/properties\/(contacts|companies)$/.exec(path) ?? [];
  if (method === "GET" && (of === "contacts" || of === "companies")) {
    return { status: 200, body: { results: api.properties[of] } };
  }
  if (method === "GET" && path === "/crm/v3/objects/contacts") return listed(api, request);
  if (method !== "POST") return refusal(404, "OBJECT_NOT_FOUND", "No such resource.");
  if (!headers["content-type"]?.startsWith("application/json")) return { status: 415 };
  const given = JSON.parse(request.body.toString());
  if (path === "/crm/v3/objects/contacts/search") return searched(api, given);
  if (path === "/crm/v3/objects/companies/batch/read") return readMany(api, given);
  return refusal(404, "OBJECT_NOT_FOUND", "No such resource.");
}

// By their ids, as HubSpot does. The cursor is the id before the page.
function listed({ contacts }: Account, { query }: Seen): Answered {
  const limit = Number(query.get("limit") ?? 10);
  const after = query.get("after") ?? "0";
  if (!(limit >= 1 && limit <= MOST_PAGE) || !/^\d+$/.test(after)) return invalid("limit or after");
  const names = (query.get("properties") ?? "").split(",");
  const left = byId(contacts).filter(({ id }) => Number(id) > Number(after));
  const page = left.slice(0, limit);
  const next = left.length > limit ? page.at(-1)?.id : undefined;
  return { status: 200, body: { results: page.map(shown(names)), ...paging(next) } };
}

interface Filter {
  propertyName: string;
  operator: string;
  value: string;
}

const OPERATORS: Readonly<Record<string, (one: number, value: number) => boolean>> = {
  GTE: (one, value) => one >= value,
  LTE: (one, value) => one <= value,
  GT: (one, value) => one > value,
};

interface Search {
  filterGroups?: { filters: Filter[] }[];
  sorts?: { propertyName: string; direction: string }[];
  properties?: string[];
  limit?: number;
  after?: string;
}

function searched({ contacts }: Account, given: Search): Answered {
  const { filterGroups = [], properties = [], limit = 10, after = "0" } = given;
  const filters = filterGroups[0]?.filters ?? [];
  if (limit > MOST_PAGE || filters.length > MOST_FILTERS) return invalid("limit or filters");
  if (
    filters.some(({ operator, value }) => OPERATORS[operator] === undefined || !/^\d+$/.test(value))
  ) {
    return invalid("filters");
  }
  if (Number(after) + limit > MOST_FOUND) return invalid("paging beyond 10,000 results");
  const found = contacts.filter((one) =>
    filters.every(({ propertyName, operator, value }) =>
      OPERATORS[operator]?.(numberIn(one, propertyName), Number(value))
    )
  );
  const isSorted = given.sorts?.[0]?.propertyName === "hs_object_id";
  const sorted = isSorted ? byId(found) : found.toReversed();
  const end = Number(after) + limit;
  const page = sorted.slice(Number(after), end);
  const next = end < sorted.length ? `${end}` : undefined;
  return {
    status: 200,
    body: { total: found.length, results: page.map(shown(properties)), ...paging(next) },
  };
}

function numberIn({ id, properties }: HubspotObject, name: string): number {
  return name === "hs_object_id" ? Number(id) : Date.parse(properties[name] ?? "");
}

// Those that are gone are left out, and told of with status 207.
function readMany(
  { companies }: Account,
  { inputs, properties }: { inputs?: { id: string }[]; properties?: string[] },
): Answered {
  if (!Array.isArray(inputs) || inputs.length === 0 || inputs.length > MOST_PAGE) {
    return invalid("inputs");
  }
  const found = inputs.flatMap(({ id }) => companies.filter((one) => one.id === id));
  const numErrors = inputs.length - found.length;
  return {
    status: numErrors > 0 ? 207 : 200,
    body: {
      status: "COMPLETE",
      results: found.map(shown(properties ?? [])),
      ...numErrors > 0 ? { numErrors, errors: [{ category: "OBJECT_NOT_FOUND" }] } : {},
    },
  };
}

function byId(objects: readonly HubspotObject[]): HubspotObject[] {
  return objects.toSorted((a, b) => Number(a.id) - Number(b.id));
}

// What was asked for, as texts; null for what is empty.
function shown(names: readonly string[]) {
  return ({ id, properties }: HubspotObject) => ({
    id,
    properties: {
      ...Object.fromEntries(names.map((name) => [name, properties[name] ?? null])),
      hs_object_id: id,
    },
    archived: false,
  });
}

function paging(after: string | undefined): object {
  return after === undefined
    ? {}
    : { paging: { next: { after, link: "https://api.hubapi.com/" } } };
}

function invalid(what: string): Answered {
  return refusal(400, "VALIDATION_ERROR", `Invalid input: ${what}.`);
}

/** An error as HubSpot puts it. */
export function refusal(status: number, category: string, message: string): Answered {
  return { status, body: { status: "error", message, correlationId: randomUUID(), category } };
}

/** What HubSpot answers to too many requests. */
export function tooMany(seconds: number): Answered {
  const { body } = refusal(429, "RATE_LIMITS", "You have reached your ten_secondly_rolling limit.");
  const policyName = "TEN_SECONDLY_ROLLING";
  return {
    status: 429,
    headers: { "Retry-After": `${seconds}` },
    body: { ...body as object, errorType: "RATE_LIMIT", policyName },
  };
}
