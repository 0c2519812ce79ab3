import type * as z from "zod";
import type { Sql } from "../db/sql.ts";
import type { Rows, Statement } from "../db/wire/pipeline.ts";
import type { WorkContext } from "../jobs/work.ts";
import type { Link } from "./links.ts";
import type { TriggerEvent } from "./triggers.ts";

/** An action that cannot work, however often it is tried; its message says why. */
export class Impossible extends Error {
  override name = "Impossible";
}

/** What happened to a lead, as a webhook is told of it. */
export type ToldEvent = Pick<TriggerEvent, "type" | "at" | "data">;

/** What a step is taken for. */
export interface Step {
  runId: string;
  /** The place of the action in its automation, from 0. */
  place: number;
  automation: { id: string; number: number; name: string };
  /** Null once the lead is gone. */
  leadId: string | null;
  /** The lead as it is now, as it is answered; null once it is gone. */
  lead: Readonly<Record<string, unknown>> | null;
  /** What happened, as a webhook tells it. */
  event: ToldEvent;
  /** When the step, which began earlier, goes on, and whether that time has come. */
  resume: { isDue: boolean } | null;
  /** The message that the step, which began earlier, waits for. */
  messageId: string | null;
  context: WorkContext;
  /** Runs statements in the transaction of the step. */
  run(statements: readonly Statement[]): Promise<Rows[]>;
}

/** What became of a step: done, or goes on at a time (of type timestamptz) or when a message's fate is known. */
export type Outcome = "done" | { until: Sql } | { message: string };

/** One kind of action. */
export interface Action<A extends { type: string } = { type: string }> {
  schema: z.ZodObject<{ type: z.ZodLiteral<A["type"]> }>;
  /** The records it names; the fields of their links are its own. */
  links?(action: A): Link[];
  /** Takes the step. Throws Impossible when no other try could work. */
  take(action: A, step: Step): Promise<Outcome>;
}

/** Declares an action; what its schema gives is what it takes. */
export function action<S extends z.ZodObject<{ type: z.ZodLiteral<string> }>>(
  { schema, links, take }: {
    schema: S;
    links?: (action: z.output<S>) => Link[];
    take: (action: z.output<S>, step: Step) => Promise<Outcome>;
  },
): Action {
  return {
    schema,
    ...(links && { links: (given) => links(given as z.output<S>) }),
    take: (given, step) => take(given as z.output<S>, step),
  };
}
