import type { ApiClient, Json } from "./api-client.ts";
import { asOwner, eventually } from "./workspace.ts";

/** The log of requests as the native API tells it, once it has a request of this id. */
export async function loggedWith(api: ApiClient, requestId: string, query = ""): Promise<Json[]> {
  return await eventually(async () => {
    const items = await logOf(api, query);
    if (items.some(({ request_id }) => request_id === requestId)) return items;
    // Each look is logged as well, and a page has room for a hundred.
    await new Promise((resolve) => setTimeout(resolve, 300));
    return null;
  }) as Json[];
}

/** A page of the log of requests. */
export async function logOf(api: ApiClient, query = ""): Promise<Json[]> {
  const { status, body, text } = await api.get(`v1-public-requests?per_page=100${query}`);
  if (status !== 200) throw new Error(text);
  return body.data.items;
}

/** Writes requests to a workspace's log, each so many hours ago and else as given. */
export async function logRequests(
  workspaceId: string,
  requests: readonly ({ hours: number } & Record<string, unknown>)[],
): Promise<void> {
  const rows = requests.map(({ hours, ...request }, n) => ({
    workspace_id: workspaceId,
    id: crypto.randomUUID(),
    ago: hours * 3_600_000,
    api: "lumenbase",
    method: "GET",
    path: "/v1-public-users",
    status: 200,
    ms: 1,
    actor_kind: "key",
    actor_id: workspaceId,
    request_id: `logged-${n}`,
    ...request,
  }));
  await asOwner("select app.log_requests($1)", [JSON.stringify(rows)]);
}
