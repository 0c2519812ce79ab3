import { parse } from "lossless-json";
import { createApiKey } from "./api-keys.ts";
import { apiAddress } from "./api-address.ts";
import { explained, isSuccess, notLumenbase, unreachable } from "./api-answer.ts";
import type { Database } from "./database.ts";
import { Refusal } from "./refusal.ts";

/** A JSON object as the API takes and gives it; numbers keep all their digits. */
export type Fields = Record<string, unknown>;

/** A request body with its type. */
export interface Content {
  type: string;
  body: string | Uint8Array<ArrayBuffer>;
}

const KEY_SECONDS = 600;
const PATIENCE_MS = 60_000;

/**
 * Runs `use` with the API of a workspace, for which it makes a key of scope admin. The key is
 * removed in the end, also on Ctrl-C, and works for ten minutes at most should that fail.
 */
export async function withApi<T>(
  { database, ownerUrl, workspace }: { database: Database; ownerUrl: string; workspace: string },
  use: (api: Api) => Promise<T>,
): Promise<T> {
  const address = await apiAddress(process.env, ownerUrl);
  // Expired until it is renewed: the database's clock counts, and this computer's may be wrong.
  const expiresAt = new Date(0);
  const made = { workspace, name: "admin command", scopes: ["admin"], expiresAt };
  const { id, key } = await createApiKey(database, made);
  const stop = new AbortController();
  const abort = () => stop.abort();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, abort);
  const renew = async () => {
    await database.query(
      "update crm.api_keys set expires_at = now() + make_interval(secs => $2) where id = $1",
      [id, KEY_SECONDS],
    );
  };
  try {
    await renew();
    return await use(new Api({ address, key, renew, signal: stop.signal }));
  } finally {
    await database.query("delete from crm.api_keys where id = $1", [id]);
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.removeListener(signal, abort);
  }
}

/** The API as one workspace's administrator calls it. */
export class Api {
  readonly #access;
  #renewedAt = Date.now();

  constructor(
    access: { address: string; key: string; renew: () => Promise<void>; signal: AbortSignal },
  ) {
    this.#access = access;
  }

  /** Calls a function and answers `data`. Waits when the rate limit is reached. Throws a Refusal. */
  async call(method: string, path: string, content?: Content): Promise<Fields> {
    for (;;) {
      await this.#renew();
      const response = await this.#send(method, path, content);
      if (response.status !== 429) return await this.#data(response);
      await this.#wait(Number(response.headers.get("retry-after") ?? 1));
    }
  }

  /** Every record of a list, in its order. */
  async all(path: string): Promise<Fields[]> {
    const found: Fields[] = [];
    for (let cursor = "";;) {
      const separator = path.includes("?") ? "&" : "?";
      const { items, pagination } = await this.call(
        "GET",
        `${path}${separator}per_page=100${cursor}`,
      );
      found.push(...(items as Fields[]));
      const { next_cursor: next } = pagination as { next_cursor: string | null };
      if (next === null) return found;
      cursor = `&cursor=${encodeURIComponent(next)}`;
    }
  }

  async #send(method: string, path: string, content?: Content): Promise<Response> {
    const { address, key, signal } = this.#access;
    try {
      return await fetch(`${address}/${path}`, {
        method,
        body: content?.body,
        headers: {
          authorization: `Bearer ${key}`,
          ...(content ? { "content-type": content.type } : {}),
        },
        signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
      });
    } catch (error) {
      throw signal.aborted ? interrupted() : unreachable(address, error);
    }
  }

  async #data(response: Response): Promise<Fields> {
    const { address } = this.#access;
    const text = await response.text();
    let answer: unknown;
    try {
      answer = parse(text);
    } catch {
      throw notLumenbase(address, response.status);
    }
    if (isSuccess(answer)) return answer.data;
    throw explained(address, response.status, answer);
  }

  async #renew(): Promise<void> {
    if (Date.now() - this.#renewedAt < KEY_SECONDS * 500) return;
    await this.#access.renew();
    this.#renewedAt = Date.now();
  }

  async #wait(seconds: number): Promise<void> {
    const { signal } = this.#access;
    console.error(`The workspace has reached its rate limit: going on in ${seconds} s.`);
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, seconds * 1_000);
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      }, { once: true });
    });
    if (signal.aborted) throw interrupted();
  }
}

function interrupted(): Refusal {
  return new Refusal("api", "Stopped before the end; what was done until then stays.");
}
