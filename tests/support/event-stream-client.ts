import { inject } from "vitest";
import type { Json } from "./api-client.ts";
import { afterwards, eventually } from "./workspace.ts";

/** A message of a stream of server-sent events. */
export interface Message {
  id: string;
  type: string;
  data: Json;
}

/** A stream of events that a client reads. */
export interface ListeningClient {
  status: number;
  headers: Headers;
  /** The answer, when it is no stream. */
  body: Json;
  /** The messages so far. */
  messages: Message[];
  /** All that came, as it was sent. */
  text(): string;
  /** What the client would send as `Last-Event-ID` now. */
  lastId(): string | null;
  /** Waits until the stream has brought this many messages. */
  until(count: number): Promise<Message[]>;
  /** Resolves when the service has ended the stream. */
  ended: Promise<void>;
  /** Goes away without a word. */
  leave(): void;
}

/** Options of {@link listen}. */
export interface Listening {
  query?: string;
  lastEventId?: string | null;
  url?: string;
}

/** Listens to the feed as an EventSource does; leaves when the test is over. */
export async function listen(
  key: string | null,
  { query = "", lastEventId = null, url = inject("gatewayUrl") }: Listening = {},
): Promise<ListeningClient> {
  const leaving = new AbortController();
  const response = await fetch(`${url}/functions/v1/v1-public-events${query}`, {
    headers: {
      accept: "text/event-stream",
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(lastEventId === null ? {} : { "last-event-id": lastEventId }),
    },
    signal: leaving.signal,
  });
  const leave = () => leaving.abort();
  afterwards(async () => leave());
  const isStream = response.headers.get("content-type")?.startsWith("text/event-stream");
  const parser = new Parser();
  const body = isStream ? null : await response.json();
  const ended = isStream ? parser.readAll(response) : Promise.resolve();
  // Whoever leaves has no use for the error.
  ended.catch(() => {});
  return {
    status: response.status,
    headers: response.headers,
    body,
    messages: parser.messages,
    text: () => parser.text,
    lastId: () => parser.lastId,
    async until(count) {
      await eventually(async () => parser.messages.length >= count);
      return parser.messages;
    },
    ended,
    leave,
  };
}

/** WHATWG HTML, section 9.2.6: an id without data counts as well. */
class Parser {
  text = "";
  lastId: string | null = null;
  readonly messages: Message[] = [];
  #rest = "";

  async readAll({ body }: Response): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of body!) {
      const text = decoder.decode(chunk, { stream: true });
      this.text += text;
      const blocks = (this.#rest + text).split("\n\n");
      this.#rest = blocks.pop() ?? "";
      for (const block of blocks) this.#take(block);
    }
  }

  #take(block: string): void {
    const fields = Object.fromEntries(
      block.split("\n").filter((line) => !line.startsWith(":"))
        .map((line) => [line.split(": ", 1)[0], line.slice(line.indexOf(": ") + 2)]),
    );
    if (fields.id !== undefined) this.lastId = fields.id;
    if (fields.data === undefined) return;
    this.messages.push({ id: fields.id, type: fields.event, data: JSON.parse(fields.data) });
  }
}
