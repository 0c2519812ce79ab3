import { ApiClient, type ApiResponse, type Json } from "./api-client.ts";
import { asOwner, eventually, type TestWorkspace, testWorkspace } from "./workspace.ts";

export const FEED = "v1-public-events";

/** A workspace with the cursor behind what making it did. */
export interface FeedWorld extends TestWorkspace {
  latest: string;
}

/** Makes one; its client reads the feed once what was written before can be read. */
export async function feedWorld(gatewayUrl?: string): Promise<FeedWorld> {
  const workspace = await testWorkspace({}, gatewayUrl);
  const api = new FeedClient(workspace);
  const { body } = await api.get(`${FEED}?since=latest`);
  return { ...workspace, api, latest: body.meta.next_cursor };
}

class FeedClient extends ApiClient {
  constructor(private readonly workspace: TestWorkspace) {
    super(workspace.api.baseUrl, workspace.api.key);
  }

  override async get(path: string, headers?: Record<string, string>): Promise<ApiResponse> {
    if (path.startsWith(FEED)) await settled(this.workspace.id);
    return super.get(path, headers);
  }
}

/** Waits until no transaction of another test, which began earlier, holds back events of a workspace. */
export async function settled(workspaceId: string): Promise<void> {
  const held = `select from crm.events
    where workspace_id = $1 and xid >= pg_snapshot_xmin(pg_current_snapshot()) limit 1`;
  await eventually(async () => (await asOwner(held, [workspaceId])).length === 0);
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
