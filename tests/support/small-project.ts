import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

export type Files = Record<string, string>;

/** A small project without problems. */
export const GOOD: Files = {
  "package.json": `{
    "dependencies": { "hono": "4.1.0", "@upstash/redis": "1.0.0" },
    "devDependencies": { "tool": "2.0.0-beta.1" }
  }`,
  "deno.json": `{ "imports": {
    "hono": "npm:hono@4.1.0",
    "hono/": "npm:/hono@4.1.0/",
    "@upstash/redis": "npm:@upstash/redis@1.0.0"
  } }`,
  "supabase/config.toml": `project_id = "x"

[functions.one] # a comment
entrypoint = "../functions/one/index.ts"
import_map = "../deno.json" # another
verify_jwt = false

[db]
port = 1
`,
  "functions/one/index.ts": `import { endpoint } from "../../shared/http/endpoint.ts";
import { contacts } from "../../shared/crm/contacts.ts";
export default endpoint(contacts);
`,
  "shared/http/endpoint.ts": `import process from "node:process";
import { Hono } from "hono";
import { logger } from "hono/logger";
import type {
  redis,
} from "../db/redis.ts";
export const endpoint = (one: typeof redis) => [process, Hono, logger, one];
`,
  "shared/crm/contacts.ts": `import { redis } from "../db/redis.ts";
/**
 * import { nothing } from "../http/endpoint.ts";
 */
export type Contact = typeof redis;
export const contacts = redis;
`,
  "shared/db/redis.ts": `export { Redis as redis } from "@upstash/redis";\n`,
};

/** A folder with the good project and these changes of it; removed when the test is over. */
export function project(changes: Files): string {
  const root = mkdtempSync(join(tmpdir(), "lumenbase-checks-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, content] of Object.entries({ ...GOOD, ...changes })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}
