import { randomUUID } from "node:crypto";
import { onTestFinished } from "vitest";
import { type Api, generateApiKey } from "../../shared/auth/api-key.ts";
import { ALL_SCOPES } from "./all-scopes.ts";
import { ApiClient } from "./api-client.ts";
import { asOwner } from "./owner.ts";
import { gatewayUrl } from "./where.ts";

export { asOwner, inOwnerTransaction, useDatabase } from "./owner.ts";
export { databaseUrl, gatewayUrl } from "./where.ts";

/** A workspace of one test. */
export interface TestWorkspace {
  id: string;
  slug: string;
  /** A client with a key of scope admin. */
  api: ApiClient;
  /** Makes another key. */
  key(options?: KeyOptions): Promise<string>;
  /** Makes another key, and tells its id as well. */
  newKey(options?: KeyOptions): Promise<NewKey>;
  /** A client with a key of these scopes. */
  apiWith(options: KeyOptions): Promise<ApiClient>;
}

export interface NewKey {
  id: string;
  key: string;
}

export interface KeyOptions {
  name?: string;
  /** Whose key it is; the native API's unless given. */
  api?: Api;
  /** All that the API knows unless given. */
  scopes?: readonly string[];
  /** Requests in a window of its API; its default unless given. */
  rateLimit?: number;
  allowedIps?: string[];
  allowedDomains?: string[];
  expiresAt?: Date;
  revokedAt?: Date;
}

export interface Limits {
  requests_per_minute?: number;
  contacts_per_day?: number;
  activities_per_day?: number;
}

/** What a workspace of a test is made with. */
export interface Settings extends Limits {
  default_country?: string | null;
}

/** How long a machine with much to do may take for what comes soon. */
const MOST_MS = 120_000;

/**
 * Makes a workspace with a generous rate limit; `settings` sets others. The day, by which caps and
 * dashboards count, has a minute left at least.
 */
export async function testWorkspace(
  settings: Settings = {},
  baseUrl = gatewayUrl(),
): Promise<TestWorkspace> {
  const slug = `t-${randomUUID().slice(0, 18)}`;
  const all = {
    requests_per_minute: 100_000,
    contacts_per_day: 10_000,
    activities_per_day: 50_000,
    default_country: null,
    ...settings,
  };
  await nearMidnight();
  const [{ id }] = await asOwner<{ id: string }>(
    `insert into crm.workspaces (slug, name, requests_per_minute, contacts_per_day, activities_per_day,
       default_country)
     values ($1, $1, $2, $3, $4, $5) returning id`,
    [
      slug,
      all.requests_per_minute,
      all.contacts_per_day,
      all.activities_per_day,
      all.default_country,
    ],
  ) as [{ id: string }];
  const newKey = async (options?: KeyOptions) => {
    if (options?.api !== "lio" || options.scopes?.some((one) => ALL_SCOPES.lio.includes(one))) {
      return await insertKey(id, options);
    }
    // Most of LIO takes no keys, but the tokens of users.
    const { lioToken } = await import("./lio.ts");
    return await lioToken({ id }, options);
  };
  const key = async (options?: KeyOptions) => (await newKey(options)).key;
  return {
    id,
    slug,
    key,
    newKey,
    api: new ApiClient(baseUrl, await key()),
    apiWith: async (options) =>
      new ApiClient(baseUrl, await key(options), options.api === "crm" ? id : null),
  };
}

/** Waits the day of UTC out when little is left of it. */
async function nearMidnight(): Promise<void> {
  const left = 86_400_000 - Date.now() % 86_400_000;
  if (left < 60_000) await new Promise((resolve) => setTimeout(resolve, left + 100));
}

async function insertKey(workspaceId: string, options: KeyOptions = {}): Promise<NewKey> {
  const { api = "lumenbase", rateLimit, allowedIps, expiresAt, revokedAt } = options;
  const { key, publicId, hash } = generateApiKey(api);
  const [row] = await asOwner<{ id: string }>(
    `insert into crm.api_keys (workspace_id, name, api, public_id, key_hash, scopes, rate_limit,
       allowed_ips, expires_at, revoked_at, allowed_domains)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning id`,
    [
      workspaceId,
      options.name ?? "test",
      api,
      publicId,
      Buffer.from(hash),
      options.scopes ?? ALL_SCOPES[api],
      rateLimit ?? null,
      allowedIps ?? null,
      expiresAt ?? null,
      revokedAt ?? null,
      options.allowedDomains ?? null,
    ],
  );
  return { id: row!.id, key };
}

/** Waits, as a test does for what another process will do soon; only kept from hanging. */
export async function eventually<T>(look: () => Promise<T | null | undefined | false>): Promise<T> {
  for (let waited = 0; waited < MOST_MS; waited += 50) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("what the test waits for did not happen");
}

/** Runs `end` when the test is over, whatever its result. */
export function afterwards(end: () => Promise<void>): void {
  onTestFinished(end);
}
