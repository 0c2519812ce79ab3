import { afterAll, expect, test } from "vitest";
import { testGateway } from "../support/gateway.ts";
import { startUpstash, type UpstashStandIn } from "../support/upstash.ts";
import { afterwards, eventually, testWorkspace } from "../support/workspace.ts";
import { LONG, tell } from "./form.ts";

const LIST = "v1-public-contacts-crud";
const LIMIT = 5;
const REQUESTS = 14;
const json = (result: unknown) => JSON.stringify([{ result }]);

/** Every way in which the store has been seen, or could be thought, to fail. */
const TROUBLES: [string, (upstash: UpstashStandIn) => unknown][] = [
  ["slow", (upstash) => upstash.behave({ delayMs: 30_000 })],
  ["gone", (upstash) => upstash.refuse()],
  ["a wall of HTML", (upstash) => upstash.behave({ answer: "<html>", status: 502 })],
  ["HTML that says it is fine", (upstash) => upstash.behave({ answer: "<html>", status: 200 })],
  ["nothing", (upstash) => upstash.behave({ answer: "" })],
  ["half a JSON", (upstash) => upstash.behave({ answer: '[{"result":' })],
  ["no list", (upstash) => upstash.behave({ answer: '{"result":1}' })],
  ["null", (upstash) => upstash.behave({ answer: json(null) })],
  ["a count of less than none", (upstash) => upstash.behave({ answer: json([-1, 100]) })],
  ["a count of words", (upstash) => upstash.behave({ answer: json(["many", "few"]) })],
  [
    "a quota that is used up",
    (upstash) =>
      upstash.behave({ answer: '{"error":"ERR max requests limit exceeded"}', status: 429 }),
  ],
  [
    "a token that is refused",
    (upstash) => upstash.behave({ answer: '{"error":"WRONGPASS"}', status: 401 }),
  ],
];

// The unit tests of the limiter try them all; here each gateway costs a second.
const tried = TROUBLES.filter((_, i) => LONG || i % 3 === 0);

test.each(tried)("with a store that gives %s, the limit holds here", async (_, trouble) => {
  const upstash = await startUpstash();
  afterwards(() => upstash.refuse().catch(() => {}));
  const { url, log } = await testGateway({
    UPSTASH_REDIS_REST_URL: upstash.url,
    UPSTASH_REDIS_REST_TOKEN: upstash.token,
  });
  const { api } = await testWorkspace({ requests_per_minute: LIMIT }, url);
  await trouble(upstash);
  const statuses: number[] = [];
  for (let i = 0; i < REQUESTS; i++) {
    const answer = i % 2 === 0
      ? await api.get(LIST)
      : await api.post("v1-public-contacts", { email: `u${i}@example.com` });
    statuses.push(answer.status);
    expect(answer.headers.get("x-ratelimit-limit")).toBe(String(LIMIT));
  }
  const passed = statuses.filter((status) => status < 300).length;
  expect(statuses.every((status) => status < 300 || status === 429), String(statuses)).toBe(true);
  // The minute may turn once meanwhile, which gives the workspace its requests again.
  expect(passed).toBeGreaterThanOrEqual(LIMIT);
  expect(passed).toBeLessThanOrEqual(2 * LIMIT);
  await eventually(async () => log.some((line) => line.includes('"trouble":"rate limit store"')));
  expect(log.join("\n")).not.toContain(upstash.token);
});

afterAll(() => tell("a rate limit store that fails", { ways: tried.length, "5xx": 0 }));
