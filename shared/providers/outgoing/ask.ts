import { readBounded } from "./read-bounded.ts";

const TIMEOUT_MS = 20_000;
const MOST_BYTES = 8 * 1024 * 1024;
const MOST_SECONDS = 86_400;

/** What a provider's API answered. */
export interface Answer {
  status: number;
  headers: Headers;
  /** The body: what its JSON says, else its text; an empty text unless it came whole. */
  body: unknown;
  /** Why the body did not come whole; null when it did. */
  lacking: "cut" | "too large" | null;
  /** Seconds that it asks to wait (RFC 9110, section 10.2.3), at most a day. */
  retryAfter: number | null;
}

/** Limits of one exchange. */
export interface AskLimits {
  /** From the first byte sent to the last one received; 20 s unless given. */
  timeoutMs?: number;
  /** Of the answer's body; 8 MB unless given. */
  mostBytes?: number;
}

/** No answer came. */
export class NoAnswer extends Error {
  override name = "NoAnswer";
  constructor(
    message: string,
    /** Whether the request may have arrived all the same. */
    readonly mayHaveArrived: boolean,
  ) {
    super(message);
  }
}

type Init = RequestInit & { headers: Record<string, string> };

/** Sends a request to a provider's API, follows no redirect, and reads the answer. Throws NoAnswer. */
export async function ask(url: string, init: Init, limits: AskLimits = {}): Promise<Answer> {
  const response = await askForStream(url, init, limits.timeoutMs);
  // What the status says holds, also when the rest does not come.
  const { text, lacking } = await readBounded(response, limits.mostBytes ?? MOST_BYTES);
  const { status, headers } = response;
  return { status, headers, body: read(text), lacking, retryAfter: retrySeconds(headers) };
}

/** The same, with the answer's body yet to be read. Throws NoAnswer. */
export async function askForStream(
  url: string,
  init: Init,
  timeoutMs = TIMEOUT_MS,
): Promise<Response> {
  if (init.signal?.aborted) throw new NoAnswer("There was no time left to ask.", false);
  const limit = AbortSignal.timeout(timeoutMs);
  const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit;
  try {
    return await fetch(url, { ...init, redirect: "manual", signal });
  } catch (error) {
    throw noAnswer(new URL(url).host, error);
  }
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function retrySeconds(headers: Headers): number | null {
  const text = headers.get("retry-after") ?? "";
  const asked = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isNaN(asked) ? null : Math.min(Math.max(Math.ceil(asked), 0), MOST_SECONDS);
}

function noAnswer(host: string, error: unknown): NoAnswer {
  const reason = error instanceof Error ? error.message : String(error);
  // How the runtime's fetch says that it had no connection, so nothing was sent.
  if (reason.includes("client error (Connect)") || isUnconnected(error)) {
    return new NoAnswer(`${host} could not be reached.`, false);
  }
  return new NoAnswer(`${host} did not answer.`, true);
}

function isUnconnected(error: unknown): boolean {
  const { code = "" } = (error instanceof Error ? error.cause : null) as { code?: string } ?? {};
  return code === "ECONNREFUSED" || code === "ENOTFOUND";
}
