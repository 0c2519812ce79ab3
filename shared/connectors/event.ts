import {
  endDelivery,
  type Ended,
  holdDelivery,
  type Received,
  receiveDelivery,
  retakeDelivery,
} from "./deliveries.ts";
import type { Budget } from "./expressions/expression.ts";
import { travel } from "./journey.ts";
import { land } from "./land.ts";
import type { Landed } from "./landing.ts";
import type { StoredConnector } from "./stored-connector.ts";
import { NobodyIdentified, targetValues } from "./target-values.ts";
import { type FieldError, RecordNotFound } from "../refusals/errors.ts";
import type { Fields } from "../crm/plan.ts";
import { EVENT_TAKEN, FOREIGN_KEY_VIOLATION, isPostgresError } from "../db/errors.ts";
import type { Statement } from "../db/wire/pipeline.ts";
import type { Transaction } from "../db/transaction.ts";
import { refusalOf } from "../refusals/known.ts";
import type { Refusal } from "../refusals/refusal.ts";
import type { ConnectorContext } from "./context.ts";

/** What became of an event. */
export type EventResult =
  & { deliveryId: string }
  & (
    | { status: "created" | "updated"; landed: Landed; warnings: FieldError[] }
    | { status: "ignored"; reason: string }
    | { status: "test" | "duplicate" }
    | { status: "failed"; error: Refusal; final: boolean }
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
    readonly context: ConnectorContext,
    readonly connector: StoredConnector,
    readonly event: unknown,
    claim: (transaction: Transaction) => Promise<string>,
  ) {
    this.#claim = claim;
  }

  /** An event that came just now; the sender's retry of it finds its delivery. */
  static received(
    context: ConnectorContext,
    connector: StoredConnector,
    event: unknown,
    received: Received,
  ) {
    return new ConnectorEvent(context, connector, event, async (transaction) => {
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
  static kept(
    context: ConnectorContext,
    connector: StoredConnector,
    event: unknown,
    deliveryId: string,
  ) {
    return new ConnectorEvent(context, connector, event, claimer(deliveryId, retakeDelivery));
  }

  /** Makes the event a record, in one transaction with its delivery. */
  async run(budget: Budget): Promise<EventResult> {
    try {
      const destination = await travel(this.context, this.connector, this.event, budget, {
        beforeLookUp: () => this.#keep(),
        lookedUp: (found) => void (this.#found.lookedUp = found),
      });
      if (destination.end === "ignored") return await this.ignore(destination.reason);
      if (destination.end === "test") {
        return { status: "test", deliveryId: await this.#end({ status: "test" }) };
      }
      this.#found.mapped = destination.values;
      return await this.#save(destination);
    } catch (error) {
      return await this.fail(error);
    }
  }

  /** Keeps the event as failed. Rethrows what is not the event's fault. */
  async fail(error: unknown): Promise<EventResult> {
    if (error instanceof AlreadyAccepted) {
      return { status: "duplicate", deliveryId: error.deliveryId };
    }
    const refusal = refusalOf(error);
    if (refusal.isOurs && refusal !== error) throw error;
    const kept = keptError(this.context, refusal);
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

  async #keep(): Promise<void> {
    const { workspace } = this.context;
    const id = await workspace.transact((transaction) => this.#claim(transaction));
    this.#claim = claimer(id, holdDelivery);
  }

  #save({ values, completed }: { values: Fields; completed: unknown }): Promise<EventResult> {
    const { connector, context: { workspace } } = this;
    const { warnings, ...mapped } = targetValues(connector, values);
    return workspace.transact(async (transaction) => {
      const deliveryId = await this.#claim(transaction);
      const landed = await land(transaction, connector, mapped, completed);
      const { outcome, contact, activity } = landed;
      const told = [...warnings, ...landed.warnings];
      transaction.queue(endDelivery(deliveryId, {
        ...this.#found,
        status: "accepted",
        outcome,
        warnings: told,
        contactId: idOf(contact),
        activityId: idOf(activity),
      }));
      return { status: outcome, deliveryId, landed, warnings: told };
    });
  }

  #end(ended: Ended): Promise<string> {
    return this.context.workspace.transact(async (transaction) => {
      const deliveryId = await this.#claim(transaction);
      transaction.queue(endDelivery(deliveryId, { ...this.#found, ...ended }));
      return deliveryId;
    });
  }
}

function keptError({ codeOf }: ConnectorContext, refusal: Refusal): Fields {
  const fields = refusal.fields.map(({ field, message }) => ({ field, message }));
  const error = { code: codeOf(refusal), message: refusal.message };
  return fields.length > 0 ? { ...error, fields } : error;
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
