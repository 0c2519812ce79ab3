import type { ApiClient, ApiResponse } from "./api-client.ts";
import type { DialectWorld, Target, TestDialect } from "./dialects/dialect.ts";
import { goodRequest, type OperationCase, pathOfCase } from "./operation-requests.ts";
import type { KeyOptions, TestWorkspace } from "./workspace.ts";

/** A request of an operation that works. */
export interface Working {
  world: DialectWorld;
  workspace: TestWorkspace;
  api: ApiClient;
  target: Target;
  path: string;
  body: unknown;
}

/** A request that is refused before its record is looked up. */
export interface Refusable {
  workspace: TestWorkspace;
  path: string;
  send(client: ApiClient, headers?: Record<string, string>): Promise<ApiResponse>;
  clientOf(options: KeyOptions): Promise<ApiClient>;
  nobody: ApiClient;
}

/** One workspace for all tests of a file: each that writes makes the record that it works on. */
export class MatrixWorld {
  readonly world: Promise<DialectWorld>;
  readonly #dialect: TestDialect;
  /** Who is refused, and who is let in from an address, by their options; no case changes the key it is sent with. */
  readonly #clients = new Map<string, Promise<ApiClient>>();
  // Beyond the records that the world has itself.
  #made = 1_000;

  constructor(dialect: TestDialect) {
    this.#dialect = dialect;
    this.world = dialect.world(null, 0);
  }

  async request(one: OperationCase): Promise<Working> {
    const world = await this.world;
    const { workspace, api } = world;
    const request = await goodRequest(this.#dialect, world, one, this.#made++);
    return { world, workspace, api, ...request };
  }

  async refusable(one: OperationCase): Promise<Refusable> {
    const world = await this.world;
    const { workspace, api } = world;
    const { operation } = one;
    const { method } = operation;
    const target = world.targets(operation).at(-1) ?? {};
    const path = pathOfCase(one, target, world.given(operation));
    const body = operation.body && this.#dialect.goodBody(operation);
    const { keys } = this.#dialect;
    return {
      workspace,
      path,
      send: (client, headers = {}) => client.send(method, path, { body, headers }),
      clientOf: (options) => this.#clientOf({ api: keys, rateLimit: 100_000, ...options }),
      nobody: api.withKey(null),
    };
  }

  #clientOf(options: KeyOptions): Promise<ApiClient> {
    const make = () => this.world.then(({ workspace }) => workspace.apiWith(options));
    // Whom one right alone makes, in LIO, is whoever owns the record at hand.
    if (options.scopes?.length === 1) return make();
    const name = JSON.stringify(options);
    const client = this.#clients.get(name) ?? make();
    this.#clients.set(name, client);
    return client;
  }
}
