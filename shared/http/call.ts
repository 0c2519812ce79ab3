import { Workspace } from "../db/workspace.ts";
import { parseObject, storable } from "../formats/json.ts";
import type { Caller } from "./caller.ts";
import { Quota } from "./quota.ts";
import type { Services } from "./services.ts";

// The host reads it to choose the region a function runs in (Supabase: Regional Invocations).
const REGION_PARAMETER = "forceFunctionRegion";

/** A finished answer. */
export interface Outcome {
  status: number;
  /** Text where it is a write's, as a retry under an idempotency key must get the same one; null: none. */
  body: BodyInit | null;
  /** Set when it is an earlier answer. */
  replayed?: boolean;
  /** Set when there is nothing to tell in the log. */
  unlogged?: true;
  /** Set when the body holds a secret, so that it is never kept readable. */
  confidential?: true;
  /** Of a body that is not JSON. */
  contentType?: string;
  headers?: Readonly<Record<string, string>>;
}

/** One request on its way through the API, for the operation that answers it. */
export class Call<C extends Caller = Caller> {
  readonly query: URLSearchParams;
  readonly quota: Quota;
  /** The body as text, where the operation takes text. */
  text = "";
  /** Whether there is a body that could not be read, and what it says is not known. */
  isUnread = false;
  /** The body as it was sent, where the operation takes that. */
  bytes: Uint8Array = new Uint8Array();
  /** Completes an answer as the API has it; done before the answer is kept for a retry. */
  finish: (outcome: Outcome) => Outcome = (outcome) => outcome;
  #caller: C | null = null;
  #workspace: Workspace | null = null;

  constructor(
    readonly request: Request,
    readonly requestId: string,
    readonly services: Services,
    /** What stands in the path for each of its parameters, decoded. */
    readonly params: Readonly<Record<string, string>> = {},
  ) {
    const { url } = request;
    const start = url.indexOf("?");
    this.query = new URLSearchParams(start < 0 ? "" : url.slice(start + 1).replace(/#.*$/, ""));
    if (this.query.has(REGION_PARAMETER)) this.query.delete(REGION_PARAMETER);
    this.quota = new Quota(services.limiter);
  }

  /** Who the request acts for. Only operations run after authentication may ask. */
  get caller(): C {
    if (this.#caller === null) throw new Error("the request has not been authenticated");
    return this.#caller;
  }

  set caller(caller: C) {
    this.#caller = caller;
  }

  get knownCaller(): C | null {
    return this.#caller;
  }

  /** The caller's workspace. */
  get workspace(): Workspace {
    const { services: { database }, requestId, quota } = this;
    this.#workspace ??= new Workspace(database, { ...this.caller, requestId }, quota);
    return this.#workspace;
  }

  /** The body as a JSON object that can be stored. Throws InvalidInput. */
  object(): Record<string, unknown> {
    return storable(parseObject(this.text));
  }

  /** The body of a batch, whose items are yet to be checked. Throws InvalidInput. */
  batch(): Record<string, unknown> {
    return parseObject(this.text);
  }
}
