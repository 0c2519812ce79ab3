import { inject } from "vitest";
import {
  type Gateway,
  type GatewayOptions,
  startGateway,
} from "../../supabase/local/gateway-process.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";
import { type PgProxy, pgProxy } from "./pg-proxy.ts";
import { afterwards } from "./workspace.ts";

/** A gateway of one test, on the test database. */
export interface TestGateway {
  url: string;
  gateway: Gateway;
  /** What it printed so far: a JSON line a request. */
  log: string[];
}

/** Starts a gateway that is stopped when the test is over. Unless told to, it runs no jobs. */
export async function testGateway(
  env: Record<string, string> = {},
  apiUrl = inject("apiUrl"),
  how: Pick<GatewayOptions, "runsJobs" | "program"> = {},
): Promise<TestGateway> {
  const log: string[] = [];
  const gateway = await startGateway({
    ...how,
    apiUrl,
    port: 0,
    env: { ...process.env, ...FUNCTIONS_ENVIRONMENT, ...env },
    onLine: (line) => log.push(line),
  });
  afterwards(() => gateway.stop());
  return { url: `http://127.0.0.1:${gateway.port}`, gateway, log };
}

/** Starts a gateway that reaches PostgreSQL through a proxy. */
export async function proxiedGateway(
  env: Record<string, string> = {},
): Promise<TestGateway & { proxy: PgProxy }> {
  const proxy = await pgProxy(inject("apiUrl"));
  afterwards(() => proxy.close());
  return { ...await testGateway(env, proxy.url), proxy };
}
