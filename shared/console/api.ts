import { ApiError, errorOf } from "./api-error.ts";
import { FUNCTIONS } from "./functions.ts";
import { forget, session } from "./session.ts";

/** Values of a query; what is undefined, null or empty is left out. */
export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>;

interface Options {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
  /** Writes with the same key are done once. */
  idempotencyKey?: string;
}

/** One API: its operations are called by method and path, with the token of who is signed in. */
export interface Api {
  get<T>(path: string, query?: Query, signal?: AbortSignal): Promise<T>;
  post<T>(path: string, body?: unknown, options?: Omit<Options, "body">): Promise<T>;
  put<T>(path: string, body?: unknown, options?: Omit<Options, "body">): Promise<T>;
  patch<T>(path: string, body?: unknown, options?: Omit<Options, "body">): Promise<T>;
  delete<T>(path: string, options?: Options): Promise<T>;
}

/** The native API: answers the whole envelope, `{ data, meta, … }`. */
export const native = api("");
/** LeadHub: answers `{ data, meta }`. */
export const leadhub = api("leadhub/api/v1/");
/** LIO: answers `{ data, … }`. */
export const lio = api("lio/api/");

/** A page of a list of LIO. */
export interface LioPage<T> {
  data: readonly T[];
  total: number;
  page: number;
  limit: number;
}

const SIGN_IN = "v1-public-sign-in";

function api(base: string): Api {
  const call = <T>(method: string, path: string, options: Options = {}) =>
    send<T>(method, base + path, options);
  return {
    get: (path, query = {}, signal = undefined) =>
      call("GET", path, { query, ...(signal ? { signal } : {}) }),
    post: (path, body = {}, options = {}) => call("POST", path, { ...options, body }),
    put: (path, body = {}, options = {}) => call("PUT", path, { ...options, body }),
    patch: (path, body = {}, options = {}) => call("PATCH", path, { ...options, body }),
    delete: (path, options = {}) => call("DELETE", path, options),
  };
}

async function send<T>(method: string, path: string, options: Options): Promise<T> {
  // Who signs in needs no session, and a link that is refused ends none.
  const token = path === SIGN_IN && method === "POST" ? undefined : session.value?.token;
  const { body, signal, idempotencyKey } = options;
  const response = await reach(`${FUNCTIONS}/${path}${queryOf(options.query)}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...(idempotencyKey === undefined ? {} : { "Idempotency-Key": idempotencyKey }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  const text = await response.text();
  const answer: unknown = text === "" ? null : parsed(text);
  if (response.ok) return answer as T;
  const error = errorOf(response, answer);
  // Not one that ended while another began.
  if (response.status === 401 && token !== undefined && session.value?.token === token) {
    forget("Your session has ended. Sign in again.");
  }
  throw error;
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (error) {
    if (init.signal?.aborted) throw error;
    throw new ApiError(0, "unreachable", "The server cannot be reached. Is it running?");
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function queryOf(query: Query = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === null || value === "" ? [] : [[name, String(value)]]
  );
  return given.length === 0 ? "" : `?${new URLSearchParams(given)}`;
}
