import { expect, test } from "vitest";
import { generateApiKey } from "../../shared/auth/api-key.ts";
import { Authenticator } from "../../shared/auth/authenticate.ts";
import { TokenAuthenticator } from "../../shared/auth/authenticate-token.ts";
import { generateConnectorToken } from "../../shared/auth/connector-token.ts";

const lookUps: string[] = [];
const mistyped = (text: string) => text.replace(/.$/, (last) => last === "0" ? "1" : "0");

const { key, publicId, hash } = generateApiKey();
const keys = new Authenticator((id) => {
  lookUps.push(id);
  return Promise.resolve({
    workspace_id: "w1",
    key_id: "k1",
    key_hash: hash,
    scopes: [],
    allowed_ips: null,
    allowed_domains: null,
    expires_in: 3_600_000,
    revoked_at: null,
    api: "lumenbase" as const,
    rate_limit: null,
    requests_per_minute: 100,
  });
});

const hook = generateConnectorToken();
const tokens = new TokenAuthenticator((id) => {
  lookUps.push(id);
  return Promise.resolve({
    workspace_id: "w1",
    token_id: "t1",
    token_hash: hook.hash,
    expires_in: 3_600_000,
    connector_id: "c1",
    target: "contact",
    connector_requests_per_minute: 60,
    requests_per_minute: 100,
  });
});

test.each([
  ["key", publicId, (text: string) => keys.authenticate(`Bearer ${text}`, () => null), key],
  ["token", hook.publicId, (text: string) => tokens.authenticate(text), hook.token],
])("a mistyped %s is told from an unknown one, without a look-up", async (...given) => {
  const [, id, authenticate, right] = given;
  lookUps.length = 0;
  expect(await authenticate(mistyped(right))).toBe("malformed");
  expect(lookUps).toEqual([]);
  expect(await authenticate(right)).toMatchObject({ workspaceId: "w1" });
  expect(await authenticate(mistyped(right))).toBe("malformed");
  expect(lookUps).toEqual([id]);
});
