import type { Publication } from "../../../openapi/publication.ts";

/** Where the contract of LIO is published. */
export const PUBLICATION: Publication = {
  version: "1.0.0",
  contract: "lio/openapi.json",
  page: "lio/docs",
  payload: "data",
};
