import { gzipSync } from "node:zlib";
import type { ApiClient, ApiResponse, RequestOptions } from "./api-client.ts";
import type { ContractOperation } from "./contract-document.ts";
import type { DialectWorld, Target, TestDialect } from "./dialects/dialect.ts";
import { pathOf, pathParameters } from "./operation-requests.ts";

/** Clients of workspaces that have used up their limits, for the answers that say so. */
export interface UsedUp {
  requests: ApiClient;
  day: ApiClient;
}

const days = new Map<TestDialect, Promise<{ api: ApiClient }>>();

/** Makes them; the day's is one for all operations of an API, as it stays used up. */
export async function usedUp(dialect: TestDialect): Promise<UsedUp> {
  const day = days.get(dialect) ??
    dialect.client({ contacts_per_day: 0, activities_per_day: 0 });
  days.set(dialect, day);
  return { requests: await dialect.limited(1, 1), day: (await day).api };
}

type Send = (client: ApiClient, options?: RequestOptions, to?: string) => Promise<ApiResponse>;

/** What refusals are provoked of. */
export interface Refused {
  dialect: TestDialect;
  operation: ContractOperation;
  /** The methods that the operation's path takes. */
  methods: ReadonlySet<string>;
  world: DialectWorld;
  spent: UsedUp;
}

/** Sends one request for each refusal that every operation of its kind can give. */
export async function refusals(refused: Refused): Promise<ApiResponse[]> {
  const { dialect, operation, methods, world, spent } = refused;
  const { api, workspace } = world;
  const { id, method, parameters, scope } = operation;
  const target = world.targets(operation).at(-1) ?? {};
  const at = pathOf(operation, target);
  const body = operation.body ? { body: dialect.goodBody(operation) } : {};
  const scopes = dialect.scopes.filter((one) => !dialect.covers(one, scope ?? "", id));
  const other = await workspace.apiWith({ api: dialect.keys, scopes });
  const send: Send = (client, options = body, to = at) => client.send(method, to, options);
  const answers = [
    await send(api.withKey(null)),
    await send(api.withKey("lb_live_nonsense")),
    await send(other),
    await api.send(otherThan(methods), at, {}),
    await send(api, body, pathOf(operation, target, { unknown: "1" })),
    await send(spent.requests),
    await send(spent.day),
  ];
  if (operation.body) answers.push(...await refusedBodies(send, api));
  if (parameters.some(({ name }) => name === "Idempotency-Key")) {
    answers.push(...await sentAgain(refused, send, target));
  }
  answers.push(...await unknownRecords(refused, send, target));
  answers.push(...await dialect.provoke(operation, world));
  return answers;
}

async function unknownRecords(
  { dialect, operation, world: { api } }: Refused,
  send: Send,
  target: Target,
): Promise<ApiResponse[]> {
  const answers: ApiResponse[] = [];
  for (const { name } of operation.parameters.filter((one) => one.name === "id")) {
    const id = await dialect.missing(operation.resource);
    const to = pathParameters(operation).includes(name)
      ? pathOf(operation, { ...target, [name]: id })
      : pathOf(operation, target, { [name]: id });
    answers.push(await send(api, undefined, to));
  }
  for (const name of pathParameters(operation)) {
    answers.push(await send(api, undefined, pathOf(operation, { ...target, [name]: "0" })));
  }
  return answers;
}

// Another body is one with a blank behind it; where there is none, another record will do.
async function sentAgain(
  { dialect, operation, world }: Refused,
  send: Send,
  target: Target,
): Promise<ApiResponse[]> {
  const { api } = world;
  const headers = { "Idempotency-Key": `again-${operation.id}` };
  const body = operation.body && dialect.goodBody(operation);
  const first = await send(api, { body, headers });
  const again = await send(api, { body, headers });
  const json = { ...headers, "content-type": "application/json" };
  const another = world.targets(operation).at(-2) ?? target;
  const other = body === undefined
    ? await send(api, { headers }, pathOf(operation, another))
    : await send(api, { raw: `${JSON.stringify(body)} `, headers: json });
  return [first, again, other];
}

async function refusedBodies(send: Send, api: ApiClient): Promise<ApiResponse[]> {
  const json = { "content-type": "application/json" };
  const gzip = { "content-encoding": "gzip" };
  return [
    await send(api, { raw: "a=b", headers: { "content-type": "text/plain" } }),
    await send(api, { raw: "{}", headers: { ...json, "content-encoding": "br" } }),
    await send(api, { raw: gzipSync("x".repeat(600 * 1024)), headers: { ...json, ...gzip } }),
    await send(api, { raw: '{"a": 1, "a": 1}', headers: json }),
    await send(api, { raw: "[", headers: json }),
    await send(api, { raw: new Uint8Array([0xff, 0xfe]), headers: json }),
  ];
}

function otherThan(methods: ReadonlySet<string>): string {
  return ["PUT", "PATCH", "POST", "DELETE"].find((method) => !methods.has(method)) ?? "PUT";
}
