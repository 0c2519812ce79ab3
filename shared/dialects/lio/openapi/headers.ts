import { AnswerHeaders } from "../../../openapi/headers.ts";
import type { Schema } from "../../../openapi/schemas.ts";

const count: Schema = { type: "integer", minimum: 0 };

/** The headers of this API's answers. */
export const HEADERS = new AnswerHeaders({
  "X-RateLimit-Limit": { description: "Requests that the caller has a minute.", schema: count },
  "X-RateLimit-Remaining": { description: "Requests left in this minute.", schema: count },
  "X-RateLimit-Reset": { description: "When the minute ends, in Unix seconds.", schema: count },
});
