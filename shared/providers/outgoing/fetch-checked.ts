import { Buffer } from "node:buffer";
import type { Socket } from "node:net";
import { type Answer, AnswerUnreadable, readAnswer } from "./answer.ts";
import { connect } from "./connect.ts";
import { bare, checkedAddresses, HostRefused, type HostRules, HostUnknown } from "./host.ts";
import { urlMistake } from "./url.ts";

/** A request to an address that somebody outside gave. */
export interface OutgoingRequest extends HostRules {
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array;
  /** For everything from the look-up of the host to the end of the answer. */
  timeoutMs: number;
}

export interface OutgoingAnswer extends Answer {
  durationMs: number;
}

/** No answer came; the message says why, without secrets. */
export class OutgoingFailed extends Error {
  override name = "OutgoingFailed";
  constructor(
    message: string,
    readonly durationMs: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * Sends a request to an http or https address and answers what came back, redirects included, which are
 * not followed. The host is looked up once, every address of it checked, and the connection goes to
 * exactly one of these. Throws OutgoingFailed.
 */
export async function fetchChecked(url: string, request: OutgoingRequest): Promise<OutgoingAnswer> {
  const start = performance.now();
  const duration = () => Math.round(performance.now() - start);
  const signal = AbortSignal.timeout(request.timeoutMs);
  let socket: Socket | undefined;
  try {
    socket = await connected(url, request, signal);
    const answered = readAnswer(socket);
    socket.write(written(new URL(url), request));
    return { ...await answered, durationMs: duration() };
  } catch (error) {
    const message = signal.aborted
      ? `No answer within ${request.timeoutMs / 1000} s.`
      : reasonOf(error);
    throw new OutgoingFailed(message, duration(), { cause: error });
  } finally {
    socket?.destroy();
  }
}

async function connected(url: string, rules: HostRules, signal: AbortSignal): Promise<Socket> {
  const mistake = urlMistake(url);
  if (mistake !== null) throw new HostRefused(`The address cannot be used. ${mistake}`);
  const { hostname, protocol, port } = new URL(url);
  const isSecure = protocol === "https:";
  const host = bare(hostname);
  const addresses = await inTime(checkedAddresses(host, rules), signal);
  const errors: unknown[] = [];
  for (const address of addresses) {
    const to = { address, port: Number(port) || (isSecure ? 443 : 80), host, isSecure };
    try {
      return await connect(to, signal);
    } catch (error) {
      errors.push(error);
      if (signal.aborted) break;
    }
  }
  throw errors[0];
}

// A look-up cannot be called off.
function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

function written(url: URL, { method, headers, body }: OutgoingRequest): Uint8Array {
  const bytes = Buffer.from(body);
  const lines = Object.entries({
    Host: url.host,
    ...headers,
    "Content-Length": String(bytes.length),
    Connection: "close",
  }).map(([name, value]) => `${name}: ${value}`);
  const head = [`${method} ${url.pathname}${url.search} HTTP/1.1`, ...lines];
  if (head.some((line) => /[\r\n\0]/.test(line))) throw new TypeError("a header has a line break");
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`, "latin1"), bytes]);
}

// Neither the system's words nor a library's: they may tell of the inside of a network.
const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "The connection was refused.",
  ECONNRESET: "The connection was cut.",
  EPIPE: "The connection was cut.",
  EHOSTUNREACH: "The host cannot be reached.",
  ENETUNREACH: "The host cannot be reached.",
};

function reasonOf(error: unknown): string {
  const isKnown = error instanceof HostRefused || error instanceof HostUnknown ||
    error instanceof AnswerUnreadable;
  if (isKnown) return error.message;
  const { code = "", message = "" } = error as { code?: string; message?: string };
  if (code in REASONS) return REASONS[code] ?? "";
  const isOfTls = /certificate|cert\b|altnames|self.signed|tls|ssl/i.test(`${code} ${message}`);
  return isOfTls ? "The certificate is not valid for this host." : "The connection failed.";
}
