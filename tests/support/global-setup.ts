import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startGateway } from "../../supabase/local/gateway-process.ts";
import { apiLogin, migrate } from "../../supabase/local/migrate.ts";
import { startPostgres } from "../../supabase/local/postgres.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";
import { beginAtAMillion } from "./record-numbers.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The test database, as its owner. */
    adminUrl: string;
    /** The test database, as the role the functions use. */
    apiUrl: string;
    /** The gateway that serves the functions on the test database. */
    gatewayUrl: string;
  }
}

/** One database and one gateway for all tests; every test has a workspace of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), "lumenbase-tests-"));
  const postgres = await startPostgres({ dataDir });
  await migrate(postgres.adminUrl);
  await beginAtAMillion(postgres.adminUrl);
  const apiUrl = await apiLogin(postgres.adminUrl);
  const env = { ...process.env, ...FUNCTIONS_ENVIRONMENT };
  const gateway = await startGateway({ apiUrl, port: 0, runsJobs: true, env });
  project.provide("adminUrl", postgres.adminUrl);
  project.provide("apiUrl", apiUrl);
  project.provide("gatewayUrl", `http://127.0.0.1:${gateway.port}`);
  return async () => {
    await gateway.stop();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
