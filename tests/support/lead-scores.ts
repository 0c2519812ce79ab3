import { works } from "../../functions/worker/works.ts";
import { runDue } from "../../shared/jobs/run-due.ts";
import { apiDatabase } from "./as-role.ts";
import { type LeadWorld, leadWorld, type Row } from "./lead-world.ts";
import { SERVICES } from "./test-worker.ts";
import { asOwner } from "./workspace.ts";

/** A workspace whose leads are scored by jobs. */
export interface ScoreWorld extends LeadWorld {
  /** Runs the jobs of the workspace that score, until there are none. */
  work(): Promise<void>;
  /** The jobs of the workspace that score, their leads. */
  waiting(): Promise<string[][]>;
  score(
    lead: Row,
  ): Promise<{ score: number; reasons: unknown; scored_at: string; updated_at: string }>;
  /** Logs a signal so many days ago. */
  signal(lead: Row, type?: string, points?: number, daysAgo?: number): Promise<Row>;
}

const SCORING = ["leads.score", "leads.rescore"];

export async function scoreWorld(): Promise<ScoreWorld> {
  const world = await leadWorld();
  const database = apiDatabase({ size: 4 });
  const waiting = async () =>
    (await asOwner<{ payload: { lead_ids: string[] } }>(
      "select payload from crm.jobs where workspace_id = $1 and kind = 'leads.score' order by id",
      [world.id],
    )).map(({ payload }) => payload.lead_ids);
  return {
    ...world,
    waiting,
    async work() {
      const more = async () =>
        (await asOwner("select from crm.jobs where workspace_id = $1 and kind = any ($2)", [
          world.id,
          SCORING,
        ])).length > 0;
      while (await more()) {
        await runDue({ database, works, services: SERVICES, ran: () => {} });
      }
    },
    async score(lead) {
      const [row] = await asOwner<
        { score: number; reasons: unknown; scored_at: string; updated_at: string }
      >(
        `select fit_intent_score as score, ai_information -> 'score_reasons' as reasons,
          ai_information ->> 'scored_at' as scored_at, updated_at::text
          from crm.leads where id = $1`,
        [lead.id],
      );
      return row!;
    },
    async signal(lead, type = "demo_requested", points = 30, daysAgo = 0) {
      const [made] = await world.rows(
        `select * from app.log_signal($1, $2, $3, 'acts',
          p_occurred_at => now() - make_interval(days => $4))`,
        lead.id,
        type,
        points,
        daysAgo,
      );
      return made!;
    },
  };
}
