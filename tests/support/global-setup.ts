import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { startGateway } from "../../supabase/local/gateway-process.ts";
import { apiLogin } from "../../supabase/local/migrate.ts";
import { makeAdminProgram } from "./admin-program.ts";
import { makeClusterTemplate, startCopy } from "./cluster-template.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";
import { makeDatabaseTemplate } from "./own-database.ts";
import { standInsOfAll } from "./providers/all.ts";
import { spreadNumbers } from "./record-numbers.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The test database, as its owner. */
    adminUrl: string;
    /** The test database, as the role the functions use. */
    apiUrl: string;
    /** Where stand-ins of other services are, as that gateway was told. */
    services: Record<string, string>;
    /** The gateway that serves the functions on the test database. */
    gatewayUrl: string;
    /** The data folder that PostgreSQLs of one's own are copies of. */
    clusterTemplate: string;
    /** The admin CLI, for Node. */
    adminProgram: string;
  }
}

/** One database and one gateway for all tests; every test has a workspace of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const template = await mkdtemp(join(tmpdir(), "lumenbase-template-"));
  const dataDir = await mkdtemp(join(tmpdir(), "lumenbase-tests-"));
  await makeClusterTemplate(template);
  const postgres = await startCopy(template, dataDir);
  await makeDatabaseTemplate(postgres.adminUrl);
  await spreadNumbers(postgres.adminUrl);
  const apiUrl = await apiLogin(postgres.adminUrl);
  const services = await standInsOfAll();
  const env = { ...process.env, ...FUNCTIONS_ENVIRONMENT, ...services.environment };
  const gateway = await startGateway({ apiUrl, port: 0, runsJobs: true, env });
  const admin = await makeAdminProgram();
  project.provide("clusterTemplate", template);
  project.provide("adminProgram", admin.path);
  project.provide("services", services.environment);
  project.provide("adminUrl", postgres.adminUrl);
  project.provide("apiUrl", apiUrl);
  project.provide("gatewayUrl", `http://127.0.0.1:${gateway.port}`);
  return async () => {
    await gateway.stop();
    await services.stop();
    await postgres.stop();
    await admin.remove();
    for (const folder of [template, dataDir]) await rm(folder, { recursive: true, force: true });
  };
}
