import type { Api } from "../../../shared/auth/api-key.ts";
import type { Kind } from "../../../shared/refusals/refusal.ts";
import type { ApiClient, ApiResponse, Json } from "../api-client.ts";
import type { ContractDocument, ContractOperation, Schema } from "../contract-document.ts";
import type { KeyOptions, Limits, TestWorkspace } from "../workspace.ts";

/** What names the record that an operation works on: parameters of its path, or `id` of its query. */
export type Target = Readonly<Record<string, string>>;

/** What is wrong with a field. */
export interface Mistake {
  field: string;
  message: string;
}

/** A workspace with records of every kind that requests can name. */
export interface DialectWorld {
  workspace: TestWorkspace;
  /** A client that may do everything. */
  api: ApiClient;
  /** Values of records that exist, by the fields that hold them. */
  known: Readonly<Record<string, readonly string[]>>;
  /** Records that an operation can work on; the last few are there to stay. */
  targets(operation: ContractOperation): readonly Target[];
  /** Makes one more. */
  fresh(operation: ContractOperation): Promise<Target>;
  /** An id of each kind, where an id is of one record alone. */
  ids(): readonly string[];
  /** Query parameters that an operation needs besides, with values that work. */
  given(operation: ContractOperation): Record<string, string>;
}

/** One API as the suites that run for each of them know it. Written from its specification. */
export interface TestDialect {
  name: string;
  /** Whose keys it takes. */
  keys: Api;
  /** Where its contract and the reference page are, after /functions/v1/. */
  contract: string;
  page: string;
  /** Its contract as the gateway publishes it. */
  document(): Promise<ContractDocument>;
  /** Every scope that a key can have. */
  scopes: readonly string[];
  /** Scopes that together open everything. */
  everything: readonly string[];
  /** Whether a scope lets in where another is needed; an operation may ask for more by itself. */
  covers(given: string, needed: string, operation: string): boolean;
  /** Requests that one has in each window of so many seconds, unless it has a limit of its own. */
  limit: { requests: number; seconds: number };
  /** What it is of whoever has no limit of their own, where that is another. */
  userLimit?: number;
  /** Operations that end what the others need, such as a session. */
  apart?: readonly string[];
  /** How a request is told that is wrong outside of its body, where that is not as in it. */
  invalidRequest?: number;
  /** A key that nobody has, where that is not one of the API's keys. */
  unknownKey?(): Promise<string>;
  /** Scopes that cover several others. */
  broad: readonly string[];
  /** The operations that need no key. */
  open: readonly string[];
  /** The status and the code of each refusal. */
  refusals: Readonly<Record<Kind, readonly [status: number, code: string]>>;
  /** Asserts an error: status, code, the whole envelope, the headers of every answer. */
  expectError(answer: ApiResponse, kind: Kind): void;
  /** The codes of the errors that a schema of the contract describes; null: errors have none. */
  codes: ((document: ContractDocument, schema: Schema) => readonly string[]) | null;
  /** The scope that a refusal says is needed. */
  neededScope(answer: ApiResponse): string | undefined;
  /** Texts that are no id. */
  notIds: readonly string[];
  /** Asserts the answer to a path or query with one of them. */
  expectNoId(answer: ApiResponse): void;
  /** The message of an error. */
  message(answer: ApiResponse): string;
  /** What an answer says is wrong with the request, field by field. */
  mistakes(answer: ApiResponse): readonly Mistake[];
  /** Mistakes that no schema could have told. */
  onlyTheServer: RegExp;
  /** Whether all that was sent was written. */
  tookAll(answer: ApiResponse): boolean;
  /** Whether an operation takes more than its contract allows, and warns of that. */
  isLoose(operation: ContractOperation): boolean;
  /** The record of an answer. */
  record(answer: ApiResponse): Json;
  /** Asserts what a success says besides its data. */
  expectSuccess(operation: ContractOperation, answer: ApiResponse): void;
  /** The most bytes of an operation's body. */
  bodyLimit(operation: ContractOperation): number;
  /** A body that an operation takes; `i` tells its record from others. */
  goodBody(operation: ContractOperation, i?: number): unknown;
  /** A body that makes a record, with no more than it takes, to which fields can be added. */
  plainBody(operation: ContractOperation, i: number): object;
  /** A workspace with these limits, and a client that may do everything there, as often as it likes. */
  client(
    limits?: Limits,
    options?: KeyOptions,
  ): Promise<{ workspace: TestWorkspace; api: ApiClient }>;
  /** A client that has used some of the requests it has in a window that ends only after the test. */
  limited(limit: number, used: number): Promise<ApiClient>;
  /** A world with `size` records of the kind that an operation works on, and few of the others, or none. */
  world(of: ContractOperation | null, size: number): Promise<DialectWorld>;
  /** A world in which the examples of the contract work as they are, of one operation or of those that read. */
  exampleWorld(of: ContractOperation | null): Promise<DialectWorld>;
  /** Gives the record that an operation works on to the user of a client, where only its own user may. */
  give?(
    operation: ContractOperation,
    world: DialectWorld,
    target: Target,
    api: ApiClient,
  ): Promise<void>;
  /** Requests that make an operation answer in ways of its own. */
  provoke(operation: ContractOperation, world: DialectWorld): Promise<ApiResponse[]>;
  /** Whether a field of a body holds the id of a record. */
  isId(document: ContractDocument, name: string, schema: Schema): boolean;
  /** An id as a body has it. */
  idValue(id: string): unknown;
  /** An id that no record of this kind has or will have, as long as theirs. */
  missing(kind: string): Promise<string>;
  /** The id of a record of a world that could stand in a place of an operation; `kind` is the place's. */
  idIn(world: DialectWorld, operation: ContractOperation, kind: string): string;
  /** An answer's text without what differs between any two answers, and without this id. */
  timeless(text: string, id: string): string;
  /** Reads a record that an operation made. */
  readBack(
    api: ApiClient,
    operation: ContractOperation,
    target: Target,
    record: Json,
  ): Promise<ApiResponse>;
  /** Whether a field is answered as it was given. */
  isKept(field: string): boolean;
}
