import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { LISTED } from "../support/counted-resources.ts";
import { apiDatabase, apiUrlWith, claimsOf } from "../support/as-role.ts";
import { selectRecord } from "../../shared/crm/records.ts";
import { described } from "../support/dialects/index.ts";
import { plansOf } from "../support/explain.ts";
import { proxiedGateway } from "../support/gateway.ts";
import { fillWorkspace } from "../support/tenant-tables.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";
import { idPlaces, saidBy } from "./foreign-ids.ts";
import { tell } from "./form.ts";
import { exchange } from "./pg-exchange.ts";

// A key is read again every 10 s and requests are counted in blocks, now for the one, now the other.
const TRIES = 20;

describe.each(await described())("$name", ({ name, dialect, document }) => {
  const places = idPlaces(dialect, document);

  test("an id of another workspace costs PostgreSQL what one that does not exist does", async () => {
    const theirs = await dialect.world(null, 0);
    const mine = await dialect.world(null, 0);
    const { url, proxy } = await proxiedGateway({ LUMENBASE_POOL_SIZE: "1" });
    const api = mine.api.withKey(mine.api.key, url);
    const different: string[] = [];
    for (const { operation, where, kind, request } of places) {
      const own = mine.targets(operation).at(-1) ?? {};
      const seen = async (id: string) => {
        const { path, body, headers } = request(id, own);
        const send = () => api.send(operation.method, path, { body, headers });
        const { result, ...messages } = await exchange(proxy, send);
        const said = saidBy(dialect, result, id);
        return JSON.stringify([said, result.text.length, messages], null, 1);
      };
      const foreign = dialect.idIn(theirs, operation, kind);
      let pair = ["", "unlike"];
      for (let tries = 0; tries < TRIES && pair[0] !== pair[1]; tries++) {
        pair = [await seen(await dialect.missing(kind)), await seen(foreign)];
      }
      if (pair[0] !== pair[1]) different.push(`${operation.id} ${where}\n${pair.join("\n")}`);
    }
    expect(different).toEqual([]);
    const told = { places: places.length, different: different.length };
    tell(`ids of others cost the same, ${name}`, told);
  });
});

const [theirs, mine] = [await testWorkspace(), await testWorkspace()];
const ids = await fillWorkspace(theirs.id);

test.each(LISTED.map((resource) => [resource.name, resource] as const))(
  "a record of another workspace is not looked at: %s",
  async (_, resource) => {
    const foreign = ids[`crm.${resource.name}`];
    if (foreign === undefined) throw new Error(`${resource.name} has no sample`);
    const database = apiDatabase({ url: apiUrlWith({ enable_seqscan: "off" }) });
    const claims = claimsOf(mine.id);
    const statements = [foreign, randomUUID()].map((id) => selectRecord(resource, id));
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
    expect(table?.map(({ rows }) => rows)).toEqual(table?.map(() => 0));
    // An index of the workspace alone passes over what I have myself, whichever id is asked for.
    const [own] = await asOwner<{ rows: number }>(
      `select count(*)::int as rows from crm.${resource.name} where workspace_id = $1`,
      [mine.id],
    );
    expect(Math.max(...table?.map(({ removed }) => removed) ?? [])).toBeLessThanOrEqual(own!.rows);
  },
);
