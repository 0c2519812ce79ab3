import { ApiClient, type ApiResponse, type Json } from "./api-client.ts";
import { leadHub, type LeadHubWorld, record } from "./leadhub.ts";
import type { Limits } from "./workspace.ts";
import { gatewayUrl } from "./workspace.ts";

/** A workspace that takes leads at the intake. */
export interface IntakeWorld extends LeadHubWorld {
  /** Calls any function. */
  raw: ApiClient;
  /** The intake's. */
  path: string;
  send(body: unknown, headers?: Record<string, string>): Promise<ApiResponse>;
  /** The lead with a number. */
  lead(number: number): Promise<Json>;
}

/** Makes such a workspace. */
export async function intakeWorld(limits: Limits = {}): Promise<IntakeWorld> {
  const world = await leadHub(limits);
  const { api, slug } = world;
  const raw = new ApiClient(gatewayUrl(), api.key);
  const path = `leadhub/api/inbound/leads?tenant=${slug}`;
  return {
    ...world,
    raw,
    path,
    send: (body, headers) => raw.post(path, body, headers),
    lead: async (number) => record(await api.get(`leads/${number}`)),
  };
}
