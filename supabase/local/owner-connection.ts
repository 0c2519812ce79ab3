import pg from "pg";
import { errorCode, Failure } from "./failure.ts";

const OLDEST = 15;
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * The URL as given, except that a server on this computer, which seldom has a certificate, is not
 * asked for one unless the URL says so.
 */
export function withLocalTls(url: string): string {
  const parsed = new URL(url);
  if (!LOOPBACK.test(parsed.hostname) || parsed.searchParams.has("sslmode")) return url;
  parsed.searchParams.set("sslmode", "disable");
  return parsed.href;
}

/** Connects, runs `use`, and disconnects. `sslmode` means what it means to psql. */
export async function withClient<T>(
  url: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const parsed = new URL(withLocalTls(url));
  if (parsed.searchParams.has("sslmode")) parsed.searchParams.set("uselibpqcompat", "true");
  const client = new pg.Client({ connectionString: parsed.href, connectionTimeoutMillis: 10_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** Refuses a DATABASE_URL that is not one, that nobody answers, or whose server is too old. */
export async function checkDatabase(url: string): Promise<void> {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new Failure(
      "DATABASE_URL is not a connection URL: write it as postgresql://user:password@host:5432/name.",
    );
  }
  const version = await withClient(url, async (client) => {
    const { rows } = await client.query<{ number: number }>(
      "select current_setting('server_version_num')::int as number",
    );
    return Math.floor((rows[0]?.number ?? 0) / 10_000);
  }).catch((error) => {
    throw unreachable(url, error);
  });
  if (version >= OLDEST) return;
  throw new Failure(
    `The server of DATABASE_URL is PostgreSQL ${version}, and Lumenbase needs ${OLDEST} or later: ` +
      "upgrade it, or unset DATABASE_URL to use the embedded server.",
  );
}

function unreachable(url: string, error: unknown): Failure {
  const { hostname, port } = new URL(url);
  const reason = (error as Error).message || errorCode(error);
  return new Failure(
    `The database of DATABASE_URL (${hostname}:${
      port || 5432
    }) cannot be used (${reason}): start ` +
      "it or correct the URL, or unset DATABASE_URL to use the embedded server.",
  );
}
