import { loadRegistries } from "../../crm/values/registries.ts";
import type { Dialect } from "../../http/dialect.ts";
import { rateLimitHeaders } from "../../http/rate-limit-headers.ts";
import { DEFAULT_LIMIT, type LioCaller } from "./caller.ts";
import { refuse } from "./envelope.ts";
import { refusal } from "./errors.ts";
import { withFileLinks } from "./file-links.ts";
import { identify } from "./identify.ts";

/** LIO (spec: LIO API Documentation). */
export const lio: Dialect<LioCaller> = {
  name: "lio",
  methods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
  identify,
  authorize({ scopes, user }, needed) {
    if (scopes.includes(needed)) return;
    if (user === null) {
      throw refusal("forbidden", "scope_missing", `This API key lacks the scope ${needed}.`);
    }
    throw refusal("forbidden", "role", `Your role lacks the right ${needed}.`);
  },
  accessFirst: true,
  limits: ({ limit, formLimit }) => formLimit ? [limit, formLimit] : [limit],
  refuse,
  finish: withFileLinks,
  limitHeaders: rateLimitHeaders({ limit: DEFAULT_LIMIT, seconds: 60 }),
  prepareWrite: loadRegistries,
};
