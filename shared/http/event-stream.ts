import { performance } from "node:perf_hooks";

/** The type of a stream of server-sent events (WHATWG HTML, section 9.2). */
export const EVENT_STREAM = "text/event-stream";

/** What a stream tells, and for how long. */
export interface StreamSource {
  /** What there is to send by now, in the format of an event stream; "" for nothing, null for the end. */
  next(): Promise<string | null>;
  /** Whether the client may still listen; asked every few seconds, also while it reads nothing. */
  mayGoOn(): Promise<boolean>;
  /** Told once, when the stream is over: the client has left, or it was ended here. */
  ended(): void;
  /** Told why a stream broke off. */
  failed(error: unknown): void;
}

/** How long a stream is open at most, and how often what is done again and again. Milliseconds. */
export interface StreamTimes {
  open: number;
  /** Between two questions whether the client may go on. */
  check: number;
  /** Of silence, until a comment keeps those between from closing the connection. */
  silence: number;
  /** Between two looks for something new: shortest after news, longer with each that found none. */
  shortestWait: number;
  longestWait: number;
}

const PATIENCE = 1.5;
const RETRY_MS = 1_000;
const HEARTBEAT = ":\n\n";

/** Whether a request asks for such a stream. */
export function wantsEventStream({ method, headers }: Request): boolean {
  return method === "GET" &&
    /(^|,)\s*text\/event-stream\s*(;|,|$)/i.test(headers.get("accept") ?? "");
}

/**
 * A stream of server-sent events, which a client that lost it resumes with `Last-Event-ID`. What is
 * next is looked for when the client has read what was before, so that a slow one takes no memory.
 */
export function eventStream(source: StreamSource, times: StreamTimes): ReadableStream<Uint8Array> {
  return new ReadableStream(new EventStream(source, times), { highWaterMark: 0 });
}

type Controller = ReadableStreamDefaultController<Uint8Array>;

class EventStream implements UnderlyingDefaultSource<Uint8Array> {
  readonly #source: StreamSource;
  readonly #times: StreamTimes;
  readonly #encoder = new TextEncoder();
  #controller: Controller | null = null;
  #deadline: ReturnType<typeof setTimeout> | undefined;
  #checks: ReturnType<typeof setInterval> | undefined;
  #wake: () => void = () => {};
  #isFirst = true;
  #wait: number;
  #sentAt = performance.now();

  constructor(source: StreamSource, times: StreamTimes) {
    this.#source = source;
    this.#times = times;
    this.#wait = times.shortestWait;
  }

  start(controller: Controller): void {
    this.#controller = controller;
    this.#deadline = setTimeout(() => this.#end(), this.#times.open);
    this.#checks = setInterval(() => void this.#check(), this.#times.check);
  }

  async pull(): Promise<void> {
    try {
      for (;;) {
        const text = await this.#next();
        if (this.#controller === null) return;
        if (text === null) return this.#end();
        if (text !== "") return this.#send(text);
        await this.#pause();
      }
    } catch (error) {
      if (this.#controller === null) return;
      this.#source.failed(error);
      this.#end();
    }
  }

  /** The client has left. */
  cancel(): void {
    this.#controller = null;
    this.#end();
  }

  async #next(): Promise<string | null> {
    const text = await this.#source.next();
    if (text !== "") this.#wait = this.#times.shortestWait;
    if (this.#isFirst) {
      this.#isFirst = false;
      return `retry: ${RETRY_MS}\n\n${text ?? ""}`;
    }
    const isSilent = performance.now() - this.#sentAt >= this.#times.silence;
    return text === "" && isSilent ? HEARTBEAT : text;
  }

  #send(text: string): void {
    this.#sentAt = performance.now();
    this.#controller?.enqueue(this.#encoder.encode(text));
  }

  async #pause(): Promise<void> {
    const wait = this.#wait;
    this.#wait = Math.min(this.#times.longestWait, wait * PATIENCE);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, wait);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #check(): Promise<void> {
    try {
      if (!await this.#source.mayGoOn()) this.#end();
    } catch (error) {
      this.#source.failed(error);
      this.#end();
    }
  }

  #end(): void {
    if (this.#deadline === undefined) return;
    clearTimeout(this.#deadline);
    clearInterval(this.#checks);
    this.#deadline = undefined;
    const controller = this.#controller;
    this.#controller = null;
    controller?.close();
    this.#wake();
    this.#source.ended();
  }
}
