import { native } from "../../api.ts";

/** What is wrong with a field, or could not be read. */
export interface FieldNote {
  field: string;
  message: string;
}

export type Target = "contact" | "activity";

export type SecretName = "secret" | "verify_token" | "access_token";

/** How a sender proves itself, as far as the console shows it. */
export interface Verification {
  type: "none" | "signature" | "header" | "basic" | "body";
  header?: string;
  field?: string;
  encoding?: "hex" | "base64";
  prefix?: string;
}

export type FieldMap = Readonly<Record<string, string>>;

/** A connector as it is kept. */
export interface Connector {
  id: string;
  slug: string;
  name: string;
  preset: string | null;
  target: Target;
  field_map: FieldMap;
  items: string | null;
  event_id: string | null;
  skip: string | null;
  test: string | null;
  verification: Verification;
  secrets_set: SecretName[];
  requests_per_minute: number;
  created_at: string;
}

/** A connector that was made just now: its address is told this once. */
export interface MadeConnector extends Connector {
  url: string;
}

/** What a connector is made from for a provider. */
export interface Preset {
  name: string;
  title: string;
  target: Target;
  secrets: Partial<Record<SecretName, "required" | "optional">>;
  /** How it proves itself with the secret. */
  verification: Verification;
  /** Where the provider wants the address and the secret, in its own words. */
  setup: string;
}

/** A page of a list of the native API. */
export interface Paged<T> {
  items: T[];
  pagination: { page: number; total: number; total_pages: number; next_cursor: string | null };
}

const CONNECTORS = "v1-public-connectors";

/** All presets, as the API lists them. */
export async function presets(signal?: AbortSignal): Promise<Preset[]> {
  const { data } = await native.get<{ data: { items: Preset[] } }>(
    `${CONNECTORS}/presets`,
    {},
    signal,
  );
  return data.items;
}

/** A page of the connectors, by their names. */
export async function connectorPage(
  page: number,
  search: string,
  signal: AbortSignal,
): Promise<Paged<Connector>> {
  const query = { page, search, per_page: 25, sort_by: "name", sort_order: "asc" };
  const { data } = await native.get<{ data: Paged<Connector> }>(CONNECTORS, query, signal);
  return data;
}

/** One connector. */
export async function connectorOf(id: string, signal?: AbortSignal): Promise<Connector> {
  const { data } = await native.get<{ data: Connector }>(CONNECTORS, { id }, signal);
  return data;
}

/** Makes a connector; with the same key once. */
export async function makeConnector(
  given: Readonly<Record<string, unknown>>,
  idempotencyKey: string,
): Promise<MadeConnector> {
  const { data } = await native.post<{ data: MadeConnector }>(CONNECTORS, given, {
    idempotencyKey,
  });
  return data;
}

/** Changes a connector. */
export async function changeConnector(
  id: string,
  change: Readonly<Record<string, unknown>>,
): Promise<Connector> {
  const { data } = await native.patch<{ data: Connector }>(CONNECTORS, change, { query: { id } });
  return data;
}

/** Deletes a connector: its deliveries stay for as long as they are kept. */
export async function deleteConnector(id: string): Promise<void> {
  await native.delete(CONNECTORS, { query: { id } });
}

/** Gives a connector a new address; the one before works on for some seconds. */
export async function newAddress(id: string, overlapSeconds: number): Promise<string> {
  const { data } = await native.post<{ data: { url: string } }>(
    `${CONNECTORS}/rotate-token`,
    { overlap_seconds: overlapSeconds },
    { query: { id } },
  );
  return data.url;
}
