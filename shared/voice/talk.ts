import { agentOf, type CallAgent, type CallTurn, turnKeeping, turnsOf } from "../crm/call-turns.ts";
import { statement } from "../db/sql.ts";
import { rowOf, rowsOf } from "../db/wire/rows.ts";
import type { Workspace } from "../db/workspace.ts";
import { type AiService, complete } from "../providers/ai/chat.ts";
import { ProviderFailed } from "../providers/outgoing/provider-failed.ts";
import { gather, hangup, redirect, say, twiml, type Verb } from "../providers/voice/twiml.ts";
import type { Again, callAddresses } from "./addresses.ts";

/** Twilio waits 15 s for what to say: an answer takes less, or another try. */
const AI_MS = 6_000;
const MOST_TRIES = 3;
const MOST_QUIET = 2;
const MOST_TURNS = 200;
const MOST_SPEECH = 4_000;

/** A call that an agent talks in. */
export interface Talk {
  workspace: Workspace;
  callId: string;
  addresses: ReturnType<typeof callAddresses>;
  ai: AiService | null;
}

/** A turn of it: what was heard, empty for nothing. */
export interface Heard {
  turn: number;
  speech: string;
  again: Required<Again>;
}

/** Says the first message of a call's agent and listens; null when it has none. */
export async function beginTalk({ workspace, callId, addresses }: Talk): Promise<string | null> {
  const [agents] = await workspace.read([statement(agentOf(callId))]);
  const [agent] = rowsOf<CallAgent>(agents);
  if (agent === undefined) return null;
  const { first_message: first } = agent;
  if (first === null || first === "") return twiml(gather(addresses.turn(1), voiceOf(agent)));
  await kept(workspace, callId, { place: 0, speaker: "agent", said: first });
  return twiml(...spoken(first, agent), gather(addresses.turn(1), voiceOf(agent)));
}

/** Answers what was heard in a turn; null when the call has no agent. The same turn is answered alike each time. */
export async function goOn(talk: Talk, heard: Heard): Promise<string | null> {
  const { workspace, callId, addresses } = talk;
  const { turn, again } = heard;
  const [agents, rows] = await workspace.read([
    statement(agentOf(callId)),
    statement(turnsOf(callId)),
  ]);
  const [agent] = rowsOf<CallAgent>(agents);
  if (agent === undefined) return null;
  const turns = rowsOf<CallTurn>(rows);
  const at = (place: number) => turns.find((one) => one.place === place)?.said;
  const speech = [...heard.speech].slice(0, MOST_SPEECH).join("").trim();
  const asked = at(2 * turn - 1) ??
    (speech === ""
      ? null
      : await kept(workspace, callId, { place: 2 * turn - 1, speaker: "customer", said: speech }));
  if (asked === null) return silence(agent, addresses, turn, again.quiet);
  const reply = at(2 * turn) ?? await answered(talk, { agent, turns, turn, asked });
  if (reply === null) return delay(agent, addresses, turn, again.tries);
  const next = turn < MOST_TURNS ? gather(addresses.turn(turn + 1), voiceOf(agent)) : hangup();
  return twiml(...spoken(reply, agent), next);
}

interface Asked {
  agent: CallAgent;
  turns: readonly CallTurn[];
  turn: number;
  asked: string;
}

async function answered(
  { workspace, callId, ai }: Talk,
  { agent, turns, turn, asked }: Asked,
): Promise<string | null> {
  if (ai === null) return null;
  try {
    const said = await complete({ ...ai, timeoutMs: AI_MS }, {
      system: agent.system_prompt,
      user: asked,
      history: turns.filter(({ place }) => place < 2 * turn - 1).map((one) => ({
        role: one.speaker === "agent" ? "assistant" as const : "user" as const,
        content: one.said,
      })),
    });
    return await kept(workspace, callId, { place: 2 * turn, speaker: "agent", said });
  } catch (error) {
    if (error instanceof ProviderFailed) return null;
    throw error;
  }
}

async function kept(workspace: Workspace, callId: string, turn: CallTurn): Promise<string> {
  const [rows] = await workspace.write([statement(turnKeeping(callId, turn))]);
  return rowOf<{ said: string }>(rows).said;
}

function silence(
  agent: CallAgent,
  addresses: Talk["addresses"],
  turn: number,
  quiet: number,
): string {
  if (quiet >= MOST_QUIET) return twiml(...inEnglish("Goodbye.", agent), hangup());
  const again = addresses.turn(turn, { quiet: quiet + 1 });
  return twiml(...inEnglish("Are you still there?", agent), gather(again, voiceOf(agent)));
}

function delay(agent: CallAgent, addresses: Talk["addresses"], turn: number, tries: number) {
  if (tries + 1 >= MOST_TRIES) {
    const words = "I am sorry, I cannot go on at the moment. Goodbye.";
    return twiml(...inEnglish(words, agent), hangup());
  }
  const again = redirect(addresses.turn(turn, { tries: tries + 1 }));
  return twiml(...inEnglish("One moment, please.", agent), again);
}

function spoken(text: string, agent: CallAgent): Verb[] {
  return [say(text, voiceOf(agent))];
}

// In another language nothing is said rather than something that is not understood.
function inEnglish(text: string, agent: CallAgent): Verb[] {
  return /^en\b/i.test(agent.language) ? spoken(text, agent) : [];
}

function voiceOf({ language, voice_id: voice }: CallAgent) {
  return { language, voice };
}
