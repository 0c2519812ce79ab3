import { type Sql, sql } from "../db/sql.ts";

/** How the AI agent of a call is to talk. */
export interface CallAgent {
  system_prompt: string;
  first_message: string | null;
  voice_id: string | null;
  language: string;
}

/** The query of the agent of a call: a row, unless it has none. */
export function agentOf(callId: string): Sql {
  return sql`select system_prompt, first_message, voice_id, language
    from crm.call_agents where call_id = ${callId}::uuid`;
}

/** What somebody said in a call; `place` tells when, in the order of the talk. */
export interface CallTurn {
  place: number;
  speaker: "agent" | "customer";
  said: string;
}

/** The query of what was said in a call, in order. */
export function turnsOf(callId: string): Sql {
  return sql`select place, speaker, said from crm.call_turns
    where call_id = ${callId}::uuid order by place`;
}

/** The query that keeps what was said at a place, and answers what is kept there: `said`, of whom came first. */
export function turnKeeping(callId: string, { place, speaker, said }: CallTurn): Sql {
  return sql`select app.keep_turn(${callId}::uuid, ${place}, ${speaker}, ${said}) as said`;
}
