import {
  batchable,
  type BatchItem,
  batchItem,
  type BatchName,
  inData,
  planOf,
  referencesOf,
} from "./batch-item.ts";
import { InvalidInput } from "../../refusals/errors.ts";
import type { Plan } from "../../crm/plan.ts";
import { domainError } from "../../crm/records.ts";
import type { WritableResource } from "../../crm/resource.ts";
import { checked } from "../../refusals/validation.ts";
import type { Rows, Statement } from "../../db/wire/pipeline.ts";
import type { Transaction } from "../../db/transaction.ts";
import { requireDeletion, requireScope } from "./admission.ts";
import type { LumenbaseCaller } from "./caller.ts";
import { type BatchResult, batchResult, itemError, type ItemResult } from "./batch-result.ts";
import { rehearsal } from "./dry-run.ts";
import { storable } from "../../formats/json.ts";

interface Ready {
  index: number;
  item: BatchItem;
  resource: WritableResource;
  plan: Plan;
}

/** How a batch is run. */
export interface BatchOptions {
  /** The resource of items that name none. */
  name: BatchName;
  /** Who writes; an item of another resource needs the scope of that one. */
  caller: LumenbaseCaller;
  dryRun: boolean;
  /** The first item that fails ends the batch. */
  stop: boolean;
  /** What is written before an item fails is undone anyway. */
  atomic: boolean;
}

/** One batch under way in one transaction. */
export class BatchRun {
  readonly #transaction: Transaction;
  readonly #options: BatchOptions;
  readonly #references = new Map<string, string | null>();
  readonly #results: (ItemResult | undefined)[] = [];

  constructor(transaction: Transaction, options: BatchOptions) {
    this.#transaction = transaction;
    this.#options = options;
  }

  /** Writes the items in order; one that fails is undone alone. */
  async all(items: readonly unknown[]): Promise<BatchResult> {
    const { stop } = this.#options;
    for (let next = 0; next < items.length;) {
      next = await this.#some(items, next);
      if (stop && this.#results.some((result) => result?.status === "failed")) break;
    }
    return batchResult(
      items.map((item, index) =>
        this.#results[index] ?? { index, status: "skipped", ...named(item) }
      ),
    );
  }

  // Writes in one round trip as many items as depend on none of each other; answers where to go on.
  async #some(items: readonly unknown[], from: number): Promise<number> {
    const { stop, atomic } = this.#options;
    // An item that finds no record fails only once its rows are read, when others may have run.
    const most = stop && !atomic ? 1 : items.length;
    const ready: Ready[] = [];
    let next = from;
    for (; next < items.length && ready.length < most; next++) {
      const one = this.#prepare(next, items[next], ready);
      if (one === "waits") break;
      if (one !== null) ready.push(one);
      else if (stop) return next + 1;
    }
    const groups = ready.map(({ plan }) => [...this.#before(plan), ...plan.statements]);
    const { done, error } = await this.#transaction.attempt(groups);
    done.forEach((rows, position) => this.#written(ready[position], rows));
    const failed = ready[done.length];
    if (failed === undefined) return next;
    this.#fail(failed.index, failed.item, inData(domainError(failed.resource, error)));
    return failed.index + 1;
  }

  #prepare(index: number, given: unknown, ready: readonly Ready[]): Ready | "waits" | null {
    try {
      const item = checked(batchItem, storable(given));
      const pending = new Set(ready.map((one) => one.item.client_ref));
      if (referencesOf(item).some((ref) => pending.has(ref))) return "waits";
      const ref = item.client_ref;
      if (ref !== undefined && (pending.has(ref) || this.#references.has(ref))) {
        const message = "Another item of the batch has this client_ref.";
        throw new InvalidInput([{ field: "client_ref", message }]);
      }
      const name = item.resource ?? this.#options.name;
      const { caller } = this.#options;
      requireScope(caller, `${name}:write`);
      if (item.action === "delete") requireDeletion(caller, `${name}:write`);
      const resource = batchable(name);
      return { index, item, resource, plan: planOf(item, resource, this.#references) };
    } catch (error) {
      this.#fail(index, given, error);
      return null;
    }
  }

  #before({ before }: Plan): Statement[] {
    return this.#options.dryRun && before ? [before] : [];
  }

  #written(one: Ready | undefined, rows: Rows[]): void {
    if (one === undefined) throw new Error("more items were written than sent");
    const { index, item, plan } = one;
    try {
      const looking = this.#before(plan).length;
      const written = plan.result(rows.slice(looking));
      const { outcome, changes } = this.#options.dryRun
        ? rehearsal(written, looking > 0 ? rows[0]?.[0] : undefined)
        : { outcome: written.outcome };
      const made = this.#options.dryRun && outcome === "created";
      const result = { index, status: outcome, ...(made ? {} : { id: written.id }) };
      this.#results[index] = { ...result, ...named(item), ...(changes ? { changes } : {}) };
      if (item.client_ref !== undefined) this.#references.set(item.client_ref, written.id);
    } catch (error) {
      this.#fail(index, item, error);
    }
  }

  #fail(index: number, item: unknown, error: unknown): void {
    const { client_ref } = named(item);
    this.#results[index] = { index, status: "failed", ...named(item), error: itemError(error) };
    if (client_ref !== undefined && !this.#references.has(client_ref)) {
      this.#references.set(client_ref, null);
    }
  }
}

// The item's client_ref, also when the rest of the item is not valid.
function named(item: unknown): { client_ref?: string } {
  const given = (item as Partial<BatchItem> | null)?.client_ref;
  const client_ref = batchItem.shape.client_ref.safeParse(given).data;
  return client_ref === undefined ? {} : { client_ref };
}
