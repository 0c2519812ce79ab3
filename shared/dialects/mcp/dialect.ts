import type { Dialect } from "../../http/dialect.ts";
import { ROLE_SCOPES } from "../../crm/scopes.ts";
import { keyOrSession } from "../../http/key-or-session.ts";
import { rateLimitHeaders } from "../../http/rate-limit-headers.ts";
import type { McpCaller } from "./caller.ts";
import { refuse } from "./refuse.ts";

/** What the one route of this API is declared with: whoever has a key or a user token may ask, and each tool needs its own. */
export const EACH_TOOLS_OWN = "that of the tool";

/** The Model Context Protocol, with keys, users and limits of the native API. */
export const mcp: Dialect<McpCaller> = {
  name: "mcp",
  methods: ["POST"],
  async identify(call) {
    const caller = await keyOrSession(call, { api: "lumenbase", roles: ROLE_SCOPES });
    const { limit, actor: { id } } = caller;
    // What a user does is theirs, as in the other APIs.
    return limit === undefined ? { ...caller, actor: { kind: "mcp", id } } : caller;
  },
  authorize: () => {},
  limits: ({ workspaceId, requestsPerMinute, limit }) => [
    limit ?? {
      subject: workspaceId,
      limit: requestsPerMinute,
      seconds: 60,
      name: "requests_per_minute",
      policy: "workspace",
    },
  ],
  refuse,
  limitHeaders: rateLimitHeaders({ limit: 100, seconds: 60 }),
};
