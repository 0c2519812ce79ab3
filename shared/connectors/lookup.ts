import { fetchLead, LeadNotFetched } from "../providers/ads/meta.ts";
import { InvalidInput } from "../refusals/errors.ts";
import { Refusal } from "../refusals/refusal.ts";
import { type ConnectorContext, secretsOf } from "./context.ts";
import type { StoredConnector } from "./stored-connector.ts";
import { NobodyIdentified } from "./target-values.ts";

const RETRY_SECONDS = 60;

/**
 * Fetches what an event only names: a lead of Meta, as `lead` beside the event's own fields. Throws
 * Refusal: unavailable when the other side is away, NobodyIdentified when it has no such lead,
 * invalid when it refuses.
 */
export async function lookUp(
  context: ConnectorContext,
  connector: StoredConnector,
  event: unknown,
): Promise<{ completed: unknown; lookedUp: Record<string, unknown> }> {
  const { access_token, secret } = await secretsOf(context, connector);
  const given = typeof event === "object" && event !== null ? event : {};
  try {
    const lead = await fetchLead((given as { leadgen_id?: unknown }).leadgen_id, {
      url: context.graphUrl,
      accessToken: access_token ?? "",
      appSecret: secret,
    });
    return { completed: { ...given, lead }, lookedUp: lead };
  } catch (error) {
    if (!(error instanceof LeadNotFetched)) throw error;
    if (error.outlook === "passing") {
      throw new Refusal("unavailable", error.message, { retry_after: RETRY_SECONDS });
    }
    const fields = [{ field: "leadgen_id", message: error.message }];
    const message = "The lead could not be fetched.";
    if (error.outlook === "gone") throw new NobodyIdentified(fields, message);
    throw new InvalidInput(fields, message);
  }
}
