import type { ServiceAnswer } from "../outgoing/ask-service.ts";
import { ProviderFailed } from "../outgoing/provider-failed.ts";

/** A page of what a service lists. */
export interface Page<T> {
  items: readonly T[];
  /** The query of the next page; null after the last one. */
  next: string | null;
}

const MOST_PAGES = 100;
/** Beyond these no calendar of a person goes. */
const MOST_ITEMS = 50_000;

/** Reads all pages, one after another. Throws ProviderFailed for more than can be kept. */
export async function allPages<T>(
  name: string,
  query: string,
  read: (query: string) => Promise<Page<T>>,
): Promise<T[]> {
  const all: T[] = [];
  let next: string | null = query;
  for (let pages = 0; next !== null; pages++) {
    if (pages >= MOST_PAGES || all.length > MOST_ITEMS) throw unreadable(name, "tells too much");
    const page: Page<T> = await read(next);
    all.push(...page.items);
    next = page.next;
  }
  return all;
}

/** What a service's answer is as a schema has it. Throws ProviderFailed. */
export function readable<T>(
  name: string,
  schema: { safeParse(body: unknown): { data?: T } },
  { body }: Pick<ServiceAnswer, "body">,
): T {
  const { data } = schema.safeParse(body);
  if (data === undefined) throw unreadable(name, "answered what cannot be read");
  return data;
}

/** What a service tells of what it made: what it leaves out is as it was sent, in JSON. */
export function completed({ body }: Pick<ServiceAnswer, "body">, sent: string): { body: unknown } {
  const isObject = typeof body === "object" && body !== null;
  return { body: isObject ? { ...JSON.parse(sent) as object, ...body } : body };
}

/** That an answer cannot be used, although it was one of success. */
export function unreadable(name: string, what: string): ProviderFailed {
  return new ProviderFailed(`${name} failed: it ${what}.`, {
    status: null,
    code: null,
    mayHaveHappened: true,
  });
}
