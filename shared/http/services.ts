import process from "node:process";
import { type StoredToken, TokenAuthenticator } from "../auth/authenticate-token.ts";
import { Authenticator, type StoredKey } from "../auth/authenticate.ts";
import { FormTokenAuthenticator, type StoredFormToken } from "../auth/form-token.ts";
import type { ClientAddressOptions } from "../auth/client-address.ts";
import { lookUp } from "../auth/look-up.ts";
import { Database } from "../db/database.ts";
import { Pool } from "../db/wire/pool.ts";
import { chooseRateLimiter, type ChosenRateLimiter } from "../limits/choose.ts";
import { type KeyServices, keyServices } from "./key-services.ts";
import { logTrouble } from "./log.ts";
import { publicUrl } from "./public-url.ts";
import { RequestLog } from "./request-log.ts";
import { type SessionServices, sessionServices } from "./session-services.ts";

/** Where leads are fetched from when nothing else is configured (Meta: Graph API). */
const GRAPH_URL = "https://graph.facebook.com/v24.0";

/** What every request of this process shares. */
export interface Services extends SessionServices, KeyServices {
  database: Database;
  authenticator: Authenticator;
  tokens: TokenAuthenticator;
  formTokens: FormTokenAuthenticator;
  limiter: ChosenRateLimiter;
  /** Where requests of workspaces are logged for these; null where that is off. */
  requestLog: RequestLog | null;
  clientAddress: ClientAddressOptions;
  /** The address of the functions. */
  publicUrl: string;
  /** How long a stream of events is open at most, in seconds: less than the host lets one be. */
  streamSeconds: number;
  /** Requests a minute of each user who signed in to one workspace. */
  userRequestsPerMinute: number;
  /** Requests a minute of each client's address where nobody has to sign in. */
  publicRequestsPerMinute: number;
  /** The address of Meta's Graph API. */
  graphUrl: string;
  env: Readonly<Record<string, string | undefined>>;
}

type Query = Pick<Database, "query">;

let shared: Services | undefined;

/** The services of this process, made from its environment on first use. */
export function services(): Services {
  shared ??= fromEnvironment(process.env);
  return shared;
}

/** Writes what this process has yet to write, before it ends. */
export async function settleServices(): Promise<void> {
  await shared?.requestLog?.flush();
}

function fromEnvironment(env: Record<string, string | undefined>): Services {
  const url = env.LUMENBASE_DATABASE_URL;
  if (!url) {
    throw new Error("LUMENBASE_DATABASE_URL is not set; the functions cannot reach PostgreSQL.");
  }
  const address = publicUrl(env);
  const { database, lookups } = databases(env, url);
  return {
    database,
    authenticator: new Authenticator((publicId, hash) =>
      find<StoredKey>(lookups, "app.find_api_key", publicId, hash)
    ),
    tokens: new TokenAuthenticator((publicId, hash) =>
      find<StoredToken>(lookups, "app.find_connector_token", publicId, hash)
    ),
    ...sessionServices(env, address, (statement) => lookups.query(statement)),
    formTokens: new FormTokenAuthenticator((publicId, hash) =>
      find<StoredFormToken>(lookups, "app.find_form_token", publicId, hash)
    ),
    limiter: chooseRateLimiter(
      env,
      async (text, values) => ({ rows: await lookups.query({ text, values }) }),
      (reason) => logTrouble("rate limit store", reason),
    ),
    requestLog: isOn("LUMENBASE_REQUEST_LOG", env) ? new RequestLog(database) : null,
    clientAddress: {
      header: env.CLIENT_IP_HEADER ?? "x-forwarded-for",
      hops: wholeNumber("TRUSTED_PROXY_HOPS", env.TRUSTED_PROXY_HOPS ?? "1"),
    },
    streamSeconds: wholeNumber("LUMENBASE_STREAM_SECONDS", env.LUMENBASE_STREAM_SECONDS ?? "120"),
    userRequestsPerMinute: requestsPerMinute(env, "LUMENBASE_USER_REQUESTS_PER_MINUTE"),
    publicRequestsPerMinute: requestsPerMinute(env, "LUMENBASE_PUBLIC_REQUESTS_PER_MINUTE"),
    publicUrl: address,
    graphUrl: (env.META_GRAPH_URL || GRAPH_URL).replace(/\/+$/, ""),
    env,
    ...keyServices(env.LUMENBASE_ENCRYPTION_KEY),
  };
}

function databases(env: Record<string, string | undefined>, url: string) {
  const certificateAuthority = env.LUMENBASE_DATABASE_CA;
  const open = (size: number) =>
    new Database(
      new Pool({ url, size, ...(certificateAuthority ? { certificateAuthority } : {}) }),
    );
  const size = wholeNumber("LUMENBASE_POOL_SIZE", env.LUMENBASE_POOL_SIZE ?? "10");
  const database = open(size);
  // For looking up keys and limits while the others are busy: heavy writes never starve that. A
  // process with little to do, above all one that has just started, does with one connection.
  const entrance = open(Math.max(1, Math.floor(size / 5)));
  const lookups: Query = {
    query: (statement) => (database.mostlyFree ? database : entrance).query(statement),
  };
  return { database, lookups };
}

async function find<T>(
  database: Query,
  ...key: Parameters<typeof lookUp>
): Promise<T | null> {
  const rows = await database.query(lookUp(...key));
  return (rows[0] as T | undefined) ?? null;
}

function requestsPerMinute(env: Record<string, string | undefined>, name: string): number {
  const text = env[name] ?? "600";
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new Error(`${name} must be a whole number from 1 to 999999999.`);
}

function isOn(name: string, env: Record<string, string | undefined>): boolean {
  const text = env[name] || "on";
  if (text === "on" || text === "off") return text === "on";
  throw new Error(`${name} must be on or off.`);
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) {
    throw new Error(`${name} must be a whole number from 1 to 9999.`);
  }
  return Number(text);
}
