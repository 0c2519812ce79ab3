import type { ApiClient } from "../api-client.ts";
import type { ContractOperation } from "../contract-document.ts";
import { pathParameters } from "../operation-requests.ts";
import { roleFor } from "../lio.ts";
import type { DialectWorld, Target } from "./dialect.ts";
import { asOwner, type KeyOptions, type TestWorkspace } from "../workspace.ts";
import { addMailAccounts, giveMailAccount } from "./lio-mailboxes.ts";
import { clientOf, ownerOf } from "./lio-owner.ts";
import { addNamed, addUser, givePasswords, MADE_ASIDE } from "./lio-records.ts";
import { goodBody } from "./made-world.ts";

const FEW = 4;
/** Of what an operation with a world of its own does not work on. */
const OTHERS = 2;
const TOGETHER = 8;

/** What the records are called by whose operations are at a path: `user` of `lio/api/user/update/{id}`. */
function groupOf({ path }: ContractOperation): string {
  const group = path.replace(/^lio\/api\/(v1\/)?/, "").replace(/\/[\w-]+(\/\{\w+\}.*)?$/, "")
    .replace(/\/\{\w+\}$/, "");
  if (path.includes("/linkedin-leads/")) return "lead-enrichment/linkedin-leads";
  return group === "forecast" ? "lead/deal" : group;
}

/** A workspace of LIO with records that were made by the operations `…/add`, and those that examples name. */
export class LioMadeWorld implements DialectWorld {
  readonly known: Record<string, string[]> = {};
  readonly #made = new Map<string, string[]>();
  readonly #makers: Map<string, ContractOperation>;
  readonly workspace: TestWorkspace;
  #count = 0;
  /** The number of the user for whom alone the operation works that had its record made last. */
  #owner: string | null = null;

  constructor(
    workspace: TestWorkspace,
    readonly api: ApiClient,
    operations: readonly ContractOperation[],
  ) {
    this.workspace = {
      ...workspace,
      apiWith: (options) => this.#clientWith(workspace, options),
    };
    this.#makers = new Map(
      operations.filter(({ method, path }) => method === "POST" && path.endsWith("/add"))
        .map((operation) => [groupOf(operation), operation]),
    );
  }

  /**
   * Makes `size` records of the kind that an operation's path names, and a few of the others: none, where one
   * record is all that is needed.
   */
  async filled(of: ContractOperation | null, size: number): Promise<this> {
    await this.#restore();
    for (const group of [...this.#makers.keys(), ...Object.keys(MADE_ASIDE)]) {
      const left = Array.from({ length: of === null ? FEW : this.#lengthOf(group, of, size) });
      while (left.length > 0) {
        await Promise.all(left.splice(0, TOGETHER).map(() => this.#make(group)));
      }
    }
    for (const [group, ids] of this.#made) {
      this.known[`${group.split("/").at(-1)}_id`] = ids.slice(-FEW + 1);
    }
    // A stage is of a pipeline. Those of examples have the same ids in every workspace.
    Object.assign(this.known, { pipeline_id: ["2"], stage_id: ["11"] });
    Object.assign(this.known, await numbersOfDefaults(this.workspace.id));
    return this;
  }

  targets(operation: ContractOperation): readonly Target[] {
    const [name] = pathParameters(operation);
    if (name === undefined) return [{}];
    return (this.#made.get(this.#kindOf(operation, name)) ?? []).map((id) => ({ [name]: id }));
  }

  async fresh(operation: ContractOperation): Promise<Target> {
    await this.#restore();
    const [name] = pathParameters(operation);
    const target: Target = name === undefined
      ? {}
      : { [name]: await this.#make(this.#kindOf(operation, name)) };
    this.#owner = await ownerOf(this.workspace, operation, target);
    return target;
  }

  // A number is that of records of several kinds.
  ids(): readonly string[] {
    return [];
  }

  given(): Record<string, string> {
    return {};
  }

  // Who has one right and no more does for themselves what others may do for everybody.
  #clientWith(workspace: TestWorkspace, options: KeyOptions): Promise<ApiClient> {
    const { scopes = [] } = options;
    return this.#owner === null || scopes.length !== 1
      ? workspace.apiWith(options)
      : clientOf(workspace, this.#owner, roleFor(scopes));
  }

  #lengthOf(group: string, of: ContractOperation, size: number): number {
    const [name] = pathParameters(of);
    if (name !== undefined && group === this.#kindOf(of, name)) return size;
    const isNear = of.path.startsWith(`lio/api/${group}/`);
    return isNear ? Math.min(size, FEW) : Math.min(size - 1, OTHERS);
  }

  #kindOf(operation: ContractOperation, name: string): string {
    const named = name.replace(/_?[iI]d$/, "");
    return this.#makers.has(named) ? named : groupOf(operation);
  }

  async #restore(): Promise<void> {
    await addNamed(this.workspace.id);
    await addMailAccounts(this.workspace.id, this.api);
    await giveMailAccount(this, this.api);
    await givePasswords(this.workspace.id);
  }

  async #make(group: string): Promise<string> {
    const aside = MADE_ASIDE[group];
    if (aside !== undefined) return this.#keep(group, await aside(this.workspace.id));
    const maker = this.#makers.get(group);
    if (maker === undefined) throw new Error(`nothing makes a record of ${group}`);
    // Passwords take long to hash.
    if (group === "user") return this.#keep(group, await addUser(this.workspace.id));
    const { status, text, body } = await this.api.post(
      maker.path,
      goodBody(maker, this.#count++),
    );
    if (status !== 201) throw new Error(`${maker.path} gave ${status} ${text}`);
    return this.#keep(group, String(body.data.id));
  }

  #keep(group: string, id: string): string {
    this.#made.set(group, [...this.#made.get(group) ?? [], id]);
    return id;
  }
}

/** Ids of the default pipeline and of a stage of it, which no other workspace has. */
async function numbersOfDefaults(workspaceId: string): Promise<Record<string, string[]>> {
  const [row] = await asOwner<{ pipeline: string; stage: string }>(
    `select p.number as pipeline, s.number as stage from crm.pipelines p
     join crm.stages s on s.workspace_id = p.workspace_id and s.pipeline_id = p.id
     where p.workspace_id = $1 and p.is_default order by s.position limit 1`,
    [workspaceId],
  );
  return { own_pipelines: [String(row?.pipeline)], own_stages: [String(row?.stage)] };
}
