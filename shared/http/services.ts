import process from "node:process";
import { Authenticator, type StoredKey } from "../auth/authenticate.ts";
import type { ClientAddressOptions } from "../auth/client-address.ts";
import { Database } from "../db/database.ts";
import { connectionPool } from "../db/pool.ts";
import { chooseRateLimiter, type ChosenRateLimiter } from "../limits/choose.ts";
import { logTrouble } from "./log.ts";

/** What every request of this process shares. */
export interface Services {
  database: Database;
  authenticator: Authenticator;
  limiter: ChosenRateLimiter;
  clientAddress: ClientAddressOptions;
}

let shared: Services | undefined;

/** The services of this process, made from its environment on first use. */
export function services(): Services {
  shared ??= fromEnvironment(process.env);
  return shared;
}

function fromEnvironment(env: Record<string, string | undefined>): Services {
  const url = env.LUMENBASE_DATABASE_URL;
  if (!url) {
    throw new Error("LUMENBASE_DATABASE_URL is not set; the functions cannot reach PostgreSQL.");
  }
  const database = new Database(connectionPool({
    url,
    size: wholeNumber("LUMENBASE_POOL_SIZE", env.LUMENBASE_POOL_SIZE ?? "10"),
    ...(env.LUMENBASE_DATABASE_CA ? { certificateAuthority: env.LUMENBASE_DATABASE_CA } : {}),
  }));
  return {
    database,
    authenticator: new Authenticator((publicId) => findKey(database, publicId)),
    limiter: chooseRateLimiter(
      env,
      async (text, values) => ({ rows: await database.query({ text, values }) }),
      (reason) => logTrouble("rate limit store", reason),
    ),
    clientAddress: {
      header: env.CLIENT_IP_HEADER ?? "x-forwarded-for",
      hops: wholeNumber("TRUSTED_PROXY_HOPS", env.TRUSTED_PROXY_HOPS ?? "1"),
    },
  };
}

async function findKey(database: Database, publicId: string): Promise<StoredKey | null> {
  const rows = await database.query({
    text: "select * from app.find_api_key($1)",
    values: [publicId],
  });
  return (rows[0] as StoredKey | undefined) ?? null;
}

function wholeNumber(name: string, text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) {
    throw new Error(`${name} must be a whole number from 1 to 9999.`);
  }
  return Number(text);
}
