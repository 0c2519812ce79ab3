import { expect } from "vitest";
import * as z from "zod";
import type { Resource } from "../../shared/crm/resource.ts";
import type { ApiClient, ApiResponse, Json } from "./api-client.ts";
import { expectError } from "./expect-error.ts";
import type { Links } from "./links.ts";
import type { Body, ResourceCase } from "./resource-case.ts";

/** An id that no record has. */
export const NOBODY = "01890a5d-ac96-774b-bcce-b302099a8057";

/** Asserts a 400 that names exactly these fields; answers its messages in their order. */
export function expectMistakes(response: ApiResponse, fields: readonly string[]): string[] {
  expectError(response, 400, "VALIDATION_ERROR");
  const given: { field: string; message: string }[] = response.body.error.details.fields;
  expect(given.map(({ field }) => field).toSorted()).toEqual([...fields].toSorted());
  for (const { message } of given) expect(message).toMatch(/^[A-Z].*[.?]$/s);
  return given.toSorted((a, b) => a.field < b.field ? -1 : 1).map(({ message }) => message);
}

/** Asserts that a record is exactly as its resource declares it, and answers it. */
export function expectRecord({ schema }: Resource, record: Json): Json {
  const result = z.strictObject(schema.shape).safeParse(record);
  expect(result.error?.issues ?? []).toEqual([]);
  return record;
}

/** The fields of a create, each alone or with those it must be given with. */
export function fieldGroups({ resource, together }: ResourceCase): string[][] {
  const grouped = new Set(together.flat());
  const alone = Object.keys(resource.create.shape).filter((field) => !grouped.has(field));
  return [...together, ...alone.map((field) => [field])];
}

/** Whether null clears a field. */
export function isNullable(shape: Record<string, z.ZodType>, field: string): boolean {
  return shape[field]!.safeParse(null).success;
}

/** Whether a create must give a field. */
export function isRequired({ resource }: ResourceCase, field: string): boolean {
  return !resource.create.shape[field]!.safeParse(undefined).success;
}

/**
 * The i-th of many records: each field absent, with its full or its other value, so that many values
 * are equal and many are null.
 */
export function variant(one: ResourceCase, i: number, [first, second]: readonly Links[]): Body {
  const [full, other, unique] = [one.full(first!), one.other(second!), one.unique(i)];
  const entries = fieldGroups(one).flatMap((fields, position) => {
    const required = fields.some((field) => isRequired(one, field));
    const choice = Math.floor(i / (1 + position % 4) + position) % (required ? 2 : 3);
    const chosen = [full, other][choice];
    return chosen ? fields.map((field) => [field, unique[field] ?? chosen[field]]) : [];
  });
  return Object.fromEntries(entries);
}

/** Makes records in batches of 100; answers their ids. */
export async function createAll(
  api: ApiClient,
  { name }: ResourceCase,
  bodies: readonly Body[],
): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < bodies.length; from += 100) {
    const items = bodies.slice(from, from + 100).map((data) => ({ action: "create", data }));
    const { status, body, text } = await api.post(`v1-public-${name}-batch`, { items });
    expect(status, text).toBe(201);
    ids.push(...body.data.results.map(({ id }: Json) => id));
  }
  return ids;
}

/** Every record of a list, page after page; `between` runs before each page but the first. */
export async function everyPage(
  api: ApiClient,
  path: string,
  parameters: string,
  step: "page" | "cursor",
  between: () => Promise<unknown> = () => Promise.resolve(),
): Promise<Json[]> {
  const items: Json[] = [];
  let next: string | null = "page=1";
  for (let page = 1; next !== null; page++) {
    if (page > 1) await between();
    const { status, body, text }: ApiResponse = await api.get(`${path}?${parameters}&${next}`);
    expect(status, text).toBe(200);
    const { pagination } = body.data;
    expect(pagination.page).toBe(page);
    items.push(...body.data.items);
    if (step === "page") next = page < pagination.total_pages ? `page=${page + 1}` : null;
    else next = pagination.next_cursor === null ? null : `cursor=${pagination.next_cursor}`;
  }
  return items;
}
