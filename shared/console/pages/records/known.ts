import { lio, type LioPage } from "../../api.ts";
import { type Loaded, useLoad } from "../../load.ts";
import { session } from "../../session.ts";
import type { Word } from "./answers.ts";

/** What leads and contacts can be given: statuses, sources, tags and users. */
export interface Known {
  statuses: readonly Word[];
  sources: readonly Word[];
  priorities: readonly Word[];
  tags: readonly Word[];
  contactStatuses: readonly Word[];
  users: readonly Word[];
}

const KEPT_MS = 60_000;
let kept: { token: string; until: number; known: Promise<Known> } | null = null;

/** What records can be given; kept for a minute, as each page of them asks. */
export function useKnown(): Loaded<Known> {
  return useLoad(known, []);
}

/** Forgets what was kept, after something new was made. */
export function forgetKnown(): void {
  kept = null;
}

function known(): Promise<Known> {
  const token = session.value?.token ?? "";
  if (kept !== null && kept.token === token && kept.until > Date.now()) return kept.known;
  const next = { token, until: Date.now() + KEPT_MS, known: load() };
  next.known.catch(forgetKnown);
  kept = next;
  return next.known;
}

async function load(): Promise<Known> {
  const [statuses, sources, priorities, tags, contactStatuses, users] = await Promise.all([
    wordsOf("lead", "status"),
    wordsOf("lead", "source"),
    wordsOf("lead", "priority"),
    wordsOf("lead", "tags", "name"),
    wordsOf("contact", "status"),
    activeUsers(),
  ]);
  return { statuses, sources, priorities, tags, contactStatuses, users };
}

async function wordsOf(
  module_name: string,
  type: string,
  order_by = "id",
): Promise<readonly Word[]> {
  const query = { module_name, type, is_active: true, limit: 500, order_by, order_in: "ASC" };
  return (await lio.get<LioPage<Word>>("custom-lookups/list", query)).data;
}

async function activeUsers(): Promise<readonly Word[]> {
  const query = { state_id: 1, limit: 500, order_by: "name", order_in: "ASC" };
  return (await lio.get<LioPage<Word>>("user/list", query)).data;
}

/** Words as a select shows them. */
export function choicesOf(words: readonly Word[] = []): [string, string][] {
  return words.map(({ id, name }) => [String(id), name]);
}
