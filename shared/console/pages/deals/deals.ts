import { native, type Query } from "../../api.ts";

/** A deal, as the native API answers it. */
export interface Deal {
  id: string;
  title: string;
  value: number | null;
  currency: string;
  stage: string | null;
  status: string;
  probability: number | null;
  expected_close_date: string | null;
  company_id: string | null;
  contact_id: string | null;
  pipeline_id: string | null;
  assigned_to: string | null;
  created_at: string;
  updated_at: string;
}

/** A stage of a pipeline. */
export interface Stage {
  id: string;
  name: string;
  position: number;
  outcome: "open" | "won" | "lost";
}

/** A pipeline with its stages in order. */
export interface Pipeline {
  id: string;
  name: string;
  is_default: boolean;
  stages: readonly Stage[];
}

/** What the deals at a stage come to in one currency. */
export interface StageTotal {
  stage_id: string;
  currency: string;
  deals: number;
  value: number;
}

/** A user whom deals are assigned to. */
export interface User {
  id: string;
  name: string;
}

/** A page of a list. */
export interface Page<T> {
  items: readonly T[];
  pagination: { page: number; total: number; total_pages: number; next_cursor: string | null };
}

interface Answer<T> {
  data: T;
}

/** All pipelines, the default one first, then by name. */
export async function allPipelines(signal: AbortSignal): Promise<readonly Pipeline[]> {
  const found = await everyPage<Pipeline>("v1-public-pipelines", signal);
  return found.toSorted((a, b) => Number(b.is_default) - Number(a.is_default));
}

/** The users whom deals may be assigned to. */
export function allUsers(signal: AbortSignal): Promise<readonly User[]> {
  return everyPage<User>("v1-public-users", signal);
}

const MOST_PAGES = 5;

async function everyPage<T>(path: string, signal: AbortSignal): Promise<readonly T[]> {
  const items: T[] = [];
  const query = { per_page: 100, sort_by: "name", sort_order: "asc" };
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { data } = await native.get<Answer<Page<T>>>(path, { ...query, page }, signal);
    items.push(...data.items);
    if (data.pagination.next_cursor === null) break;
  }
  return items;
}

/** What the deals of a pipeline come to, by stage and currency. */
export async function pipelineTotals(id: string): Promise<readonly StageTotal[]> {
  const { data } = await native.get<Answer<{ totals: readonly StageTotal[] }>>(
    "v1-public-pipelines",
    { id },
  );
  return data.totals;
}

/** A page of deals. */
export async function dealPage(query: Query, signal?: AbortSignal): Promise<Page<Deal>> {
  return (await native.get<Answer<Page<Deal>>>("v1-public-deals", query, signal)).data;
}

/** What differs once a deal of a pipeline was made, changed or deleted. */
export async function markOf(pipeline_id: string, signal: AbortSignal): Promise<string> {
  const query = { pipeline_id, sort_by: "updated_at", sort_order: "desc", per_page: 1 };
  const { items: [last], pagination: { total } } = await dealPage(query, signal);
  return `${total} ${last?.id} ${last?.updated_at}`;
}

/** Changes a deal. */
export async function changeDeal(id: string, change: object): Promise<Deal> {
  return (await native.patch<Answer<Deal>>("v1-public-deals", change, { query: { id } })).data;
}

/** Creates a deal, once for each key. */
export async function createDeal(fields: object, idempotencyKey: string): Promise<Deal> {
  return (await native.post<Answer<Deal>>("v1-public-deals", fields, { idempotencyKey })).data;
}

/** Deletes a deal. */
export async function deleteDeal(id: string): Promise<void> {
  await native.delete("v1-public-deals", { query: { id } });
}
