import { lio, native } from "../../api.ts";
import { recordIds } from "../../record-ids.ts";
import type { Company, Contact, NativePage, OneAnswer } from "./answers.ts";

/** A record as LIO tells it, with the id that it has in the native API. */
export interface Both<T> {
  record: T;
  uuid: string;
}

const CONTACTS = "v1-public-contacts-crud";

/** A contact by its number or by its id in the native API. */
export function readContact(id: string, signal: AbortSignal): Promise<Both<Contact>> {
  return read("contact", CONTACTS, id, signal);
}

/** A company by its number or by its id in the native API. */
export function readCompany(id: string, signal: AbortSignal): Promise<Both<Company>> {
  return read("company", "v1-public-companies", id, signal);
}

/** The native id of the contact with an email, if there is one. */
export async function contactByEmail(email: string, signal: AbortSignal): Promise<string | null> {
  const { data } = await native.get<NativePage<{ id: string }>>(CONTACTS, { email }, signal);
  return data.items[0]?.id ?? null;
}

async function read<T>(
  name: string,
  path: string,
  id: string,
  signal: AbortSignal,
): Promise<Both<T>> {
  const ids = await recordIds(path, id, signal);
  const { data } = await lio.get<OneAnswer<T>>(`${name}/view/${ids.number}`, {}, signal);
  return { record: data, uuid: ids.id };
}
