import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { startUpstash, type UpstashStandIn } from "../support/upstash.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const TAKE_FIVE = `
  const windows = await Promise.all([1, 2, 3, 4, 5].map(() => limiter.take({ subject: "a", limit: 3, seconds: 60 })));
  console.log(JSON.stringify({ used: windows.map(({ used }) => used).sort(), troubles }));
`;
const DIRECTLY = `
  import { upstashRateLimiter } from "./shared/limits/upstash.ts";
  const { url, token } = JSON.parse(Deno.env.get("STAND_IN"));
  const limiter = upstashRateLimiter({ url, token, timeoutMs: 60_000 });
  const troubles = [];
  ${TAKE_FIVE}
`;
const WITH_FALLBACK = `
  import { chooseRateLimiter } from "./shared/limits/choose.ts";
  const { url, token } = JSON.parse(Deno.env.get("STAND_IN"));
  const env = { UPSTASH_REDIS_REST_URL: url, UPSTASH_REDIS_REST_TOKEN: token };
  const troubles = [];
  const limiter = chooseRateLimiter(env, null, (reason) => troubles.push(reason));
  ${TAKE_FIVE}
`;
let upstash: UpstashStandIn;

beforeEach(async () => void (upstash = await startUpstash()));
afterEach(() => upstash.refuse());

async function runInDeno(code: string): Promise<unknown> {
  const { runInstall } = createRequire(import.meta.url)("deno/install_api.cjs");
  const { stdout } = await promisify(execFile)(runInstall(), ["eval", code], {
    cwd: PROJECT,
    env: { ...process.env, STAND_IN: JSON.stringify(upstash) },
  });
  return JSON.parse(stdout);
}

test("counts in Upstash under Deno", async () => {
  expect(await runInDeno(DIRECTLY)).toEqual({ used: [1, 2, 3, 4, 4], troubles: [] });
});

test("counts in memory under Deno when Upstash hangs", async () => {
  upstash.behave({ delayMs: 600_000 });
  expect(await runInDeno(WITH_FALLBACK)).toEqual({
    used: [1, 2, 3, 4, 4],
    troubles: [expect.stringMatching(/within 1000 ms|aborted|timed out/)],
  });
});

test("counts in memory under Deno when Upstash is gone", async () => {
  await upstash.refuse();
  expect(await runInDeno(WITH_FALLBACK)).toMatchObject({
    used: [1, 2, 3, 4, 4],
    troubles: [expect.any(String)],
  });
});
