import { native, type Query } from "../../api.ts";
import type { FieldMap, FieldNote, Paged } from "./connectors.ts";

export type DeliveryStatus = "pending" | "accepted" | "failed" | "ignored" | "test";

/** What came through a connector, and what became of it. */
export interface Delivery {
  id: string;
  connector_id: string | null;
  event_id: string | null;
  status: DeliveryStatus;
  attempts: number;
  content_type: string;
  mapped: Readonly<Record<string, unknown>> | null;
  error: { code: string; message: string; fields?: FieldNote[] } | null;
  warnings: FieldNote[];
  outcome: "created" | "updated" | null;
  contact_id: string | null;
  activity_id: string | null;
  created_at: string;
}

/** A delivery with what was received. */
export interface DetailedDelivery extends Delivery {
  body: string;
  body_encoding: "utf-8" | "base64";
  looked_up: unknown;
}

/** What a delivery would become with another field map. */
export interface Rehearsal {
  outcome: "created" | "updated" | "unchanged" | "ignored" | "test" | "failed";
  reason?: string;
  mapped?: Readonly<Record<string, unknown>>;
  matched_by?: string;
  warnings?: FieldNote[];
  /** Of one of several events. */
  index?: number;
  error?: { message: string; fields?: FieldNote[] };
}

const DELIVERIES = "v1-public-connector-deliveries";

/** A page of deliveries, the newest first. */
export async function deliveryPage(
  query: Query,
  signal?: AbortSignal,
): Promise<Paged<Delivery>> {
  const { data } = await native.get<{ data: Paged<Delivery> }>(
    DELIVERIES,
    { per_page: 25, sort_by: "created_at", sort_order: "desc", ...query },
    signal,
  );
  return data;
}

/** A delivery with its body. */
export async function deliveryOf(id: string, signal?: AbortSignal): Promise<DetailedDelivery> {
  const { data } = await native.get<{ data: DetailedDelivery }>(DELIVERIES, { id }, signal);
  return data;
}

/** Takes a delivery up again, with its connector as it is now. Throws what it is refused for. */
export async function replay(id: string): Promise<void> {
  await native.post(DELIVERIES, {}, { query: { id } });
}

/** Tells what a delivery would become with this field map, one answer for each event in it. */
export async function rehearse(
  id: string,
  fieldMap: FieldMap,
  signal: AbortSignal,
): Promise<Rehearsal[]> {
  const { data } = await native.post<{ data: Rehearsal | { results: Rehearsal[] } }>(
    `${DELIVERIES}/rehearse`,
    { field_map: fieldMap },
    { query: { id }, signal },
  );
  return "results" in data ? data.results : [data];
}
