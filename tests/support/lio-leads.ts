import type { Json } from "./api-client.ts";
import type { LioClient } from "./lio.ts";
import { asOwner, eventually } from "./workspace.ts";

let made = 0;

/** What no other test of this worker is given; sorted as texts they are in the order in which they were made. */
export function oneMore(): string {
  return `${process.pid}-${String(made++).padStart(6, "0")}`;
}

/** What a lead is made of that no other is like. */
export function person(
  more: object = {},
): { first_name: string; last_name: string; email: string } {
  return {
    first_name: "Jane",
    last_name: "Roe",
    email: `jane-${oneMore()}@acme.example`,
    ...more,
  };
}

/** Makes a lead. */
export function leadOf(api: LioClient, more: object = {}): Promise<Json> {
  return api.made("lead/add", person(more));
}

/** A lead but for its score, which a job computes soon after a change. */
export function unscored({ score: _, ai_information: __, ...lead }: Json): Json {
  return lead;
}

/** Gives leads of a workspace these scores, which stay, as the jobs that compute them are done. */
export async function giveScores(
  workspaceId: string,
  scores: readonly (readonly [lead: Json, score: number])[],
): Promise<void> {
  const scoring = "select from crm.jobs where workspace_id = $1 and kind = 'leads.score'";
  await eventually(async () => (await asOwner(scoring, [workspaceId])).length === 0);
  for (const [{ id }, score] of scores) {
    await asOwner(
      "update crm.leads set fit_intent_score = $3 where workspace_id = $1 and number = $2",
      [workspaceId, id, score],
    );
  }
}
