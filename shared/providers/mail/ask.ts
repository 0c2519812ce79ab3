const TIMEOUT_MS = 20_000;
const MOST_SECONDS = 86_400;

/** What a provider's API answered. */
export interface Answer {
  status: number;
  /** The body: what its JSON says, else its text. */
  body: unknown;
  /** Seconds that it asks to wait (RFC 9110, section 10.2.3), at most a day. */
  retryAfter: number | null;
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

/** Sends a request to a provider's API, which has 20 s to answer. Throws NoAnswer. */
export async function ask(
  url: string,
  init: RequestInit & { headers: Record<string, string> },
): Promise<Answer> {
  if (init.signal?.aborted) throw new NoAnswer("There was no time left to ask.", false);
  const limit = AbortSignal.timeout(TIMEOUT_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit;
  try {
    const response = await fetch(url, { ...init, redirect: "manual", signal });
    // What the status says holds, also when the rest does not come.
    const text = await response.text().catch(() => "");
    return { status: response.status, body: read(text), retryAfter: seconds(response.headers) };
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

function seconds(headers: Headers): number | null {
  const text = headers.get("retry-after") ?? "";
  const asked = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - Date.now()) / 1000;
  return Number.isNaN(asked) ? null : Math.min(Math.max(Math.ceil(asked), 0), MOST_SECONDS);
}

function noAnswer(host: string, error: unknown): NoAnswer {
  const reason = error instanceof Error ? error.message : String(error);
  // How the runtime's fetch says that it had no connection, so nothing was sent.
  if (reason.includes("client error (Connect)")) {
    return new NoAnswer(`${host} could not be reached.`, false);
  }
  return new NoAnswer(`${host} did not answer.`, true);
}
