import { ApiError } from "../../api-error.ts";
import { lio, native, type Query } from "../../api.ts";
import type { Company, Contact, ListAnswer, NativePage, OneAnswer } from "./answers.ts";

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const MOST = 100;

/** A record as LIO tells it by its number, with the id that it has in the native API, where that is found. */
export interface Both<T> {
  record: T;
  uuid: string | null;
}

interface NativeRecord {
  id: string;
  created_at: string;
  email?: string | null;
  phone?: string | null;
  domain?: string | null;
  first_name?: string | null;
  last_name?: string | null;
  name?: string;
}

interface Kind<T> {
  /** `contact` */
  lio: string;
  native: string;
  /** What finds it in the other API: what it alone has, or what is searched for. */
  sought(record: T): Query;
  said(record: NativeRecord): string;
  isSame(record: T, other: NativeRecord): boolean;
}

const contacts: Kind<Contact> = {
  lio: "contact",
  native: "v1-public-contacts-crud",
  sought: ({ email, name }) => email ? { email } : { search: searched(name) },
  said: ({ email, phone, first_name, last_name }) =>
    email ?? ([first_name, last_name].filter(Boolean).join(" ") || (phone ?? "")),
  isSame: (contact, other) => contact.email === (other.email ?? null) && isAtOnce(contact, other),
};

const companies: Kind<Company> = {
  lio: "company",
  native: "v1-public-companies",
  sought: ({ domain, company_name }) => domain ? { domain } : { search: searched(company_name) },
  said: ({ name }) => name ?? "",
  isSame: (company, other) => company.company_name === other.name && isAtOnce(company, other),
};

/** A contact by its number or by its id in the native API. */
export function readContact(id: string, signal: AbortSignal): Promise<Both<Contact>> {
  return read(contacts, id, signal);
}

/** A company by its number or by its id in the native API. */
export function readCompany(id: string, signal: AbortSignal): Promise<Both<Company>> {
  return read(companies, id, signal);
}

/** The native id of the contact with an email, if there is one. */
export async function contactByEmail(email: string, signal: AbortSignal): Promise<string | null> {
  const { data } = await native.get<NativePage<NativeRecord>>(contacts.native, { email }, signal);
  return data.items[0]?.id ?? null;
}

type Listed = { id: number; created_at: string };

async function read<T extends Listed>(
  kind: Kind<T>,
  id: string,
  signal: AbortSignal,
): Promise<Both<T>> {
  if (!UUID.test(id)) {
    const { data: record } = await view<T>(kind, id, signal);
    return { record, uuid: await uuidOf(kind, record, signal) };
  }
  const uuid = id.toLowerCase();
  const { data: other } = await native.get<OneAnswer<NativeRecord>>(
    kind.native,
    { id: uuid },
    signal,
  );
  const query = { search_value: searched(kind.said(other)), limit: MOST };
  const { data } = await lio.get<ListAnswer<T>>(`${kind.lio}/list`, query, signal);
  const found = onlyOne(data.filter((one) => kind.isSame(one, other)));
  if (found === undefined) {
    throw new ApiError(404, "not_found", `The ${kind.lio} cannot be found by this address.`);
  }
  return { record: (await view<T>(kind, String(found.id), signal)).data, uuid };
}

function view<T>(kind: Kind<T>, id: string, signal: AbortSignal): Promise<OneAnswer<T>> {
  return lio.get(`${kind.lio}/view/${encodeURIComponent(id)}`, {}, signal);
}

async function uuidOf<T>(
  kind: Kind<T>,
  record: T,
  signal: AbortSignal,
): Promise<string | null> {
  const query = { ...kind.sought(record), per_page: MOST };
  const { data } = await native.get<NativePage<NativeRecord>>(kind.native, query, signal);
  return onlyOne(data.items.filter((other) => kind.isSame(record, other)))?.id ?? null;
}

// Records of one batch came at one moment: of several that fit, none may be taken for the other.
function onlyOne<T>(found: readonly T[]): T | undefined {
  return found.length === 1 ? found[0] : undefined;
}

// LIO tells milliseconds, the native API microseconds.
function isAtOnce(one: { created_at: string }, other: { created_at: string }): boolean {
  return one.created_at.slice(0, 23) === other.created_at.slice(0, 23);
}

function searched(text: string): string {
  return text.slice(0, 200);
}
