import { EVENTS_REMOVED, isPostgresError } from "../../../db/errors.ts";
import type { Workspace } from "../../../db/workspace.ts";
import { Feed, type FeedEvent, type FeedPage, pageOf } from "../../../events/feed.ts";
import { LATEST, type Position, positionOf } from "../../../events/position.ts";
import { Refusal } from "../../../refusals/refusal.ts";
import { encodeCursor } from "./cursor.ts";
import { KINDS } from "./kinds.ts";

const feed = new Feed(KINDS);

/** Where reading begins: behind a position, behind all that is there, or at the oldest that is kept. */
export type Start = Position | "latest" | null;

/** What a client asks of the feed. */
export interface FeedRequest {
  start: Start;
  /** The field that says where to start, for messages. */
  field: string;
  /** The types of events, as the database calls them. */
  types: readonly string[];
}

/** Reads a page of a workspace's events. Throws Refusal when it would pass over removed ones. */
export async function readFeed(
  workspace: Workspace,
  { start, field, types }: FeedRequest,
  bounds: { most: number; bytes: number },
): Promise<FeedPage> {
  if (start === "latest") {
    const [[row = {}] = []] = await workspace.read([LATEST]);
    return { events: [], end: positionOf(row), more: false };
  }
  try {
    const [rows = []] = await workspace.read([feed.read({ after: start, types, ...bounds })]);
    return pageOf(rows);
  } catch (error) {
    if (!isPostgresError(error) || error.code !== EVENTS_REMOVED) throw error;
    const fields = [{ field, message: EXPIRED }];
    throw new Refusal("invalid", "The cursor has expired.", { fields, expired: true });
  }
}

const EXPIRED =
  "Has expired: events after it were removed, as they are kept for 30 days. Read the " +
  "records again, then go on without it, from the oldest event that is kept, or from latest.";

/** An event as JSON. */
export function eventText(workspaceId: string, { position, members }: FeedEvent): string {
  return `{"id":"${encodeCursor(workspaceId, position)}",${members}}`;
}
