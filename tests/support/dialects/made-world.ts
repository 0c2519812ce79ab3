import type { ApiClient, Json } from "../api-client.ts";
import type { ContractOperation, Schema } from "../contract-document.ts";
import { pathOf, pathParameters } from "../operation-requests.ts";
import { asOwner, type TestWorkspace } from "../workspace.ts";
import type { DialectWorld, Target } from "./dialect.ts";

const FEW = 4;
/** Of what an operation with a world of its own does not work on. */
const OTHERS = 2;
/** What takes leads, rather than make what its path is of. */
const TAKES = /\/(inbound\/leads|submissions)$/;
const TOGETHER = 8;

/**
 * The records that the last parameter of a path names: `leads/{}/tags` of `leads/{id}/tags/{tag}`;
 * empty for a path without parameters.
 */
function collectionOf(path: string): string {
  const end = path.lastIndexOf("/{");
  return end < 0 ? "" : path.slice(0, end).replaceAll(/\{\w+\}/g, "{}");
}

/** Values of the parameters that lead to a record, from the first one of its path on. */
type Chain = readonly string[];

/** A workspace with records that were made by the operations which the contract has for that. */
export class MadeWorld implements DialectWorld {
  readonly known: Record<string, string[]> = {};
  readonly #made = new Map<string, Chain[]>();
  /** The operations that make a record, by their collection, the outer ones first. */
  readonly #makers: Map<string, ContractOperation>;
  #count = 0;

  constructor(
    readonly workspace: TestWorkspace,
    readonly api: ApiClient,
    operations: readonly ContractOperation[],
    /** The record of an answer. */
    readonly record: (body: Json) => Json = ({ data }) => data,
  ) {
    this.#makers = new Map(
      operations.filter(({ method, responses, path }) =>
        method === "POST" && "201" in responses && !TAKES.test(path)
      )
        .toSorted((a, b) => pathParameters(a).length - pathParameters(b).length)
        .map((operation) => [operation.path.replaceAll(/\{\w+\}/g, "{}"), operation]),
    );
  }

  /** Makes `size` records of the collection of an operation's path, and a few of the others. */
  async filled(of: ContractOperation | null, size: number): Promise<this> {
    const collection = of === null ? "" : collectionOf(of.path);
    for (const one of this.#makers.keys()) {
      const isAsked = collection === one || collection.startsWith(`${one}/{}/`);
      const others = of === null ? FEW : Math.min(size, OTHERS);
      const left = Array.from({ length: isAsked ? size : others });
      while (left.length > 0) {
        await Promise.all(left.splice(0, TOGETHER).map(() => this.#make(one)));
      }
    }
    this.#remember();
    return this;
  }

  targets(operation: ContractOperation): readonly Target[] {
    const names = pathParameters(operation);
    if (names.length === 0) return [this.#alone(operation)];
    return (this.#made.get(collectionOf(operation.path)) ?? []).map((chain) => zip(names, chain));
  }

  async fresh(operation: ContractOperation): Promise<Target> {
    const names = pathParameters(operation);
    if (names.length === 0) return this.#alone(operation);
    return zip(names, await this.#make(collectionOf(operation.path)));
  }

  // A number is that of records of several kinds.
  ids(): readonly string[] {
    return [];
  }

  given(): Record<string, string> {
    return {};
  }

  // What works on no record may name the workspace.
  #alone({ parameters }: ContractOperation): Target {
    const { slug } = this.workspace;
    return parameters.some(({ name }) => name === "tenant") ? { tenant: slug } : {};
  }

  // What no operation makes is a part of the record above it: the tags of a lead.
  async #make(collection: string): Promise<Chain> {
    const maker = this.#makers.get(collection);
    if (maker === undefined) {
      await this.#make(collectionOf(collection));
      return this.#made.get(collection)?.at(-1) ?? [];
    }
    const parent = this.#made.get(collectionOf(collection))?.[0] ?? [];
    const path = pathOf(maker, zip(pathParameters(maker), parent));
    const { status, text, body } = await this.api.post(path, goodBody(maker, this.#count++));
    if (status !== 201) throw new Error(`${path} gave ${status} ${text}`);
    const record = this.record(body);
    const chain = [...parent, String(record.id)];
    this.#keep(collection, chain);
    this.#keepParts(collection, chain, record);
    if (collection.endsWith("/integrations")) await this.#deliver(collection, chain);
    if (collection.endsWith("/automations")) await this.#fail(collection, chain);
    return chain;
  }

  #keepParts(collection: string, chain: Chain, record: Record<string, Json>): void {
    for (
      const [name, [part] = []] of Object.entries(record).filter(([, one]) => Array.isArray(one))
    ) {
      if (typeof part === "string") this.#keep(`${collection}/{}/${name}`, [...chain, part]);
    }
  }

  // What a webhook was told follows from events. It is paused, so that nothing is sent while a test looks.
  async #deliver(collection: string, [integration = ""]: Chain): Promise<void> {
    await asOwner(
      "update crm.integrations set paused_at = now() where workspace_id = $1 and number = $2",
      [this.workspace.id, integration],
    );
    const [delivery] = await asOwner<{ number: string }>(
      `insert into crm.webhook_deliveries
          (workspace_id, integration_id, webhook_id, cause, event_type, body, status)
        select workspace_id, id, 'msg_1', '1', 'lead.created', '{}', 'succeeded'
        from crm.integrations where workspace_id = $1 and number = $2 returning number`,
      [this.workspace.id, integration],
    );
    this.#keep(`${collection}/{}/deliveries`, [integration, String(delivery?.number)]);
  }

  // What an automation did follows from events as well.
  async #fail(collection: string, [automation = ""]: Chain): Promise<void> {
    const step = { action: { type: "wait", duration: "P1D" }, status: "failed", attempts: 1 };
    const [run] = await asOwner<{ number: string }>(
      `insert into crm.automation_runs (workspace_id, automation_id, lead_number, event_type, event,
          chain, status, reason, steps, started_at, finished_at)
        select workspace_id, id, 1, 'lead.created', '{}', array[id], 'failed', 'The lead is gone.',
          jsonb_build_array($3::jsonb || '{"error": "The lead is gone.", "finished_at": null}'), now(), now()
        from crm.automations where workspace_id = $1 and number = $2 returning number`,
      [this.workspace.id, automation, step],
    );
    this.#keep(`${collection}/{}/runs`, [automation, String(run?.number)]);
  }

  #keep(collection: string, chain: Chain): void {
    this.#made.set(collection, [...this.#made.get(collection) ?? [], chain]);
  }

  // By the fields that hold them, the last few, which stay.
  #remember(): void {
    for (const [collection, chains] of this.#made) {
      const record = collection.split("/").at(-1)?.replace(/ies$/, "y").replace(/s$/, "") ?? "";
      const last = chains.slice(-FEW + 1).map((chain) => chain.at(-1) ?? "");
      const isId = last.every((value) => /^(\d+|[0-9a-f-]{36})$/.test(value));
      this.known[isId ? `${record}_id` : record] = last;
    }
    this.known.tenant = [this.workspace.slug];
    this.known.pipeline_stage_id = this.known.stage_id ?? [];
    this.known.assigned_user_id = this.known.user_id ?? [];
  }
}

function zip(names: readonly string[], chain: Chain): Target {
  return Object.fromEntries(names.map((name, i) => [name, chain[i] ?? ""]));
}

/** The contract's example, with a name and an email of its own. */
export function goodBody({ body, id }: ContractOperation, i = 999): unknown {
  const example = body?.examples[0];
  if (example === undefined) throw new Error(`${id} has no example of a body`);
  const own = Object.entries(example as Schema).map(([name, value]) => {
    // What a form requires, its contract cannot tell.
    if (name === "fields") {
      return [
        name,
        (value as Schema[]).map(({ required: _, ...rest }) => rest),
      ];
    }
    // Who has the same one is taken for the same person.
    if (name === "phone" && id === "takeLead") return [name, `+1415555${1000 + i % 9000}`];
    if (name === "name" || name === "company_name") return [name, `${value} ${i}`];
    if (name === "domain") return [name, `n${i}.${value}`];
    return [name, name === "email" ? String(value).replace("@", `.${i}@`) : value];
  });
  // What goes on by itself meanwhile would be taken for what a request did.
  const acts = own.some(([name]) => name === "trigger" || name === "settings");
  const still = acts ? [["is_active", false]] : [];
  return Object.fromEntries([...own, ...still]);
}
