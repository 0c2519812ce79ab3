import { expect } from "vitest";
import type { ApiResponse } from "../api-client.ts";
import type { ContractOperation } from "../contract-document.ts";

/** What of dashboards and queries only the server can tell. */
export const DASHBOARD_MISTAKES: readonly string[] = [
  "^Is no (parameter|widget) of this query",
  "^Is required (by this query|with (eq|ne|gte?|lte?|in|contains)\\.)",
  "^Must (be (one value|a text|true or false|a list of 1 to \\d+ values)|not be empty) with \\w+\\.",
  "^Must be the id of a dashboard, or its dashboard_id",
  "^Must be another (than number of a query with a dimension|id than those of the widgets before)",
];

/** A body with a dashboard_id of its own, where it makes a dashboard. */
export function ownDashboard({ id }: ContractOperation, body: unknown, i = 999): object {
  const given = body as object;
  return id === "createDashboard" ? { ...given, dashboard_id: `sales-${i}` } : given;
}

/** Whether what was asked for may be the name of a dashboard, of which there is none. */
export function isOfDashboard({ status, body }: ApiResponse): boolean {
  if (!body.error.message.startsWith("No dashboard ")) return false;
  expect(status).toBe(404);
  return true;
}
