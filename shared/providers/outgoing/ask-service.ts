import { type Answer, ask, askForStream, type AskLimits, NoAnswer } from "./ask.ts";
import { ProviderFailed } from "./provider-failed.ts";
import type { Service } from "./service.ts";
import { told } from "./told.ts";

const TIMEOUT_MS = 30_000;
const MOST_TRIES = 4;
const MOST_WAIT_MS = 5_000;
const FIRST_WAIT_MS = 200;
const UNAUTHORIZED = 401;
const TOO_MANY = 429;
/** The code of an account's token that was refused, and could not be renewed. */
export const TOKEN_REJECTED = "token_rejected";

/** A request to a service. */
export interface ServiceRequest {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Below the service's address, with its query. */
  path: string;
  headers?: Record<string, string>;
  /** The body: one of these, or none. */
  json?: unknown;
  form?: URLSearchParams;
  body?: { type: string; bytes: BodyInit };
  signal?: AbortSignal;
  /** Of the answer; 8 MB unless given. */
  mostBytes?: number;
  /** Whether it may be sent again without harm; a GET may unless told otherwise. */
  isRepeatable?: boolean;
}

/** What a service answered. */
export interface ServiceAnswer {
  status: number;
  headers: Headers;
  /** What its JSON says, else its text. */
  body: unknown;
}

/**
 * Asks a service. Answers what succeeded (2xx), and other statuses where they are `expected`; else throws
 * ProviderFailed. What may be repeated is tried up to 3 times more at 429, 5xx or no answer, after
 * `Retry-After` where that is 5 s at most; anything else only when nothing was done: without a connection,
 * or at 429. An access that is refused with 401 is renewed once.
 */
export async function askService(
  service: Service,
  request: ServiceRequest,
  expected: readonly number[] = [],
): Promise<ServiceAnswer> {
  const limits: AskLimits = {
    timeoutMs: service.timeoutMs ?? TIMEOUT_MS,
    ...(request.mostBytes === undefined ? {} : { mostBytes: request.mostBytes }),
  };
  const answer = await tried(
    service,
    request,
    (init) => ask(service.url + request.path, init, limits),
  );
  const isGood = isSuccess(answer.status) || expected.includes(answer.status);
  if (isGood && answer.lacking === null) return answer;
  throw failedBy(service, answer, isGood);
}

/** Asks a service for bytes: the answer's body is yet to be read. Throws ProviderFailed, as askService. */
export async function streamFrom(service: Service, request: ServiceRequest): Promise<Response> {
  const timeoutMs = service.timeoutMs ?? TIMEOUT_MS;
  const response = await tried(
    service,
    request,
    (init) => askForStream(service.url + request.path, init, timeoutMs),
  );
  if (isSuccess(response.status)) return response;
  await response.body?.cancel();
  throw failure(service, `status ${response.status}`, response.status, null);
}

type Init = RequestInit & { headers: Record<string, string> };
/** What is looked at of any answer. */
type Seen = Pick<Answer, "status"> & { retryAfter?: number | null; body?: unknown };

async function tried<T extends Seen>(
  service: Service,
  request: ServiceRequest,
  send: (init: Init) => Promise<T>,
): Promise<T> {
  const isRepeatable = request.isRepeatable ?? request.method === "GET";
  let isRenewed = false;
  for (let left = MOST_TRIES - 1;; left--) {
    const answer = await sent(service, request, send, { isRepeatable, left });
    if (answer?.status === UNAUTHORIZED && !isRenewed && await service.access.renew?.()) {
      isRenewed = true;
      continue;
    }
    const isPassing = answer === null || answer.status === TOO_MANY ||
      isRepeatable && answer.status >= 500;
    const wait = waitFor(answer, MOST_TRIES - left);
    if (answer !== null && (!isPassing || left === 0 || wait > MOST_WAIT_MS)) return answer;
    await cancelled(answer);
    await pause(wait, request.signal);
  }
}

/** An answer; null when none came, and another try may bring one. */
async function sent<T>(
  service: Service,
  request: ServiceRequest,
  send: (init: Init) => Promise<T>,
  { isRepeatable, left }: { isRepeatable: boolean; left: number },
): Promise<T | null> {
  const init = await initOf(service, request);
  try {
    return await send(init);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    const { mayHaveArrived } = error;
    const mayRepeat = left > 0 && (isRepeatable || !mayHaveArrived);
    if (mayRepeat && !request.signal?.aborted) return null;
    const failing = { status: null, code: null, mayHaveHappened: mayHaveArrived };
    throw new ProviderFailed(`${service.name}: ${error.message}`, failing);
  }
}

async function initOf({ access }: Service, request: ServiceRequest): Promise<Init> {
  const { method, headers = {}, json, form, body, signal } = request;
  const [type, content] = json !== undefined
    ? ["application/json", JSON.stringify(json)] as const
    : form !== undefined
    ? ["application/x-www-form-urlencoded", form.toString()] as const
    : [body?.type, body?.bytes] as const;
  return {
    method,
    headers: {
      Accept: "application/json",
      ...(type === undefined ? {} : { "Content-Type": type }),
      ...await access.headers(),
      ...headers,
    },
    ...(content === undefined ? {} : { body: content }),
    ...(signal === undefined ? {} : { signal }),
  };
}

function waitFor(answer: Seen | null, tries: number): number {
  const asked = answer?.retryAfter;
  return asked == null ? FIRST_WAIT_MS * 2 ** (tries - 1) : asked * 1000;
}

async function cancelled(answer: unknown): Promise<void> {
  if (answer instanceof Response) await answer.body?.cancel();
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function failedBy(service: Service, answer: Answer, isGood: boolean): ProviderFailed {
  const { status, lacking } = answer;
  const code = isGood ? null : codeOf(service, answer);
  const words = lacking === "too large"
    ? "the answer is too large"
    : lacking === "cut"
    ? "the answer was cut short"
    : code === null
    ? `status ${status}`
    : `${code} (${status})`;
  return failure(service, words, status, code);
}

// A token that is refused for good is told alike of every service (decisions of LIO: 18).
function codeOf({ access, codeOf: own }: Service, { status, body }: Answer): string | null {
  if (status === UNAUTHORIZED && access.renew !== undefined) return TOKEN_REJECTED;
  return own?.(body) ?? null;
}

function failure(service: Service, words: string, status: number, code: string | null) {
  const secrets = service.access.secrets();
  const mayHaveHappened = status >= 500 || isSuccess(status);
  const failing = { status, code: code === null ? null : told(code, secrets), mayHaveHappened };
  return new ProviderFailed(`${service.name} failed: ${told(words, secrets)}.`, failing);
}
