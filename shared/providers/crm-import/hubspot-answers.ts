import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { ProviderFailed } from "../outgoing/provider-failed.ts";

/** HubSpot's own number of a contact or company, a text of digits. */
export type Id = string;

/** A contact or a company: texts by the names of its properties, null where it has none. */
export interface HubspotRecord {
  id: Id;
  properties: Readonly<Record<string, string | null>>;
}

const record = lazy(() =>
  z.looseObject({
    id: z.string().regex(/^\d{1,32}$/),
    properties: z.record(z.string(), z.string().nullish().transform((value) => value ?? null)),
  })
);
/** Contacts or companies. */
export const records = lazy(() => z.looseObject({ results: z.array(record()) }));
/** A page of contacts. */
export const page = lazy(() =>
  records().extend({
    total: z.int().min(0).nullish(),
    paging: z.looseObject({
      next: z.looseObject({ after: z.string().min(1).max(1_000) }).nullish(),
    }).nullish(),
  })
);
/** The properties of contacts or companies. */
export const properties = lazy(() =>
  z.looseObject({
    results: z.array(z.looseObject({
      name: z.string(),
      label: z.string(),
      type: z.string(),
      fieldType: z.string(),
      hidden: z.boolean().nullish(),
      modificationMetadata: z.looseObject({ readOnlyValue: z.boolean() }).nullish(),
    })),
  })
);
/** Reads an answer. Throws ProviderFailed for one that is not as HubSpot's are. */
export function read<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const { success, data } = schema.safeParse(body);
  if (success) return data;
  throw unreadable();
}

/** An answer that makes no sense. */
export function unreadable(): ProviderFailed {
  const failing = { status: 200, code: null, mayHaveHappened: false };
  return new ProviderFailed("HubSpot's answer cannot be read.", failing);
}
