import { randomUUID } from "node:crypto";
import { Workspace } from "../../shared/db/workspace.ts";
import { leadEvents } from "../../shared/dialects/leadhub/lead-events.ts";
import type { LeadEvent } from "../../shared/events/lead-event.ts";
import { apiDatabase } from "./as-role.ts";
import { type LeadWorld, leadWorld } from "./lead-world.ts";

/** A workspace with ways to see what LeadHub tells of its events. */
export interface EventWorld extends LeadWorld {
  /** What it tells of those from now on. */
  told(): Promise<LeadEvent[]>;
  /** The workspace, in which a job acts. */
  workspace: Workspace;
}

/** What was told, but for the lead. */
export function short({ type, data: { lead: _, ...data } }: LeadEvent) {
  return { type, ...data };
}

export async function eventWorld(): Promise<EventWorld> {
  const world = await leadWorld();
  const workspace = new Workspace(apiDatabase(), {
    workspaceId: world.id,
    actor: { kind: "job", id: randomUUID() },
    scopes: [],
    requestId: randomUUID(),
  });
  await world.events();
  const told = async () => {
    const events = await world.events();
    const all = await Promise.all(
      events.map(({ sequence }) => leadEvents(workspace, Number(sequence))),
    );
    return all.flat();
  };
  return { ...world, workspace, told };
}
