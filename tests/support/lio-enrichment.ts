import { afterAll, inject } from "vitest";
import { startGateway } from "../../supabase/local/gateway-process.ts";
import type { ApiResponse, Json } from "./api-client.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";
import { LioClient, type LioUser, lioWorld } from "./lio.ts";
import { type EnrichmentApi, enrichmentApi, type Known } from "./providers/enrichment-api.ts";
import { asOwner } from "./workspace.ts";

/** A gateway that asks a service of this file's own. */
export interface EnrichmentGateway {
  service: EnrichmentApi;
  url: string;
}

/** Starts one that is stopped when the file is over. */
export async function enrichmentGateway(
  env: Record<string, string> = {},
): Promise<EnrichmentGateway> {
  const service = await enrichmentApi();
  const gateway = await startGateway({
    apiUrl: inject("apiUrl"),
    port: 0,
    env: { ...process.env, ...FUNCTIONS_ENVIRONMENT, ...service.environment, ...env },
    onLine: () => {},
  });
  afterAll(async () => {
    await gateway.stop();
    await service.stop();
  });
  return { service, url: `http://127.0.0.1:${gateway.port}` };
}

/** A workspace whose requests go through it. */
export async function enrichmentWorld({ service, url }: EnrichmentGateway) {
  const world = await lioWorld();
  const through = ({ api }: Pick<LioUser, "api">) => new LioClient(url, api.key);
  const api = through(world.admin);
  return {
    ...world,
    api,
    through,
    /** What the service knows by an email, a profile, a domain or a name. */
    knows: (by: string, data: Known["data"], confidence: unknown = 0.9) =>
      service.known.set(by, { data, confidence }),
    enrich: (body: object): Promise<Json> => api.done("lead-enrichment/enrich", body),
    tried: (body: object): Promise<ApiResponse> => api.post("lead-enrichment/enrich", body),
    credits: () => creditsOf(world.workspace.id),
    setCredits: (balance: number) =>
      asOwner(
        "update crm.ledgers set balance = $2 where workspace_id = $1 and ledger = 'credits'",
        [world.workspace.id, balance],
      ),
  };
}

/** The credits that a workspace has, and those of them that are set aside. */
export async function creditsOf(workspaceId: string): Promise<[balance: number, held: number]> {
  const [row] = await asOwner<{ balance: string; held: string }>(
    `select balance, (select coalesce(sum(amount), 0) from crm.ledger_holds h
        where h.workspace_id = l.workspace_id and ledger = 'credits') as held
      from crm.ledgers l where workspace_id = $1 and ledger = 'credits'`,
    [workspaceId],
  );
  return [Number(row?.balance), Number(row?.held)];
}
