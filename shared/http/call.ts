import { performance } from "node:perf_hooks";
import type { Caller } from "../auth/authenticate.ts";
import type { Claims } from "../db/database.ts";
import type { Rows, Statement } from "../db/wire/pipeline.ts";
import type { Transaction } from "../db/transaction.ts";
import { countRequest, readWindow } from "../limits/postgres.ts";
import { allowed, type RateWindow } from "../limits/rate-limiter.ts";
import { type Answer, successBody } from "../dialects/lumenbase/envelope.ts";
import type { ConnectorReference } from "../dialects/lumenbase/connectors/reference.ts";
import { idempotencyKey, writeOnce } from "./idempotency.ts";
import { parseObject, storable } from "../formats/json.ts";
import { overLimit } from "../dialects/lumenbase/known-errors.ts";
import { rateHeaders, type RatePolicy } from "./rate-headers.ts";
import type { Services } from "./services.ts";

// The host reads it to choose the region a function runs in (Supabase: Regional Invocations).
const REGION_PARAMETER = "forceFunctionRegion";

/** A finished success: the body is text because a retry must get the same one. */
export interface Outcome {
  status: Answer["status"];
  body: string;
  replayed: boolean;
  /** Set when the body holds a secret, so that it is never kept readable. */
  confidential?: true;
  /** The body is this rather than an envelope in JSON. */
  contentType?: string;
}

/** One request on its way through the API, for the operation that answers it. */
export class Call {
  readonly query: URLSearchParams;
  /** The request's count in the workspace's rate limit, once it is known. */
  window: RateWindow | null = null;
  /** Whose limit that is. */
  policy: RatePolicy = "workspace";
  databaseMs = 0;
  text = "";
  /** The body as it was sent, of a request through a connector. */
  bytes: Uint8Array = new Uint8Array();
  /** The connector the request goes through, if any. */
  connector: ConnectorReference | null = null;
  #caller: Caller | null = null;

  constructor(
    readonly request: Request,
    readonly requestId: string,
    readonly services: Services,
  ) {
    const { url } = request;
    const start = url.indexOf("?");
    this.query = new URLSearchParams(start < 0 ? "" : url.slice(start + 1).replace(/#.*$/, ""));
    if (this.query.has(REGION_PARAMETER)) this.query.delete(REGION_PARAMETER);
  }

  /** Who the request acts for. Only operations run after authentication may ask. */
  get caller(): Caller {
    if (this.#caller === null) throw new Error("the request has not been authenticated");
    return this.#caller;
  }

  set caller(caller: Caller) {
    this.#caller = caller;
  }

  get knownCaller(): Caller | null {
    return this.#caller;
  }

  /** What the row policies and the log know of the request. */
  get claims(): Claims {
    const { workspaceId, keyId, scopes } = this.caller;
    return { workspace_id: workspaceId, sub: keyId, scopes, request_id: this.requestId };
  }

  /** The body as a JSON object that can be stored. Throws InvalidInput. */
  object(): Record<string, unknown> {
    return storable(parseObject(this.text));
  }

  /** The body of a batch, whose items are yet to be checked. Throws InvalidInput. */
  batch(): Record<string, unknown> {
    return parseObject(this.text);
  }

  /** A success with this data. */
  answer(status: Answer["status"], data: unknown): Outcome {
    return { status, body: successBody(this.requestId, { status, data }), replayed: false };
  }

  /** Reads as the workspace, in one round trip that also counts the request when it can. */
  async read(statements: readonly Statement[]): Promise<Rows[]> {
    const { database, limiter } = this.services;
    const { workspaceId, requestsPerMinute } = this.caller;
    this.window ??= limiter.local(workspaceId, requestsPerMinute);
    const inPipeline = this.window === null && limiter.store === "postgres" &&
      limiter.single(workspaceId, requestsPerMinute);
    if (!inPipeline) {
      await this.countRequest();
      return this.#timed(() => database.read(this.claims, statements));
    }
    const counting = countRequest(workspaceId, requestsPerMinute);
    const [counted, ...rows] = await this.#timed(() =>
      database.read(this.claims, statements, [counting])
    );
    const window = (async () => readWindow(counted?.[0]))();
    this.#admit(await limiter.settle(workspaceId, requestsPerMinute, window));
    return rows;
  }

  /**
   * Writes as the workspace, all or nothing; `toOutcome` makes the answer of the rows. With an
   * idempotency key the answer is kept in the same transaction and a retry gets it again. A dry run
   * leaves nothing behind, not even its key.
   */
  write(
    statements: readonly Statement[],
    toOutcome: (rows: Rows[]) => Outcome,
    dryRun = false,
  ): Promise<Outcome> {
    const key = idempotencyKey(this.request);
    const { database } = this.services;
    return this.#timed(async () =>
      key === null || dryRun
        ? toOutcome(await database.write(this.claims, statements, dryRun))
        : await writeOnce(this, key, async (transaction) =>
          toOutcome(await transaction.run(statements)))
    );
  }

  /** Writes like {@link write}, in as many steps as `work` takes. */
  transact(work: (transaction: Transaction) => Promise<Outcome>, dryRun = false): Promise<Outcome> {
    const key = idempotencyKey(this.request);
    return key === null || dryRun
      ? this.transactUnkeyed(work, dryRun)
      : this.#timed(() => writeOnce(this, key, work));
  }

  /** Writes like {@link transact}, whatever idempotency key the request has. */
  transactUnkeyed<T>(work: (transaction: Transaction) => Promise<T>, dryRun = false): Promise<T> {
    const once = async (transaction: Transaction) => ({ result: await work(transaction) });
    return this.#timed(() => this.services.database.transact(this.claims, once, dryRun));
  }

  /**
   * Counts the request once, of a connector's token also for the connector. Throws 429 when either
   * is over its limit.
   */
  async countRequest(): Promise<void> {
    const { workspaceId, requestsPerMinute, connector } = this.caller;
    if (this.window !== null) return this.#admit(this.window);
    const { limiter } = this.services;
    const take = async (subject: string, limit: number) =>
      limiter.local(subject, limit) ?? await this.#timed(() => limiter.take(subject, limit));
    if (connector !== undefined) {
      this.policy = "connector";
      const own = await take(connector.id, connector.requestsPerMinute);
      this.#admit(own, "connector_requests_per_minute");
    }
    const shared = await take(workspaceId, requestsPerMinute);
    // A token's holder is not told what others have used of the workspace's limit.
    if (connector !== undefined && allowed(shared)) return;
    this.policy = "workspace";
    this.#admit(shared);
  }

  /** Throws 429 when the caller is known to be over a limit. Asks nobody and counts nothing. */
  refuseKnown(): void {
    const { workspaceId, requestsPerMinute, connector } = this.caller;
    const { limiter } = this.services;
    const own = connector && limiter.refusal(connector.id, connector.requestsPerMinute);
    const window = own ?? limiter.refusal(workspaceId, requestsPerMinute);
    if (window === null) return;
    if (own) this.policy = "connector";
    this.#admit(window, own ? "connector_requests_per_minute" : "requests_per_minute");
  }

  #admit(window: RateWindow, limit = "requests_per_minute"): void {
    this.window = window;
    if (allowed(window)) return;
    throw overLimit(window, limit, this.services.limiter.now());
  }

  /** The rate limit headers of the answer. */
  rateHeaders(): Record<string, string> {
    return rateHeaders(this.window, this.services.limiter.now(), this.policy);
  }

  async #timed<T>(work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      this.databaseMs += performance.now() - start;
    }
  }
}
