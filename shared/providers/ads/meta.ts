import { createHmac } from "node:crypto";
import * as z from "zod";

const TIMEOUT_MS = 5_000;

// Those of an ad need more permissions, and are not asked for.
const FIELDS = "id,created_time,field_data,custom_disclaimer_responses";

const leadSchema = z.looseObject({
  id: z.string(),
  // A question that was left blank comes without values.
  field_data: z.array(z.looseObject({ name: z.string(), values: z.array(z.unknown()).optional() })),
});

const refusalSchema = z.looseObject({
  error: z.looseObject({
    message: z.string(),
    code: z.int().optional(),
    is_transient: z.boolean().optional(),
  }),
});

// Meta's codes (Graph API: Handling Errors): too many calls, or a fault of its own.
const PASSING = new Set([1, 2, 4, 17, 32, 341, 613]);
// No such object, none that can be read, no such id.
const GONE = new Set([21, 100, 803]);

/** A lead that could not be fetched. */
export class LeadNotFetched extends Error {
  override name = "LeadNotFetched";
  constructor(
    message: string,
    /** Another try may work soon, once the access is mended, or never. */
    readonly outlook: "passing" | "refused" | "gone",
  ) {
    super(message);
  }
}

/** How to open the Graph API. */
export interface GraphAccess {
  /** Without a slash at the end. */
  url: string;
  accessToken: string;
  /** The app's secret, which proves that the app itself asks (Meta: appsecret_proof). */
  appSecret: string | undefined;
}

/**
 * Fetches a lead by the id that a `leadgen` event names (Meta: Retrieving Leads). Gives
 * LeadNotFetched when the id is none, or when the Graph API refuses, fails or takes longer than 5 s.
 */
export async function fetchLead(
  leadgenId: unknown,
  access: GraphAccess,
): Promise<Record<string, unknown>> {
  const id = typeof leadgenId === "string" || typeof leadgenId === "number" ? `${leadgenId}` : "";
  if (!/^\d{1,32}$/.test(id)) {
    throw new LeadNotFetched("The event has no leadgen_id of digits.", "gone");
  }
  const response = await asked(id, access);
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw refused(response.status, body);
  const lead = leadSchema.safeParse(body);
  if (lead.success && lead.data.id === id) return lead.data;
  throw new LeadNotFetched("Meta's answer holds no lead with this leadgen_id.", "gone");
}

async function asked(id: string, { url, accessToken, appSecret }: GraphAccess): Promise<Response> {
  const query = new URLSearchParams({ fields: FIELDS });
  if (appSecret !== undefined) {
    query.set("appsecret_proof", createHmac("sha256", appSecret).update(accessToken).digest("hex"));
  }
  try {
    return await fetch(`${url}/${id}?${query}`, {
      headers: { Authorization: `Bearer ${accessToken}`, Accept: "application/json" },
      redirect: "error",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    throw new LeadNotFetched("Meta did not answer within 5 s.", "passing");
  }
}

function refused(status: number, body: unknown): LeadNotFetched {
  const refusal = refusalSchema.safeParse(body).data?.error;
  const reason = refusal === undefined
    ? `status ${status}`
    : `${refusal.code ?? status}: ${refusal.message.slice(0, 300)}`;
  const code = refusal?.code ?? 0;
  const passing = status >= 500 || status === 429 || refusal?.is_transient || PASSING.has(code);
  const outlook = passing ? "passing" : GONE.has(code) || status === 404 ? "gone" : "refused";
  return new LeadNotFetched(`Meta refused to give the lead (${reason}).`, outlook);
}
