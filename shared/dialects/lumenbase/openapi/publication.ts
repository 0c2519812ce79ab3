import type { Publication } from "../../../openapi/publication.ts";

/** Where the native API's contract is published. */
export const PUBLICATION: Publication = {
  version: "1.0.0",
  contract: "v1-public-openapi",
  page: "v1-public-docs",
  payload: "data",
};
