import { wholeNumber } from "../../../http/paging.ts";
import * as z from "zod";
import { JsonText } from "../../../formats/json-text.ts";
import type { Call } from "../../../http/call.ts";
import { wantsEventStream } from "../../../http/event-stream.ts";
import { parseQuery } from "../../../http/query.ts";
import { lazy } from "../../../memory/lazy.ts";
import { InvalidInput } from "../../../refusals/errors.ts";
import { collectMistakes } from "../../../refusals/validation.ts";
import type { LumenbaseOperation } from "../contract.ts";
import { answer } from "../envelope.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { events } from "./event.ts";
import { eventText, type FeedRequest, readFeed, type Start } from "./read.ts";
import { streamFeed } from "./stream.ts";
import { ALL, typesParameter } from "./types.ts";

/** The header with which a client resumes a stream (WHATWG HTML, section 9.2.4). */
const LAST_EVENT_ID = "Last-Event-ID";
const MOST = 1_000;
const MOST_BYTES = 2 * 1024 * 1024;
const WRONG_CURSOR =
  "Must be latest, a next_cursor of this feed, or the id of an event of this workspace.";

const parameters = lazy(() =>
  z.strictObject({
    since: z.string().optional().meta({ examples: ["latest"] }),
    types: typesParameter().optional(),
    limit: wholeNumber(MOST).default(100).meta({ default: 100 }),
  })
);

/** GET: what changed in the workspace, a page or a stream of it, each change once and in order. */
export const feed: LumenbaseOperation = {
  kind: "read",
  get contract() {
    return { action: "feed" as const, resource: events, parameters: parameters() };
  },
  async run(call) {
    const streams = wantsEventStream(call.request);
    const resumed = streams ? call.request.headers.get(LAST_EVENT_ID) || null : null;
    const [{ types = ALL, limit }, start] = collectMistakes(
      () => parseQuery(parameters(), call.query),
      () => startOf(call, resumed),
    );
    const request: FeedRequest = { ...start, types };
    if (streams) return await streamFeed(call, request);
    const { workspaceId } = call.caller;
    const bounds = { most: limit, bytes: MOST_BYTES };
    const { events: read, end, more } = await readFeed(call.workspace, request, bounds);
    const texts = read.map((event) => eventText(workspaceId, event));
    return answer(call, 200, new JsonText(`[${texts.join()}]`), {
      next_cursor: encodeCursor(workspaceId, end),
      has_more: more,
    });
  },
};

function startOf(call: Call, resumed: string | null): { start: Start; field: string } {
  const field = resumed === null ? "since" : LAST_EVENT_ID;
  const text = resumed ?? call.query.get("since");
  if (text === null) return { start: null, field };
  if (text === "latest") return { start: "latest", field };
  const start = decodeCursor(call.caller.workspaceId, text);
  if (start !== null) return { start, field };
  throw new InvalidInput([{ field, message: WRONG_CURSOR }]);
}
