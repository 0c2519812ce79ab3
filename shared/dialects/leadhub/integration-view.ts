import { parse, stringify } from "lossless-json";
import * as z from "zod";
import { integrations } from "../../crm/integrations.ts";
import { column, lookup, number } from "../../crm/views/codecs.ts";
import { view } from "../../crm/views/view.ts";
import { sql } from "../../db/sql.ts";
import { JsonText } from "../../formats/json-text.ts";
import type { Call, Outcome } from "../../http/call.ts";
import type { IntegrationContext } from "../../integrations/context.ts";
import { networksOf } from "../../providers/outgoing/networks.ts";
import { answer } from "./envelope.ts";

/** An integration as this API names it. */
export const integration = view(integrations, {
  id: number(),
  type: column(),
  name: column(),
  is_active: column(),
  status: column(),
  settings: column(),
  // Told when it is made, and never again.
  webhook_url: lookup(() => z.string().nullable(), () => sql`select null::text`),
  last_error: column(),
  created_at: column(),
  updated_at: column(),
});

/** What an integration tells once: secrets that were made for it, and where leads are sent to. */
export interface Told {
  secrets: Readonly<Record<string, string>>;
  webhookUrl?: string | null;
}

/** The answer with an integration that tells what is told once. */
export function tellOnce(status: 200 | 201, record: JsonText, told: Told): Outcome {
  const { settings, webhook_url, ...others } = parse(record.text) as Record<string, unknown>;
  const whole = {
    ...others,
    settings: { ...settings as object, ...told.secrets },
    webhook_url: told.webhookUrl ?? webhook_url,
  };
  const data = new JsonText(stringify(whole) ?? "null");
  return { ...answer(status, data), confidential: true };
}

/** What integrations are set up with in answer to a request. */
export function contextOf({ workspace, services }: Call): IntegrationContext {
  const { secrets, env } = services;
  return { workspace, secrets, networks: networksOf(env.OUTBOUND_PRIVATE_NETWORKS) };
}
