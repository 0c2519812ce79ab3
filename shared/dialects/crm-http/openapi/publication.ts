import type { Publication } from "../../../openapi/publication.ts";

/** Where the contract of the CRM HTTP API is published. */
export const PUBLICATION: Publication = {
  version: "1.0.0",
  contract: "crm/openapi.json",
  page: "crm/docs",
};
