import { fetchLead, LeadNotFetched } from "../providers/ads/meta.ts";
import type { StoredConnector } from "./stored-connector.ts";
import type { Call } from "../http/call.ts";
import { secretsOf } from "./proof.ts";
import { NobodyIdentified } from "./target-values.ts";
import { InvalidInput } from "../refusals/errors.ts";
import { ApiError } from "../dialects/lumenbase/errors.ts";

const RETRY_SECONDS = "60";

/**
 * Fetches what an event only names: a lead of Meta, as `lead` beside the event's own fields. Throws
 * 503 when the other side is away, 400 when it refuses.
 */
export async function lookUp(
  call: Call,
  connector: StoredConnector,
  event: unknown,
): Promise<{ completed: unknown; lookedUp: Record<string, unknown> }> {
  const { access_token, secret } = await secretsOf(call, connector);
  const named = typeof event === "object" && event !== null ? event : {};
  try {
    const lead = await fetchLead((named as { leadgen_id?: unknown }).leadgen_id, {
      url: call.services.graphUrl,
      accessToken: access_token ?? "",
      appSecret: secret,
    });
    return { completed: { ...named, lead }, lookedUp: lead };
  } catch (error) {
    if (!(error instanceof LeadNotFetched)) throw error;
    if (error.outlook === "passing") {
      throw new ApiError("SERVICE_UNAVAILABLE", error.message, undefined, {
        "Retry-After": RETRY_SECONDS,
      });
    }
    const fields = [{ field: "leadgen_id", message: error.message }];
    const message = "The lead could not be fetched.";
    if (error.outlook === "gone") throw new NobodyIdentified(fields, message);
    throw new InvalidInput(fields, message);
  }
}
