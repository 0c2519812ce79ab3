import { afterAll, beforeAll, expect, inject } from "vitest";
import { type Gateway, startGateway } from "../../supabase/local/gateway-process.ts";
import type { ApiResponse, Json } from "./api-client.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";
import { expectLioError, LioClient, type LioRole, lioUser } from "./lio.ts";
import { lastingStandIn, type StandIn } from "./providers/lasting-stand-in.ts";
import { MODEL_ENVIRONMENT, modelAnswers, type ModelApi } from "./providers/openai-answers.ts";
import { asOwner, testWorkspace } from "./workspace.ts";

/** A model that the functions of a file's tests ask. */
export interface AiStack extends ModelApi, Pick<StandIn, "mishaps"> {
  url: string;
  /** A workspace of 100 credits. */
  world(): Promise<AiWorld>;
}

/** A workspace whose users have a model at hand. */
export interface AiWorld {
  id: string;
  slug: string;
  api: LioClient;
  as(role: LioRole): Promise<LioClient>;
  /** What it has of credits: with what is held, and what is added to and taken from. */
  credits(): Promise<{ balance: number; held: number; amounts: number[] }>;
}

/** Starts a model and a gateway for the tests of a file; each test finds nothing left of the one before. */
export function aiStack(): AiStack {
  const stack: AiStack = { url: "", asked: [], says: [], mishaps: [], world };
  const ends: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const { stop, url, mishaps } = await lastingStandIn((request) => modelAnswers(stack, request));
    stack.mishaps = mishaps;
    const gateway = await aiGateway(url);
    stack.url = `http://127.0.0.1:${gateway.port}`;
    ends.push(() => gateway.stop(), stop);
  });
  afterAll(async () => {
    for (const end of ends) await end();
  });
  return stack;

  async function world(): Promise<AiWorld> {
    for (const list of [stack.asked, stack.says, stack.mishaps]) list.splice(0);
    return await aiWorld(stack.url);
  }
}

/** Starts functions that ask a model at an address. */
export function aiGateway(modelUrl: string): Promise<Gateway> {
  const env = { ...FUNCTIONS_ENVIRONMENT, ...MODEL_ENVIRONMENT, AI_BASE_URL: `${modelUrl}/v1` };
  return startGateway({ apiUrl: inject("apiUrl"), port: 0, env: { ...process.env, ...env } });
}

/** A workspace of 100 credits, at a gateway. */
export async function aiWorld(gatewayUrl: string): Promise<AiWorld> {
  const workspace = await testWorkspace();
  const as = async (role: LioRole) =>
    new LioClient(gatewayUrl, (await lioUser(workspace, role)).api.key);
  return {
    id: workspace.id,
    slug: workspace.slug,
    api: await as("admin"),
    as,
    credits: () => creditsOf(workspace.id),
  };
}

async function creditsOf(id: string) {
  const [row] = await asOwner<{ balance: number; held: number; amounts: number[] }>(
    `select balance::int,
      (select coalesce(sum(amount), 0)::int from crm.ledger_holds h
        where h.workspace_id = l.workspace_id and h.ledger = 'credits') as held,
      array(select amount::int from crm.ledger_entries e
        where e.workspace_id = l.workspace_id and e.ledger = 'credits' and e.type <> 'opening'
        order by number) as amounts
    from crm.ledgers l where workspace_id = $1 and ledger = 'credits'`,
    [id],
  );
  return row ?? { balance: 0, held: 0, amounts: [] };
}

/** Nothing was charged, and nothing is held. */
export const UNTOUCHED = { balance: 100, held: 0, amounts: [] };

/** Asserts that a model failed, and that this costs nothing. */
export async function expectFailed(world: AiWorld, answer: ApiResponse): Promise<void> {
  expectLioError(answer, 502, "provider_error", answer.body.error?.code);
  expect(await world.credits()).toEqual(UNTOUCHED);
}

/** The data of an answer of 200. */
export function dataOf({ status, text, body }: ApiResponse): Json {
  expect(status, text).toBe(200);
  return body.data;
}
