import * as z from "zod";
import { lazy } from "../../memory/lazy.ts";
import { hubspot, hubspotProperties } from "../../providers/crm-import/hubspot.ts";
import type { LioOperation } from "./contract.ts";
import { answer } from "./envelope.ts";
import { flag } from "./filters.ts";
import { organisationApp } from "./organisation-app.ts";
import { readQuery } from "./reading.ts";
import { oneRecord } from "./schemas.ts";

const parameters = lazy(() =>
  z.strictObject({
    all: flag().default(false).meta({
      default: "0",
      description: "Whether hidden and read-only properties are answered as well.",
    }),
  })
);

const found = lazy(() => {
  const properties = z.array(z.object({
    name: z.string(),
    label: z.string(),
    type: z.string(),
    field_type: z.string(),
    read_only: z.boolean(),
  }));
  return oneRecord(z.object({ contacts: properties, companies: properties }))
    .meta({ id: "HubspotProperties" });
});

/** GET: what can be mapped to the fields of leads and companies. */
export const listHubspotProperties: LioOperation = {
  kind: "read",
  get contract() {
    return {
      id: "listHubspotProperties",
      summary: "List the properties of HubSpot's contacts and companies",
      query: parameters(),
      answers: { 200: found() },
      refusals: ["conflict" as const, "provider_failed" as const],
    };
  },
  async run(call) {
    const { all } = readQuery(call, parameters());
    const { access } = await organisationApp(call, "hubspot");
    const service = hubspot(call.services.env, access);
    const [contacts, companies] = await Promise.all([
      hubspotProperties(service, "contacts"),
      hubspotProperties(service, "companies"),
    ]);
    const shown = (properties: typeof contacts) =>
      properties.filter(({ isHidden, isReadOnly }) => all || !isHidden && !isReadOnly)
        .map(({ name, label, type, fieldType, isReadOnly }) => ({
          name,
          label,
          type,
          field_type: fieldType,
          read_only: isReadOnly,
        }));
    const data = { contacts: shown(contacts), companies: shown(companies) };
    return answer(200, data, "HubSpot properties fetched");
  },
};
