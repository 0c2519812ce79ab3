import { formFor } from "./multipart-bodies.ts";

/** A JSON value whose shape the test asserts. */
// oxlint-disable-next-line no-explicit-any -- assertions read deep into answers of many shapes
export type Json = any;

export interface ApiResponse {
  status: number;
  headers: Headers;
  /** The body as sent. */
  text: string;
  body: Json;
}

export interface RequestOptions {
  body?: unknown;
  /** Sent as it is, instead of `body`. */
  raw?: BodyInit;
  headers?: Record<string, string>;
}

/** Calls the functions over HTTP, as a client would. */
export class ApiClient {
  /** `entity` is the workspace's id, where an API wants each request to name it. */
  constructor(
    readonly baseUrl: string,
    readonly key: string | null,
    readonly entity: string | null = null,
  ) {}

  /** A client with another key, or none. */
  withKey(key: string | null, baseUrl = this.baseUrl): ApiClient {
    return new ApiClient(baseUrl, key, this.entity);
  }

  get(path: string, headers?: Record<string, string>): Promise<ApiResponse> {
    return this.send("GET", path, { headers });
  }

  post(path: string, body: unknown, headers?: Record<string, string>): Promise<ApiResponse> {
    return this.send("POST", path, { body, headers });
  }

  patch(path: string, body: unknown, headers?: Record<string, string>): Promise<ApiResponse> {
    return this.send("PATCH", path, { body, headers });
  }

  put(path: string, body: unknown, headers?: Record<string, string>): Promise<ApiResponse> {
    return this.send("PUT", path, { body, headers });
  }

  delete(path: string, headers?: Record<string, string>): Promise<ApiResponse> {
    return this.send("DELETE", path, { headers });
  }

  async send(
    method: string,
    path: string,
    { body, raw, headers = {} }: RequestOptions & { headers?: Record<string, string> | undefined },
  ): Promise<ApiResponse> {
    const form = formFor(path, { body, raw, headers } as RequestOptions);
    const payload = form?.payload ?? raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${this.baseUrl}/functions/v1/${this.#named(path)}`, {
      method,
      redirect: "manual",
      ...(payload === undefined ? {} : { body: payload, duplex: "half" }),
      headers: {
        // Compressing answers and reading them took an eighth of a suite's time.
        "accept-encoding": "identity",
        ...proofOf(this.key),
        ...(payload === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
        ...(form === null ? {} : { "content-type": form.contentType }),
      },
    } as RequestInit);
    const text = await response.text();
    const isJson = !/^(text|image)\//.test(response.headers.get("content-type") ?? "");
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: text && isJson ? JSON.parse(text) : null,
    };
  }
  #named(path: string): string {
    if (this.entity === null || /[?&]entityId=/.test(path)) return path;
    return `${path}${path.includes("?") ? "&" : "?"}entityId=${this.entity}`;
  }
}

// LIO takes its keys in a header of their own.
function proofOf(key: string | null): Record<string, string> {
  if (key === null) return {};
  return key.startsWith("lio_") ? { "x-api-key": key } : { authorization: `Bearer ${key}` };
}
