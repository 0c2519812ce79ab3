import type { TestProject } from "vitest/node";
import { startGateway } from "../../supabase/local/gateway-process.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import startDirect from "../support/global-setup.ts";
import { startPooler } from "./pooler.ts";

const CONNECTIONS = 40;

/** The tests' database and gateway, with a pooler in transaction mode between the two. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stopDirect = await startDirect(project);
  const pooler = await startPooler(project.getProvidedContext().apiUrl, CONNECTIONS);
  const env = { ...process.env, ...FUNCTIONS_ENVIRONMENT };
  const gateway = await startGateway({ apiUrl: pooler.url, port: 0, env });
  project.provide("apiUrl", pooler.url);
  project.provide("gatewayUrl", `http://127.0.0.1:${gateway.port}`);
  return async () => {
    await gateway.stop();
    await pooler.stop();
    await stopDirect();
  };
}
