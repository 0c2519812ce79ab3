import type { ApiClient, ApiResponse } from "./api-client.ts";
import { openNextMinute } from "./rate-windows.ts";
import { asOwner } from "./workspace.ts";

const DEALS = "v1-public-deals";

/** A write of one way to the database. */
export interface DealWrite {
  name: string;
  /** How many deals more there are when it is done. */
  made: number;
  send(api: ApiClient, id: string): Promise<ApiResponse>;
}

const items = [{ data: { title: "New" } }];

/** Writes of each way to the database, on a deal that is there. */
export const WRITES: readonly DealWrite[] = [
  { name: "a create", made: 1, send: (api) => api.post(DEALS, { title: "New" }) },
  {
    name: "an update",
    made: 0,
    send: (api, id) => api.patch(`${DEALS}?id=${id}`, { title: "Changed" }),
  },
  { name: "a delete", made: -1, send: (api, id) => api.delete(`${DEALS}?id=${id}`) },
  {
    name: "a keyed create",
    made: 1,
    send: (api) => api.post(DEALS, { title: "New" }, { "idempotency-key": "k" }),
  },
  { name: "a batch", made: 1, send: (api) => api.post(`${DEALS}-batch`, { items }) },
  {
    name: "an atomic batch",
    made: 1,
    send: (api) => api.post(`${DEALS}-batch`, { items, options: { atomic: true } }),
  },
];

/** Lets a workspace have used so many requests of a minute that ends only after the test. */
export async function useRequests(workspaceId: string, requests: number): Promise<void> {
  await asOwner("delete from crm.rate_windows where subject = $1", [workspaceId]);
  await openNextMinute(asOwner, workspaceId, requests);
}

/** How many requests a workspace has used of its minute. */
export async function requestsOf(workspaceId: string): Promise<number | undefined> {
  const [row] = await asOwner<{ requests: number }>(
    "select requests from crm.rate_windows where subject = $1",
    [workspaceId],
  );
  return row?.requests;
}

/** How many deals a workspace has; of one title, if it is given. */
export async function dealsOf(workspaceId: string, title?: string): Promise<number> {
  const [row] = await asOwner<{ n: number }>(
    "select count(*)::int as n from crm.deals where workspace_id = $1 and title = coalesce($2, title)",
    [workspaceId, title ?? null],
  );
  return row!.n;
}
