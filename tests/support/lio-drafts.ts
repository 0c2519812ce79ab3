import { inject } from "vitest";
import { startGateway } from "../../supabase/local/gateway-process.ts";
import { FUNCTIONS_ENVIRONMENT } from "./functions-environment.ts";
import { giveCredits } from "./ledgers.ts";
import { leadOf } from "./lio-leads.ts";
import { LioClient, type LioUser, lioWorld } from "./lio.ts";
import { served, type StandIn } from "./providers/lasting-stand-in.ts";
import { MODEL_ENVIRONMENT, modelAnswers, type ModelApi } from "./providers/openai-answers.ts";
import { startStubServer } from "./start-stub-server.ts";
import { asOwner } from "./workspace.ts";

/** A workspace with ways to make leads and drafts of emails to them. */
export async function draftWorld() {
  const world = await lioWorld();
  const { admin, workspace } = world;
  return {
    ...world,
    lead: (more: object = {}) => leadOf(admin.api, more),
    /** Stores a draft of a lead, as AI would have written it; answers its number. */
    async stored(lead: number): Promise<number> {
      const [made] = await asOwner<{ number: string }>(
        `insert into crm.email_drafts (workspace_id, lead_id, persona, subject, body)
         select workspace_id, id, 'professional', 'For you', '<p>Dear Jane</p>' from crm.leads
         where workspace_id = $1 and number = $2 returning number`,
        [workspace.id, lead],
      );
      return Number(made?.number);
    },
  };
}

/** AI that tests tell what to say, and functions that ask it, for the tests of a file. */
export interface DraftingServices {
  ai: StandIn & ModelApi;
  url: string;
  stop(): Promise<void>;
}

/** Starts them. */
export async function draftingServices(): Promise<DraftingServices> {
  const ai: StandIn & ModelApi = { url: "", seen: [], mishaps: [], asked: [], says: [] };
  const { url, stop } = await startStubServer((request, response) =>
    void served(ai, request, response, (seen) => modelAnswers(ai, seen))
  );
  const env = { AI_BASE_URL: `${url}/v1`, ...MODEL_ENVIRONMENT };
  const gateway = await startGateway({
    apiUrl: inject("apiUrl"),
    port: 0,
    env: { ...process.env, ...FUNCTIONS_ENVIRONMENT, ...env },
    onLine: () => {},
  });
  return {
    ai: Object.assign(ai, { url }),
    url: `http://127.0.0.1:${gateway.port}`,
    stop: async () => {
      await gateway.stop();
      await stop();
    },
  };
}

/** The same as {@link draftWorld}, with AI that was asked nothing yet; `as` is a user's client where it is asked. */
export async function draftingWorld({ ai, url }: DraftingServices) {
  for (const list of [ai.seen, ai.asked, ai.says, ai.mishaps]) list.splice(0);
  return {
    ...await draftWorld(),
    ai,
    as: ({ api }: LioUser) => new LioClient(url, api.key),
  };
}

/** Lets AI say a draft, once. */
export function sayDraft({ says }: ModelApi, body = "<p>Dear Jane</p>"): void {
  says.push(JSON.stringify({ subject: "For you", body }));
}

/** What a workspace has of credits, what of those is set aside, and what its drafts were charged. */
export async function creditsOf(workspaceId: string) {
  const [row] = await asOwner<{ balance: number; held: number; charges: number[]; drafts: number }>(
    `select balance::float8 as balance,
       (select coalesce(sum(amount), 0)::float8 from crm.ledger_holds where workspace_id = $1) as held,
       array(select amount::float8 from crm.ledger_entries
         where workspace_id = $1 and type = 'ai_email' order by number) as charges,
       (select count(*)::int from crm.email_drafts where workspace_id = $1) as drafts
     from crm.ledgers where workspace_id = $1 and ledger = 'credits'`,
    [workspaceId],
  );
  return row;
}

/** Leaves a workspace so many credits. */
export async function leaveCredits(workspaceId: string, credits: number): Promise<void> {
  const { balance = 0 } = await creditsOf(workspaceId) ?? {};
  await giveCredits(workspaceId, credits - balance);
}
