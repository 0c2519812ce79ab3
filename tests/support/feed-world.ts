import type { ApiClient, Json } from "./api-client.ts";
import { type TestWorkspace, testWorkspace } from "./workspace.ts";

export const FEED = "v1-public-events";

/** A workspace with the cursor behind what making it did. */
export interface FeedWorld extends TestWorkspace {
  latest: string;
}

/** Makes one. */
export async function feedWorld(): Promise<FeedWorld> {
  const workspace = await testWorkspace();
  const { body } = await workspace.api.get(`${FEED}?since=latest`);
  return { ...workspace, latest: body.meta.next_cursor };
}

/** Makes a contact; answers it. */
export async function contactIn(api: ApiClient, email = "jane@example.com"): Promise<Json> {
  return (await api.post("v1-public-contacts", { email, last_name: "Roe" })).body.data;
}

/** Reads the feed page by page to its end. */
export async function readAll(api: ApiClient, query: string): Promise<Json[]> {
  const all: Json[] = [];
  for (let since = "";;) {
    const { body } = await api.get(`${FEED}?${query}${since}`);
    all.push(...body.data);
    if (!body.meta.has_more) return all;
    since = `&since=${body.meta.next_cursor}`;
  }
}
