import { native } from "../../api.ts";
import { go } from "../../router.ts";
import { tell } from "../../toasts.ts";
import { newKey } from "../../once.ts";
import {
  type Choices,
  type Contact,
  labelOf,
  type Merge,
  type Preview,
  type Undone,
} from "./answers.ts";

const CONTACTS = "v1-public-contacts-crud";
const MERGE = "v1-public-contacts-merge";
const OFFERED = 10;

/** Which contacts are merged, and whose values are kept. */
export interface Asked {
  keep_id: string;
  merge_id: string;
  fields: Choices;
}

/** Reads a contact. */
export async function readContact(id: string, signal: AbortSignal): Promise<Contact> {
  return (await native.get<{ data: Contact }>(CONTACTS, { id }, signal)).data;
}

/** Finds contacts by name, email or phone, but for the one that is kept. */
export async function findContacts(
  text: string,
  except: string,
  signal: AbortSignal,
): Promise<Contact[]> {
  const query = { search: text.trim().slice(0, 200), per_page: OFFERED };
  const { data } = await native.get<{ data: { items: Contact[] } }>(CONTACTS, query, signal);
  return data.items.filter(({ id }) => id !== except);
}

/** The names of companies, by id. */
export async function companyNames(
  ids: readonly (string | null)[],
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const known = [...new Set(ids)].filter((id) => id !== null);
  const found = await Promise.all(known.map(async (id) => {
    const { data } = await native.get<{ data: { name: string } }>(
      "v1-public-companies",
      { id },
      signal,
    );
    return [id, data.name] as const;
  }));
  return Object.fromEntries(found);
}

/** What a merge would do. */
export async function previewOf(asked: Asked, signal: AbortSignal): Promise<Preview> {
  const { data } = await native.post<{ data: Preview }>(MERGE, asked, {
    query: { dry_run: true },
    signal,
  });
  return data;
}

/** Merges two contacts, shows the one that is kept, and offers to undo it. */
export async function mergeContacts(asked: Asked, idempotencyKey: string): Promise<void> {
  const { data: { merge } } = await native.post<{ data: { merge: Merge } }>(MERGE, asked, {
    idempotencyKey,
  });
  const undo = { label: "Undo", run: () => void undoMerge(String(merge.id)) };
  tell("The contacts are merged. This can be undone for 30 days.", undo);
  go(`/contacts/${asked.keep_id}`);
}

/** Undoes a merge, and shows the contact that is back. */
async function undoMerge(id: string): Promise<void> {
  try {
    const { data: { id: back, undone } } = await native.post<{ data: Undone }>(
      `${MERGE}/undo`,
      {},
      { query: { id }, idempotencyKey: newKey() },
    );
    const kept = Object.keys(undone.kept_changes).map(labelOf);
    const stays = kept.length > 0
      ? ` Changed since, and so left as it is: ${kept.join(", ")}.`
      : "";
    tell(`The merge is undone.${stays}`);
    go(`/contacts/${back}`);
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
  }
}
