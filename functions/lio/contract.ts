import { lioApi } from "../../shared/dialects/lio/openapi/api.ts";
import { openApiDocument } from "../../shared/openapi/document.ts";
import type { Schema } from "../../shared/openapi/schemas.ts";
import { declared } from "./declared.ts";

const described = declared(() => Promise.resolve(contract));

/**
 * LIO's contract, but for where it is published. What is deployed has it made already, in place of this
 * module and all that it imports.
 */
export const contract: Schema = await openApiDocument([described], lioApi());
