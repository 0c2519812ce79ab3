import { Buffer } from "node:buffer";
import { stringify } from "lossless-json";
import { type Received, selectDelivery } from "./deliveries.ts";
import { eventIdOf, keyedId } from "./events.ts";
import type { Budget } from "./expressions/expression.ts";
import { redacted } from "./redaction.ts";
import type { StoredConnector } from "./stored-connector.ts";
import { Refusal } from "../refusals/refusal.ts";
import type { ConnectorContext } from "./context.ts";
import { ConnectorEvent, type EventResult } from "./event.ts";

/** Why a payload without events becomes no record. */
export const NO_EVENT = "The payload holds no event.";

/** What tells events apart that have no id of their own. */
export interface RequestKey {
  text: string;
  /** Whether it is the client's, who may give it to another request by mistake. */
  givenByClient: boolean;
}

const JSON_TYPE = "application/json";

type Body = Pick<Received, "contentType" | "body" | "part">;

/** A request through a connector, proven to be its sender's, whose events are now kept. */
export class ConnectorRequest {
  readonly #context: ConnectorContext;
  readonly #connector: StoredConnector;
  readonly #whole: Body;
  readonly #key: RequestKey | null;
  readonly #budget: Budget;

  constructor(
    context: ConnectorContext,
    connector: StoredConnector,
    whole: Pick<Received, "contentType" | "body">,
    key: RequestKey | null,
    budget: Budget,
  ) {
    this.#context = context;
    this.#connector = connector;
    this.#whole = { ...whole, part: false };
    this.#key = key;
    this.#budget = budget;
  }

  /** Makes the events records, in their order. Throws Refusal when the idempotency key was another's. */
  async all(events: readonly unknown[]): Promise<EventResult[]> {
    const results: EventResult[] = [];
    for (const index of events.keys()) results.push(await this.#run(events, index));
    return results;
  }

  async #run(events: readonly unknown[], index: number): Promise<EventResult> {
    const event = events[index];
    const body = events.length === 1 ? this.#whole : {
      contentType: JSON_TYPE,
      body: keptBody(this.#connector, JSON_TYPE, bytesOf(event)),
      part: true,
    };
    let id: string | null;
    try {
      id = await eventIdOf(this.#connector, event, this.#budget);
    } catch (error) {
      return await this.#event(event, body, null).fail(error);
    }
    if (id !== null || this.#key === null) {
      return await this.#event(event, body, id).run(this.#budget);
    }
    const { text, givenByClient } = this.#key;
    const result = await this.#event(event, body, keyedId(text, index)).run(this.#budget);
    if (result.status === "duplicate" && givenByClient) {
      await this.#requireSame(result.deliveryId, body);
    }
    return result;
  }

  /** Keeps a payload that cannot be read or taken apart. */
  unreadable(error: unknown): Promise<EventResult> {
    return this.#event(null, this.#whole, null).fail(error);
  }

  /** Keeps a payload that holds no event. */
  empty(): Promise<EventResult> {
    return this.#event(null, this.#whole, null).ignore(NO_EVENT);
  }

  #event(event: unknown, body: Body, eventId: string | null): ConnectorEvent {
    const received = { ...body, connectorId: this.#connector.id, eventId };
    return ConnectorEvent.received(this.#context, this.#connector, event, received);
  }

  async #requireSame(deliveryId: string, { body }: Body): Promise<void> {
    const [rows] = await this.#context.workspace.read([selectDelivery(deliveryId)]);
    const kept = rows?.[0]?.body;
    if (kept instanceof Uint8Array && Buffer.compare(kept, body) === 0) return;
    throw new Refusal(
      "key_reused",
      "This idempotency key was used for another delivery; use a new key.",
      { fields: [{ field: "Idempotency-Key", message: "Belongs to another delivery." }] },
    );
  }
}

/** A body as it is kept: without the secret that proves its sender. */
export function keptBody(
  { verification }: Pick<StoredConnector, "verification">,
  contentType: string,
  body: Uint8Array,
): Uint8Array {
  return verification.type === "body" ? redacted(contentType, body, verification.field) : body;
}

function bytesOf(event: unknown): Uint8Array {
  return Buffer.from(stringify(event) ?? "null");
}
