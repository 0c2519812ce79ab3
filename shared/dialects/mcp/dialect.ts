import type { Dialect } from "../../http/dialect.ts";
import { keyHolder } from "../../http/key-holder.ts";
import { rateLimitHeaders } from "../../http/rate-limit-headers.ts";
import type { McpCaller } from "./caller.ts";
import { refuse } from "./refuse.ts";

/** What the one route of this API is declared with: whoever has a key may ask, and each tool needs its own. */
export const EACH_TOOLS_OWN = "that of the tool";

/** The Model Context Protocol, with keys and limits of the native API. */
export const mcp: Dialect<McpCaller> = {
  name: "mcp",
  methods: ["POST"],
  async identify(call) {
    const { workspaceId, keyId, scopes, requestsPerMinute } = await keyHolder(call, "lumenbase");
    return { workspaceId, actor: { kind: "mcp", id: keyId }, scopes, requestsPerMinute };
  },
  authorize: () => {},
  limits: ({ workspaceId, requestsPerMinute }) => [{
    subject: workspaceId,
    limit: requestsPerMinute,
    seconds: 60,
    name: "requests_per_minute",
    policy: "workspace",
  }],
  refuse,
  limitHeaders: rateLimitHeaders({ limit: 100, seconds: 60 }),
};
