import { performance } from "node:perf_hooks";
import { DatabaseUnavailable } from "../../../db/errors.ts";
import type { FeedPage } from "../../../events/feed.ts";
import type { Call, Outcome } from "../../../http/call.ts";
import { EVENT_STREAM, eventStream, type StreamSource } from "../../../http/event-stream.ts";
import { logTrouble } from "../../../http/log.ts";
import { Refusal } from "../../../refusals/refusal.ts";
import { identifyAgain, requireScope } from "../admission.ts";
import { encodeCursor } from "./cursor.ts";
import { openStream } from "./open-streams.ts";
import { eventText, type FeedRequest, readFeed } from "./read.ts";
import { FEED_SCOPE } from "./scope.ts";

/** What is sent at once. */
const BOUNDS = { most: 200, bytes: 256 * 1024 };
/** What is sent through one stream, which the host gives so much time of its processor. */
const MOST_SENT = 16 * 1024 * 1024;
/** With that, a key that was revoked ends its streams within 10 s. */
const CHECK_MS = 4_000;
/** How often a client is told how far was read, when nothing is there for it. */
const PROGRESS_MS = 5_000;
const TIMES = { check: CHECK_MS, silence: 15_000, shortestWait: 100, longestWait: 2_000 };

/** Answers the events from where the request says on, as a stream. Throws Refusal. */
export async function streamFeed(call: Call, request: FeedRequest): Promise<Outcome> {
  const close = openStream(call.caller.actor.id);
  try {
    const first = await readFeed(call.workspace, request, BOUNDS);
    // Not all at the same time, as their clients come back at once.
    const open = call.services.streamSeconds * 1000 * (0.8 + 0.2 * Math.random());
    const body = eventStream(new FeedSource(call, request, first, close), { ...TIMES, open });
    const headers = { "X-Accel-Buffering": "no" };
    return { status: 200, body, contentType: `${EVENT_STREAM}; charset=utf-8`, headers };
  } catch (error) {
    close();
    throw error;
  }
}

class FeedSource implements StreamSource {
  readonly #call: Call;
  readonly #close: () => void;
  #request: FeedRequest;
  #first: FeedPage | null;
  #isOver = false;
  #sent = 0;
  /** The cursor that the client has by now, and since when. */
  #told: { cursor: string; at: number } | null = null;

  constructor(call: Call, request: FeedRequest, first: FeedPage, close: () => void) {
    this.#call = call;
    this.#request = request;
    this.#first = first;
    this.#close = close;
  }

  async next(): Promise<string | null> {
    if (this.#sent > MOST_SENT) return null;
    try {
      for (;;) {
        const page = this.#first ?? await readFeed(this.#call.workspace, this.#request, BOUNDS);
        this.#first = null;
        this.#request = { ...this.#request, start: page.end };
        const text = this.#textOf(page);
        this.#sent += text.length;
        if (text !== "" || !page.more || this.#isOver) return text;
      }
    } catch (error) {
      // A client would take an error for the end, so the stream waits until the database is back.
      if (error instanceof DatabaseUnavailable) return "";
      if (error instanceof Refusal && !error.isOurs) return null;
      throw error;
    }
  }

  async mayGoOn(): Promise<boolean> {
    try {
      requireScope(await identifyAgain(this.#call, CHECK_MS), FEED_SCOPE);
      return true;
    } catch (error) {
      if (error instanceof DatabaseUnavailable) return true;
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  ended(): void {
    this.#isOver = true;
    this.#close();
  }

  failed(error: unknown): void {
    const { requestId } = this.#call;
    logTrouble(`event stream of request ${requestId}`, error instanceof Error ? error.name : "");
  }

  #textOf({ events, end }: FeedPage): string {
    const workspaceId = this.#call.workspace.id;
    const texts = events.map((event) => {
      const id = encodeCursor(workspaceId, event.position);
      return `id: ${id}\nevent: ${event.type}\ndata: ${eventText(workspaceId, event)}\n\n`;
    });
    return texts.join("") + this.#progress(encodeCursor(workspaceId, end), events);
  }

  // An id without data moves `Last-Event-ID` on, past what is not of the types.
  #progress(cursor: string, events: FeedPage["events"]): string {
    const now = performance.now();
    const last = events.at(-1);
    const known = last && encodeCursor(this.#call.workspace.id, last.position);
    if (known !== undefined) this.#told = { cursor: known, at: now };
    const told = this.#told;
    if (told?.cursor === cursor || told !== null && now - told.at < PROGRESS_MS) return "";
    this.#told = { cursor, at: now };
    return `id: ${cursor}\n\n`;
  }
}
