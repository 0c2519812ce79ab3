import * as z from "zod";
import { INTEGRATION_TYPES } from "../../crm/integrations.ts";
import { jsonObject } from "../../formats/json-object.ts";
import { noParameters, parseQuery } from "../../http/query.ts";
import { TYPES } from "../../integrations/types.ts";
import { lazy } from "../../memory/lazy.ts";
import type { LeadHubOperation } from "./contract.ts";
import { answer } from "./envelope.ts";

const integrationType = lazy(() =>
  z.object({
    type: z.enum(INTEGRATION_TYPES),
    name: z.string(),
    description: z.string(),
    category: z.enum(["leads", "email", "webhook"]),
    settings_schema: jsonObject.meta({
      description: "What an integration of the type takes as settings (JSON Schema 2020-12).",
    }),
  }).meta({ id: "IntegrationType" })
);

const types = lazy(() =>
  Object.values(TYPES).map(({ type, name, description, category, creation }) => ({
    type,
    name,
    description,
    category,
    settings_schema: z.toJSONSchema(creation(), { io: "input", unrepresentable: "any" }),
  }))
);

/** GET: the types of integrations there are, and the schemas of their settings. */
export const listTypes: LeadHubOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listIntegrationTypes",
      summary: "List the types of integrations",
      answers: { 200: z.object({ data: z.array(integrationType()) }) },
    };
  },
  run(call) {
    parseQuery(noParameters(), call.query);
    return Promise.resolve(answer(200, types()));
  },
};
