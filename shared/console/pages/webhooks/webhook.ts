import { leadhub } from "../../api.ts";

/** A webhook, as LeadHub answers it. */
export interface Webhook {
  id: number;
  name: string;
  is_active: boolean;
  status: string;
  settings: { url: string; secret: string; events: readonly string[] };
  last_error: string | null;
  created_at: string;
  updated_at: string;
}

/** One try to tell a webhook. */
export interface Attempt {
  at: string;
  status_code: number | null;
  error: string | null;
  duration_ms: number;
}

/** What a webhook was told, or is to be told. */
export interface Delivery {
  id: number;
  webhook_id: string;
  event_type: string;
  status: "pending" | "succeeded" | "failed";
  attempts: readonly Attempt[];
  next_attempt_at: string | null;
  created_at: string;
}

interface IntegrationType {
  type: string;
  settings_schema: { properties?: { events?: EventsSchema } };
}

interface EventsSchema {
  items?: { enum?: readonly string[] };
  anyOf?: readonly EventsSchema[];
}

/** The path of a webhook at LeadHub. */
export function pathOf(id: string | number): string {
  return `integrations/${encodeURIComponent(id)}`;
}

/** Reads a webhook. */
export async function readWebhook(id: string, signal: AbortSignal): Promise<Webhook> {
  return (await leadhub.get<{ data: Webhook }>(pathOf(id), {}, signal)).data;
}

/** The events that a webhook can be told of, as the type of integration says. */
export async function readEvents(signal: AbortSignal): Promise<readonly string[]> {
  const path = "integrations/types";
  const { data } = await leadhub.get<{ data: readonly IntegrationType[] }>(path, {}, signal);
  const events = data.find(({ type }) => type === "webhook")?.settings_schema.properties?.events;
  return wordsOf(events);
}

function wordsOf(schema: EventsSchema | undefined): readonly string[] {
  return schema?.items?.enum ?? schema?.anyOf?.flatMap(wordsOf) ?? [];
}
