import { type Api, generateApiKey } from "../../../shared/auth/api-key.ts";
import { KEY_APIS } from "../../../shared/dialects/key-apis.ts";
import { type Database, utc } from "./database.ts";
import { type KeyReference, shownKey, unknownKey } from "./key-reference.ts";
import { quoted, Refusal } from "./refusal.ts";
import { unknownWorkspace } from "./workspaces.ts";

/** Whether and how long a key works. A rotating key works until it expires. */
export type KeyState = "active" | "rotating" | "expired" | "revoked";

/** An API key without its secret; times are RFC 3339 in UTC. */
export interface ApiKey {
  id: string;
  publicId: string;
  workspace: string;
  api: Api;
  name: string;
  scopes: string[];
  /** Requests in a window of its API, an hour or a minute: its own limit, else what holds for it. */
  rateLimit: number;
  /** Networks the key works from; null is anywhere. */
  allowedIps: string[] | null;
  /** Hosts whose pages may use it; null is any. */
  allowedDomains: string[] | null;
  state: KeyState;
  expiresAt: string | null;
  revokedAt: string | null;
  lastUsedAt: string | null;
  /** The id of the key that replaces this one. */
  rotatedTo: string | null;
  createdAt: string;
}

/** A new key with its text, which exists nowhere else: the database keeps only its hash. */
export interface NewApiKey extends ApiKey {
  key: string;
}

const DEFAULT_RATES = Object.entries(KEY_APIS)
  .flatMap(([api, { rate }]) => rate ? [`when '${api}' then ${rate.default}`] : []).join(" ");

const COLUMNS = `k.id, k.public_id as "publicId", w.slug as workspace, k.api, k.name, k.scopes,
  coalesce(k.rate_limit, case k.api ${DEFAULT_RATES} else w.requests_per_minute end) as "rateLimit",
  k.allowed_ips::text[] as "allowedIps", k.allowed_domains as "allowedDomains",
  case when k.revoked_at is not null then 'revoked' when k.expires_at <= now() then 'expired'
    when k.rotated_to is not null then 'rotating' else 'active' end as state,
  ${utc("k.expires_at")} as "expiresAt", ${utc("k.revoked_at")} as "revokedAt",
  ${utc("k.last_used_at")} as "lastUsedAt", k.rotated_to as "rotatedTo",
  ${utc("k.created_at")} as "createdAt"`;

const FROM = "crm.api_keys k join crm.workspaces w on w.id = k.workspace_id";

/** Makes a key. Its text is returned here and never again. */
export async function createApiKey(
  database: Database,
  options: {
    workspace: string;
    name: string;
    api?: Api;
    scopes: readonly string[];
    /** Its own limit, for an API that has one for each key. */
    rateLimit?: number;
    expiresAt?: Date;
    allowedIps?: readonly string[];
    allowedDomains?: readonly string[];
  },
): Promise<NewApiKey> {
  const { workspace, name, api = "lumenbase", scopes, rateLimit, expiresAt } = options;
  const { key, publicId, hash } = generateApiKey(api);
  const { rows } = await database.query<ApiKey>(
    `with w as (select id, slug, requests_per_minute from crm.workspaces where slug = $1),
     k as (
       insert into crm.api_keys
         (workspace_id, name, public_id, key_hash, scopes, expires_at, allowed_ips, api, rate_limit, allowed_domains)
       select w.id, $2, $3, $4, $5, $6, $7::cidr[], $8, $9, $10::text[] from w returning *
     ) select ${COLUMNS} from k, w`,
    [
      workspace,
      name,
      publicId,
      Buffer.from(hash),
      scopes,
      expiresAt,
      options.allowedIps,
      api,
      rateLimit,
      options.allowedDomains,
    ],
  );
  if (rows[0]) return { ...rows[0], key };
  throw unknownWorkspace(workspace);
}

/** The keys of one workspace, or of all, oldest first. */
export async function listApiKeys(database: Database, workspace?: string): Promise<ApiKey[]> {
  const { rows } = await database.query<ApiKey>(
    `select ${COLUMNS} from ${FROM} where $1::text is null or w.slug = $1
     order by w.slug, k.created_at, k.id`,
    [workspace ?? null],
  );
  if (rows.length > 0 || workspace === undefined) return rows;
  const found = await database.query("select 1 from crm.workspaces where slug = $1", [workspace]);
  if (found.rows.length > 0) return rows;
  throw unknownWorkspace(workspace);
}

/** Ends a key at once. A key that was revoked before keeps its time, and `changed` is false. */
export async function revokeApiKey(
  database: Database,
  reference: KeyReference,
): Promise<ApiKey & { changed: boolean }> {
  const updated = await database.query(
    "update crm.api_keys set revoked_at = now() where " + matches("") + " and revoked_at is null",
    values(reference),
  );
  return { ...await findApiKey(database, reference), changed: updated.rowCount === 1 };
}

/**
 * Replaces a key by a new one with the same name, API, scopes, networks, limit and expiry. The old
 * one works until the overlap ends.
 */
export async function rotateApiKey(
  database: Database,
  options: KeyReference & { overlapSeconds: number },
): Promise<NewApiKey & { replaces: ApiKey }> {
  const { api, id } = await findApiKey(database, options);
  const { key, publicId, hash } = generateApiKey(api);
  const { rows: [made] } = await database.query<{ id: string | null }>(
    `select app.replace_api_key(k.workspace_id, k.id, $2, $3, $4) as id
     from crm.api_keys k where k.id = $1`,
    [id, publicId, Buffer.from(hash), options.overlapSeconds],
  );
  const replaces = await findApiKey(database, options);
  if (!made?.id) throw await notRotatable(database, replaces);
  return { ...await findApiKey(database, { publicId }), key, replaces };
}

async function notRotatable(database: Database, key: ApiKey): Promise<Refusal> {
  const shown = shownKey(key);
  if (key.rotatedTo && key.state !== "revoked") {
    const successor = await findApiKey(database, { id: key.rotatedTo });
    return new Refusal(
      "conflict",
      `The key ${shown} was rotated already: rotate its successor ${shownKey(successor)} instead.`,
    );
  }
  return new Refusal(
    "conflict",
    `The key ${shown} (${
      quoted(key.name)
    }) is ${key.state} and cannot be rotated: make a new one ` +
      "with `npm run admin -- keys create`.",
  );
}

async function findApiKey(database: Database, reference: KeyReference): Promise<ApiKey> {
  const { rows } = await database.query<ApiKey>(
    `select ${COLUMNS} from ${FROM} where ${matches("k.")}`,
    values(reference),
  );
  if (rows[0]) return rows[0];
  throw unknownKey(reference);
}

function matches(table: string): string {
  return `(${table}public_id = $1 or ${table}id = $2::uuid)`;
}

function values(reference: KeyReference): unknown[] {
  return [reference.publicId ?? null, reference.id ?? null];
}
