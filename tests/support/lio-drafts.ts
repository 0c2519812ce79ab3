import { testGateway } from "./gateway.ts";
import { giveCredits } from "./ledgers.ts";
import { leadOf } from "./lio-leads.ts";
import { LioClient, type LioUser, lioWorld } from "./lio.ts";
import { type OpenAiApi, openAiApi } from "./providers/openai-api.ts";
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

/** The same, with AI that a test tells what to say; `as` is a user's client where that AI is asked. */
export async function draftingWorld() {
  const ai = await openAiApi();
  const { url } = await testGateway(ai.env);
  return {
    ...await draftWorld(),
    ai,
    as: ({ api }: LioUser) => new LioClient(url, api.key),
  };
}

/** Lets AI say a draft, once. */
export function sayDraft({ says }: OpenAiApi, body = "<p>Dear Jane</p>"): void {
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
