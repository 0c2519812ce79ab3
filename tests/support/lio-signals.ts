import type { Database } from "../../shared/db/database.ts";
import { apiDatabase, claimsOf } from "./as-role.ts";
import { type LioWorld, lioWorld } from "./lio.ts";
import { asOwner } from "./workspace.ts";

/** A world with leads, which are made as the core makes them. */
export interface SignalWorld extends LioWorld {
  /** Makes a lead; answers its number. The owner is given by number. */
  lead(fields?: Record<string, unknown>): Promise<number>;
  /** Has all signals of a lead be so many days old. */
  age(lead: number, days: number): Promise<void>;
  score(lead: number): Promise<number>;
}

export async function signalWorld(): Promise<SignalWorld> {
  const world = await lioWorld();
  const { id } = world.workspace;
  const database: Database = apiDatabase();
  return {
    ...world,
    async lead({ assigned_to, ...fields } = {}) {
      const [user] = await asOwner<{ id: string }>(
        "select id from crm.users where workspace_id = $1 and number = $2",
        [id, assigned_to ?? null],
      );
      const given = JSON.stringify({ ...fields, ...user && { assigned_to: user.id } });
      const [[made] = []] = await database.write(claimsOf(id), [{
        text: "select number from app.create_lead($1)",
        values: [given],
      }]);
      return Number(made?.number);
    },
    async age(lead, days) {
      await asOwner(
        `update crm.intent_signals s set occurred_at = now() - make_interval(days => $3)
          from crm.leads l where l.workspace_id = $1 and l.number = $2
            and s.workspace_id = l.workspace_id and s.lead_id = l.id`,
        [id, lead, days],
      );
    },
    async score(lead) {
      const [row] = await asOwner<{ score: number }>(
        "select fit_intent_score as score from crm.leads where workspace_id = $1 and number = $2",
        [id, lead],
      );
      return Number(row?.score);
    },
  };
}
