import type { RunningStandIn } from "./all.ts";
import { type Answered, lastingStandIn, type Seen, type StandIn } from "./lasting-stand-in.ts";

/** What the service knows of somebody. */
export interface Known {
  data: Record<string, unknown>;
  confidence?: unknown;
}

/** A local server that answers as the service for enrichment (decisions of LIO: 20), until it is stopped. */
export interface EnrichmentApi extends StandIn {
  stop(): Promise<void>;
  /** What the functions are told of it. */
  environment: { ENRICHMENT_URL: string; ENRICHMENT_API_KEY: string };
  /** What it knows, by an email, a profile, a domain, or a name. */
  known: Map<string, Known>;
  /** What it was asked last. */
  asked: Seen | null;
  /** Has it wait before it answers, until what this answers is called. */
  hold(): () => void;
}

const KEY = "enrichment-key";
const PATH = "/v1/enrich";
const FIELDS = ["email", "linkedin_url", "name", "company", "domain"];

/** Starts a stand-in. */
export async function enrichmentApi(): Promise<EnrichmentApi> {
  const known = new Map<string, Known>();
  let until = Promise.resolve();
  const service = await lastingStandIn(async (request) => {
    api.asked = request;
    await until;
    return answered(known, request);
  });
  const environment = environmentOf(service.url);
  const hold = () => {
    let go = () => {};
    until = new Promise((resolve) => go = resolve);
    return go;
  };
  const api: EnrichmentApi = Object.assign(service, { known, environment, asked: null, hold });
  return api;
}

/** The one that the gateway of all tests asks: it knows Jane, whatever her address, and Globex. */
export async function lastingEnrichment(): Promise<RunningStandIn> {
  const known = new Map<string, Known>([
    ["Jane Roe", { data: { job_title: "Head of Sales", city: "Berlin" }, confidence: 0.9 }],
    ["Globex", { data: { industry_type: "Software", city: "Berlin" }, confidence: 0.8 }],
  ]);
  const { url, stop } = await lastingStandIn((request) => answered(known, request));
  return { environment: environmentOf(url), stop };
}

function environmentOf(url: string): EnrichmentApi["environment"] {
  return { ENRICHMENT_URL: url + PATH, ENRICHMENT_API_KEY: KEY };
}

const refused = (status: number, code: string): Answered => ({ status, body: { error: { code } } });

function answered(
  known: ReadonlyMap<string, Known>,
  { method, path, headers, body }: Seen,
): Answered {
  if (path !== PATH) return refused(404, "unknown_path");
  if (method !== "POST") return refused(405, "method_not_allowed");
  if (headers.authorization !== `Bearer ${KEY}`) return refused(401, "invalid_key");
  if (headers["content-type"] !== "application/json") return refused(415, "no_json");
  const { kind, ...given } = JSON.parse(body.toString()) as Record<string, string>;
  if (kind !== "person" && kind !== "company") return refused(422, "unknown_kind");
  const names = Object.keys(given);
  if (names.length === 0 || names.some((name) => !FIELDS.includes(name))) {
    return refused(422, "wrong_fields");
  }
  const value = FIELDS.map((name) => given[name]).find((one) =>
    one !== undefined && known.has(one)
  );
  const found = value === undefined ? undefined : known.get(value);
  return found === undefined ? refused(404, "nothing_found") : { status: 200, body: found };
}
