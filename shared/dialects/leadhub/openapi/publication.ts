import type { Publication } from "../../../openapi/publication.ts";

/** Where LeadHub's contract is published. */
export const PUBLICATION: Publication = {
  version: "1.0.0",
  contract: "leadhub/openapi.json",
  page: "leadhub/docs",
};
