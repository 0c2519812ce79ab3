import type { Json } from "./api-client.ts";
import type { LioClient } from "./lio.ts";

/** What a query finds. */
export function executed(
  api: LioClient,
  id: string,
  parameters: object = {},
  widgetType = "table",
): Promise<Json> {
  return api.done(`queries/${id}/execute`, { parameters, widgetType });
}

/** The rows of a query that is given, as pairs, or single values. */
export async function found(api: LioClient, query: object): Promise<Json[]> {
  const { rows } = await executed(api, "custom", { query });
  return rows.map((row: Json) => "dimension" in row ? [row.dimension, row.value] : row.value);
}
