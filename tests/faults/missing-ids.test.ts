import { expect, test } from "vitest";
import { LISTED } from "../support/counted-resources.ts";
import { apiDatabase, apiUrlWith, claimsOf } from "../support/as-role.ts";
import { selectRecord } from "../../shared/crm/records.ts";
import { ApiClient } from "../support/api-client.ts";
import { ContractDocument } from "../support/contract-document.ts";
import { contractWorld } from "../support/contract-world.ts";
import { plansOf } from "../support/explain.ts";
import { proxiedGateway } from "../support/gateway.ts";
import { fillWorkspace } from "../support/tenant-tables.ts";
import { testWorkspace } from "../support/workspace.ts";
import { idPlaces, missing, saidBy } from "./foreign-ids.ts";
import { tell } from "./form.ts";
import { exchange } from "./pg-exchange.ts";

const document = await ContractDocument.fetched();
const places = idPlaces(document);
const theirs = await contractWorld("", 3);
const mine = await contractWorld("", 3);
const others = await fillWorkspace((await testWorkspace()).id);
// A key is read again every 10 s and requests are counted in blocks, now for the one, now the other.
const TRIES = 20;

test("an id of another workspace costs PostgreSQL what one that does not exist does", async () => {
  const { url, proxy } = await proxiedGateway({ LUMENBASE_POOL_SIZE: "1" });
  const api = new ApiClient(url, mine.workspace.api.key);
  const different: string[] = [];
  for (const { operation, where, request } of places) {
    const own = mine.ids[operation.resource]?.at(-1) ?? "";
    const seen = async (id: string) => {
      const { path, body, headers } = request(id);
      const send = () => api.send(operation.method, path.replace("OWN", own), { body, headers });
      const { result, ...messages } = await exchange(proxy, send);
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
});

test.each(LISTED.map((resource) => [resource.name, resource] as const))(
  "a record of another workspace is not looked at: %s",
  async (name, resource) => {
    const foreign = others[`crm.${name}`]!;
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
