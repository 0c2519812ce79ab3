import type { Key, Owner } from "../crm/views/statements.ts";
import type { Call } from "../http/call.ts";
import type { Caller } from "../http/caller.ts";
import type { Kind } from "../refusals/refusal.ts";
import { ownerOf } from "./parent.ts";
import type { Records, RecordWords } from "./records.ts";

/** What the records of a path belong to, if anything. Throws Refusal for what can be no key. */
export function ownerIn<K extends Key, C extends Caller>(
  words: RecordWords<K, C>,
  { parent }: Records<K, C>,
  call: Call<C>,
): Owner<K> | undefined {
  return parent && ownerOf(parent, (parameter, record) => words.key(call, parameter, record));
}

/** The record that a path names, and what it belongs to. Throws Refusal for what can be no key. */
export function named<K extends Key, C extends Caller>(
  words: RecordWords<K, C>,
  records: Records<K, C>,
  call: Call<C>,
): { key: K; owner: Owner<K> | undefined } {
  const { view, parameter = "id" } = records;
  const owner = ownerIn(words, records, call);
  return { owner, key: words.key(call, parameter, view.resource.record) };
}

/** What a write of records may be refused with, beside what is wrong with a field. */
export function refusalsOf<K extends Key, C extends Caller>(
  { parent, conflicts }: Records<K, C>,
  write: "creation" | "change" | "removal",
): Kind[] {
  const isOfAnother = write !== "creation" || parent !== undefined;
  return [
    ...(isOfAnother ? ["not_found" as const] : []),
    ...(conflicts?.includes(write) ? ["conflict" as const] : []),
  ];
}
