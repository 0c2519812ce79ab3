import { object, type Schema } from "../../../openapi/schemas.ts";

/** The schema of `meta`, with what some answers tell there besides. */
export function metaOf(more: Record<string, Schema> = {}): Schema {
  return {
    description: "About the answer.",
    ...object({
      request_id: { type: "string", description: "Also the header `X-Request-Id`." },
      api_version: { type: "string", const: "1" },
      timestamp: { type: "string", format: "date-time" },
      ...more,
    }),
  };
}
