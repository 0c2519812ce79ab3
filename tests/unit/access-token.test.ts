import { expect, test } from "vitest";
import { accessToken } from "../../shared/providers/mail/oauth.ts";
import { CLIENT } from "../support/providers/oauth-worlds.ts";
import { tokenEndpoint } from "../support/providers/token-endpoint.ts";

const PROVIDER = { name: "Service", reason: () => undefined };

async function access(refreshToken: string) {
  const client = { ...CLIENT, refreshToken };
  const endpoint = await tokenEndpoint(client);
  const grant = { ...client, tokenUrl: endpoint.url, rotated: () => {} };
  return { endpoint, ask: (stale?: string) => accessToken(PROVIDER, grant, stale) };
}

test("who asks at once for a token in place of a refused one gets the same new one", async () => {
  const { endpoint, ask } = await access("refresh-a");
  const refused = await ask();
  const [one, other] = await Promise.all([ask(refused), ask(refused)]);
  expect(one).not.toBe(refused);
  expect(other).toBe(one);
  expect(endpoint.seen).toHaveLength(2);
  expect(await ask(refused)).toBe(one);
});

test("a renewal that failed is not kept", async () => {
  const { endpoint, ask } = await access("refresh-b");
  endpoint.mishaps.push({ status: 503 });
  const failed = await Promise.allSettled([ask(), ask()]);
  expect(failed).toMatchObject([
    { reason: { outcome: { state: "later" } } },
    { reason: { outcome: { state: "later" } } },
  ]);
  expect(endpoint.seen).toHaveLength(1);
  expect(await ask()).toMatch(/^access-/);
});
