import {
  endDelivery,
  type Ended,
  holdDelivery,
  type Received,
  receiveDelivery,
  retakeDelivery,
} from "./deliveries.ts";
import { isTest, reasonToSkip } from "./events.ts";
import type { Budget } from "./expressions/expression.ts";
import { mapEvent } from "./field-map.ts";
import { type Landed, saveMapped } from "./landing.ts";
import type { StoredConnector } from "./stored-connector.ts";
import { NobodyIdentified, targetValues } from "./target-values.ts";
import { type FieldError, RecordNotFound } from "../refusals/errors.ts";
import type { Fields } from "../crm/plan.ts";
import { EVENT_TAKEN, FOREIGN_KEY_VIOLATION, isPostgresError } from "../db/errors.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import type { Transaction } from "../db/transaction.ts";
import type { Call } from "../http/call.ts";
import { lookUp } from "./lookup.ts";
import type { ApiError } from "../dialects/lumenbase/errors.ts";
import { toApiError } from "../dialects/lumenbase/known-errors.ts";

/** What became of an event. */
export type EventResult =
  & { deliveryId: string }
  & (
    | { status: "created" | "updated"; landed: Landed; warnings: FieldError[] }
    | { status: "ignored"; reason: string }
    | { status: "test" | "duplicate" }
    | { status: "failed"; error: ApiError; final: boolean }
  );

/** The event's delivery was accepted before. */
class AlreadyAccepted extends Error {
  constructor(readonly deliveryId: string) {
    super("the event was accepted before");
  }
}

/** An event to be made a record, kept as a delivery whatever comes of it. */
export class ConnectorEvent {
  #claim: (transaction: Transaction) => Promise<string>;
  #found: Partial<Ended> = {};

  private constructor(
    readonly call: Call,
    readonly connector: StoredConnector,
    readonly event: unknown,
    claim: (transaction: Transaction) => Promise<string>,
  ) {
    this.#claim = claim;
  }

  /** An event that came just now; the sender's retry of it finds its delivery. */
  static received(call: Call, connector: StoredConnector, event: unknown, received: Received) {
    return new ConnectorEvent(call, connector, event, async (transaction) => {
      try {
        const [rows] = await transaction.run([receiveDelivery(received)]);
        return String(rows?.[0]?.id);
      } catch (error) {
        if (!isPostgresError(error)) throw error;
        if (error.code === EVENT_TAKEN) throw new AlreadyAccepted(error.message);
        throw error.code === FOREIGN_KEY_VIOLATION ? gone(connector) : error;
      }
    });
  }

  /** An event whose delivery is taken up again. */
  static kept(call: Call, connector: StoredConnector, event: unknown, deliveryId: string) {
    return new ConnectorEvent(call, connector, event, claimer(deliveryId, retakeDelivery));
  }

  /** Makes the event a record, in one transaction with its delivery. */
  async run(budget: Budget): Promise<EventResult> {
    try {
      const reason = await reasonToSkip(this.connector, this.event, budget);
      if (reason !== null) return await this.ignore(reason);
      let { event } = this;
      let test = await isTest(this.connector, event, budget);
      if (!test && this.connector.lookup !== null) {
        event = await this.#completed();
        test = await isTest(this.connector, event, budget);
      }
      if (test) return { status: "test", deliveryId: await this.#end({ status: "test" }) };
      const values = await mapEvent(this.connector, event, budget);
      this.#found.mapped = values;
      return await this.#save(values);
    } catch (error) {
      return await this.fail(error);
    }
  }

  /** Keeps the event as failed. Rethrows what is not the event's fault. */
  async fail(error: unknown): Promise<EventResult> {
    if (error instanceof AlreadyAccepted) {
      return { status: "duplicate", deliveryId: error.deliveryId };
    }
    const refusal = toApiError(error);
    if (refusal.status >= 500 && refusal !== error) throw error;
    const { code, message, details } = refusal;
    const kept = { code, message, ...(details?.fields ? { fields: details.fields } : {}) };
    try {
      const deliveryId = await this.#end({ status: "failed", error: kept });
      return { status: "failed", deliveryId, error: refusal, final: isFinal(error) };
    } catch (second) {
      if (!(second instanceof AlreadyAccepted)) throw second;
      return { status: "duplicate", deliveryId: second.deliveryId };
    }
  }

  /** Keeps the event as one that becomes no record. */
  async ignore(reason: string): Promise<EventResult> {
    const error = { code: "IGNORED", message: reason };
    const deliveryId = await this.#end({ status: "ignored", error });
    return { status: "ignored", deliveryId, reason };
  }

  // An event that has ids only is kept before the rest is asked for, which may take a while.
  async #completed(): Promise<unknown> {
    const { connector, call } = this;
    const id = await call.transactUnkeyed((transaction) => this.#claim(transaction));
    this.#claim = claimer(id, holdDelivery);
    const { completed, lookedUp } = await lookUp(call, connector, this.event);
    this.#found.lookedUp = lookedUp;
    return completed;
  }

  #save(values: Fields): Promise<EventResult> {
    const { connector: { target, matching }, call } = this;
    const { mapped, warnings } = targetValues(this.connector, values);
    return call.transactUnkeyed(async (transaction) => {
      const deliveryId = await this.#claim(transaction);
      const landed = await saveMapped(transaction, target, matching, mapped);
      const { outcome, contact, activity } = landed;
      transaction.queue(endDelivery(deliveryId, {
        ...this.#found,
        status: "accepted",
        outcome,
        warnings,
        contactId: idOf(contact),
        activityId: idOf(activity),
      }));
      return { status: outcome, deliveryId, landed, warnings };
    });
  }

  #end(ended: Ended): Promise<string> {
    return this.call.transactUnkeyed(async (transaction) => {
      const deliveryId = await this.#claim(transaction);
      transaction.queue(endDelivery(deliveryId, { ...this.#found, ...ended }));
      return deliveryId;
    });
  }
}

// However often the sender repeats it, nothing will come of it.
function isFinal(error: unknown): boolean {
  return error instanceof NobodyIdentified;
}

// The only key that a new delivery has is its connector's.
function gone({ id }: StoredConnector): RecordNotFound {
  return new RecordNotFound("connector", id);
}

function claimer(id: string, statement: (id: string) => Statement) {
  return async (transaction: Transaction) => {
    const [rows] = await transaction.run([statement(id)]);
    if (rows?.length === 0) throw new AlreadyAccepted(id);
    return id;
  };
}

function idOf(record: Fields | null): string | undefined {
  return typeof record?.id === "string" ? record.id : undefined;
}
