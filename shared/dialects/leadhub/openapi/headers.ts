import { AnswerHeaders } from "../../../openapi/headers.ts";
import type { Schema } from "../../../openapi/schemas.ts";

const count: Schema = { type: "integer", minimum: 0 };

/** The headers of LeadHub's answers. */
export const HEADERS = new AnswerHeaders({
  "X-RateLimit-Limit": { description: "Requests that the key has an hour.", schema: count },
  "X-RateLimit-Remaining": { description: "Requests left in this hour.", schema: count },
  "X-RateLimit-Reset": { description: "When the hour ends, in Unix seconds.", schema: count },
});
