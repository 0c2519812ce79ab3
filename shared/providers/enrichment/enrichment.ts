import { askService } from "../outgoing/ask-service.ts";
import { ProviderFailed } from "../outgoing/provider-failed.ts";
import { bearer, type Service } from "../outgoing/service.ts";

/** Whom or what the service is asked for; at least one of what follows the kind is given. */
export interface EnrichmentQuery {
  kind: "person" | "company";
  email?: string;
  linkedin_url?: string;
  name?: string;
  company?: string;
  domain?: string;
}

/** What the service knows; nothing of it has been checked but its shape. */
export interface Found {
  data: Readonly<Record<string, unknown>>;
  /** From 0 to 1; null where it is not told. */
  confidence: number | null;
}

/** For an answer, whatever is tried again. */
const TIMEOUT_MS = 30_000;
const MOST_BYTES = 256 * 1024;
const NOTHING_FOUND = 404;

/** The service for enrichment, if one is configured. */
export function enrichmentService(
  { ENRICHMENT_URL: url, ENRICHMENT_API_KEY: key }: Readonly<Record<string, string | undefined>>,
): Service | null {
  if (!url || !key) return null;
  return { name: "Enrichment", url, access: bearer(key), timeoutMs: TIMEOUT_MS, codeOf };
}

/** Asks what is known; null when nothing is. Throws ProviderFailed. */
export async function askEnrichment(
  service: Service,
  query: EnrichmentQuery,
  timeoutMs: number = TIMEOUT_MS,
): Promise<Found | null> {
  const { status, body } = await askService(service, {
    method: "POST",
    path: "",
    json: query,
    // To look something up changes nothing.
    isRepeatable: true,
    mostBytes: MOST_BYTES,
    signal: AbortSignal.timeout(timeoutMs),
  }, [NOTHING_FOUND]);
  return status === NOTHING_FOUND ? null : foundIn(status, body);
}

function foundIn(status: number, body: unknown): Found {
  const { data, confidence } = Object(body) as { data?: unknown; confidence?: unknown };
  if (typeof data !== "object" || data === null || Array.isArray(data)) {
    const message = "Enrichment failed: its answer has no data.";
    throw new ProviderFailed(message, { status, code: null, mayHaveHappened: true });
  }
  const isTold = typeof confidence === "number" && confidence >= 0 && confidence <= 1;
  return { data: data as Record<string, unknown>, confidence: isTold ? confidence : null };
}

// The wire leaves errors open: a code, or a text or an object in its place.
function codeOf(body: unknown): string | null {
  const { code, error } = Object(body) as { code?: unknown; error?: unknown };
  const { code: inner } = Object(error) as { code?: unknown };
  return [code, inner, error].find((one): one is string => typeof one === "string") ?? null;
}
