import type pg from "pg";
import { type Api, generateApiKey } from "../../shared/auth/api-key.ts";

const UNLIMITED = 1_000_000_000;
const SCOPES: Readonly<Record<Api, string>> = {
  lumenbase: "{admin}",
  leadhub: "{read:leads,write:leads,write:integrations,write:automations}",
  crm: "{read:crm,write:crm}",
  lio: "{leads:read,leads:write}",
};

/** Makes a key of a workspace that may do all that is measured; answers its text. */
export async function apiKey(
  owner: pg.Client,
  workspaceId: string,
  api: Api = "lumenbase",
): Promise<string> {
  const { key, publicId, hash } = generateApiKey(api);
  await owner.query(
    `insert into crm.api_keys (workspace_id, name, api, public_id, key_hash, scopes, rate_limit)
     values ($1, 'benchmark', $2, $3, $4, $5, $6)`,
    [
      workspaceId,
      api,
      publicId,
      Buffer.from(hash),
      SCOPES[api],
      api === "lumenbase" ? null : UNLIMITED,
    ],
  );
  return key;
}
