import { expect, test } from "vitest";
import { LISTED } from "../support/counted-resources.ts";
import { apiDatabase, apiUrlWith, claimsOf } from "../support/as-role.ts";
import { selectRecord } from "../../shared/crm/records.ts";
import { ApiClient } from "../support/api-client.ts";
import { ContractDocument } from "../support/contract-document.ts";
import { contractWorld } from "../support/contract-world.ts";
import { plansOf } from "../support/explain.ts";
import { proxiedGateway } from "../support/gateway.ts";
import { idPlaces, missing, saidBy } from "./foreign-ids.ts";
import { dice, longTest, size, tell } from "./form.ts";
import { exchange } from "./pg-exchange.ts";
import { rankTest } from "./rank-test.ts";

const document = await ContractDocument.fetched();
const places = idPlaces(document);
const theirs = await contractWorld("", 3);
const mine = await contractWorld("", 3);
// A key is read again every 10 s and requests are counted in blocks, now for the one, now the other.
const TRIES = 5;

test("an id of another workspace costs PostgreSQL what one that does not exist does", async () => {
  const { url, proxy } = await proxiedGateway({ LUMENBASE_POOL_SIZE: "1" });
  const api = new ApiClient(url, mine.workspace.api.key);
  const different: string[] = [];
  for (const { operation, where, request } of places) {
    const own = mine.ids[operation.resource]?.at(-1) ?? "";
    const seen = async (id: string) => {
      const { path, body, headers } = request(id);
      const send = () => api.send(operation.method, path.replace("OWN", own), { body, headers });
      const { result, messages } = await exchange(proxy, send);
      return JSON.stringify([saidBy(result, id), result.text.length, messages], null, 1);
    };
    const foreign = theirs.ids[operation.resource]?.[0] ?? Object.values(theirs.ids)[0]![0]!;
    let pair = ["", "unlike"];
    for (let tries = 0; tries < TRIES && pair[0] !== pair[1]; tries++) {
      pair = [await seen(missing()), await seen(foreign)];
    }
    if (pair[0] !== pair[1]) different.push(`${operation.id} ${where}\n${pair.join("\n")}`);
  }
  expect(different).toEqual([]);
  tell("ids of others cost the same", { places: places.length, different: different.length });
}, size(120_000, 300_000));

test.each(LISTED.map((resource) => [resource.name, resource] as const))(
  "a record of another workspace is not looked at: %s",
  async (name, resource) => {
    const foreign = theirs.ids[name]![0]!;
    const database = apiDatabase({ url: apiUrlWith({ enable_seqscan: "off" }) });
    const claims = claimsOf(mine.workspace.id);
    const statements = [foreign, missing()].map((id) => selectRecord(resource, id));
    const plans = await plansOf(database, claims, statements);
    const [one, other] = plans.map((nodes) =>
      nodes.map((node) => ({
        type: node["Node Type"],
        index: node["Index Name"],
        rows: node["Actual Rows"],
        removed: node["Rows Removed by Filter"] ?? 0,
      }))
    );
    expect(one).toEqual(other);
    const table = one?.filter(({ index }) => index !== undefined);
    expect(table?.length).toBeGreaterThan(0);
    expect(table?.map(({ rows, removed }) => [rows, removed])).toEqual(table?.map(() => [0, 0]));
  },
);

// An experiment: what it finds is told, and no time is asserted.
longTest("how long either id takes to be refused", async () => {
  const random = dice("which id first");
  const { api } = mine.workspace;
  const asked: [string, string, (id: string) => Promise<{ status: number }>, number][] = [
    ["GET", "contacts", (id) => api.get(`v1-public-contacts-crud?id=${id}`), 8_000],
    ["PATCH", "deals", (id) => api.patch(`v1-public-deals?id=${id}`, { title: "Mine" }), 3_000],
    ["DELETE", "tasks", (id) => api.delete(`v1-public-tasks?id=${id}`), 3_000],
    [
      "link to",
      "companies",
      (id) => api.post("v1-public-deals", { title: "x", company_id: id }),
      3_000,
    ],
  ];
  for (const [what, resource, send, pairs] of asked) {
    const ids = theirs.ids[resource]!;
    const times: Record<"foreign" | "missing", number[]> = { foreign: [], missing: [] };
    const take = async (kind: "foreign" | "missing", i: number) => {
      const known = ids[i % ids.length]!;
      const id = kind === "foreign" ? known : known.slice(0, -12) + missing().slice(-12);
      const start = performance.now();
      const { status } = await send(id);
      times[kind].push(performance.now() - start);
      expect([400, 404]).toContain(status);
    };
    for (let i = 0; i < pairs; i++) {
      const order = random() < 0.5
        ? ["foreign", "missing"] as const
        : ["missing", "foreign"] as const;
      for (const kind of order) await take(kind, i);
    }
    const { below, p } = rankTest(times.foreign, times.missing);
    const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1]!;
    tell(`time of a refusal: ${what} ${resource}`, {
      pairs,
      "median of a foreign id, ms": median(times.foreign).toFixed(3),
      "of a missing one, ms": median(times.missing).toFixed(3),
      "chance that the foreign is faster": below.toFixed(3),
      "p (Mann–Whitney)": p.toFixed(3),
    });
  }
}, 1_200_000);
