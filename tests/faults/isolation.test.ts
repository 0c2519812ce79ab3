import { describe, expect, test } from "vitest";
import type { DialectWorld } from "../support/dialects/dialect.ts";
import { described } from "../support/dialects/index.ts";
import { casesOf, goodRequest, successOf } from "../support/operation-requests.ts";
import { isIdle } from "../support/snapshot.ts";
import { grantedTables, rowsOf } from "../support/tenant-tables.ts";
import { asOwner, eventually } from "../support/workspace.ts";
import { idPlaces, saidBy } from "./foreign-ids.ts";
import { LONG, size, tell } from "./form.ts";

/** Places that the walk must find, and how many it finds at least. */
const FOUND: Record<string, [least: number, parts: string[]]> = {
  Lumenbase: [60, ["query id", "header X-Connector", "body company_id", "body items.0.data."]],
  "CRM HTTP API": [3, ["path company_id", "body ownerId"]],
  LIO: [1, ["path id", "body user_id"]],
  LeadHub: [40, ["path id", "path pipeline_id", "query move_to", "body pipeline_stage_id"]],
};

// A request is logged, and its key noted as used, whatever it does.
const NOT_COMPARED = new Set(["crm.api_keys", "crm.request_hours", "crm.requests"]);

/** What a workspace holds, all of it, once the jobs that are due are done. */
async function rowsIn({ workspace }: DialectWorld): Promise<unknown[]> {
  // Not of those that failed and are tried again later.
  const left =
    "select from crm.jobs where workspace_id = $1 and status <> 'dead' and run_at <= now()";
  await eventually(async () => (await asOwner(left, [workspace.id])).length === 0);
  const tables = (await grantedTables()).filter(({ name }) => !NOT_COMPARED.has(name));
  return await Promise.all(tables.map((table) => rowsOf(table, workspace.id)));
}

describe.each(await described())("$name", ({ name, dialect, document, operations }) => {
  const places = idPlaces(dialect, document);
  // Their workspace and mine; nothing of theirs may change or be told.
  const worlds = Promise.all([dialect.world(null, 0), dialect.world(null, 0)]);

  test("the walk finds ids in paths, queries, headers, bodies and items of batches", () => {
    const found = places.map(({ operation, where }) => `${operation.id} ${where}`);
    const [least, parts] = FOUND[name]!;
    expect(found.length).toBeGreaterThan(least);
    for (const part of parts) expect(found.some((place) => place.includes(part)), part).toBe(true);
  });

  test(
    "an id of another workspace is answered like one that does not exist, everywhere",
    async () => {
      const [theirs, mine] = await worlds;
      // None of those that failed is to be tried again before all has been sent.
      await eventually(() => isIdle(theirs.workspace.id));
      const before = await rowsIn(theirs);
      let sent = 0;
      const wrong: string[] = [];
      for (const place of places) {
        const { operation, kind } = place;
        const own = mine.targets(operation).at(-1) ?? {};
        const send = (id: string) => {
          const { path, body, headers } = place.request(id, own);
          sent++;
          return mine.api.send(operation.method, path, { body, headers });
        };
        const nothing = await dialect.missing(kind);
        const absent = saidBy(dialect, await send(nothing), nothing);
        const related = dialect.idIn(theirs, operation, kind);
        expect(related, `${operation.id} ${place.where}`).not.toBe("");
        // The long form also tries ids of every other kind.
        for (const foreign of new Set([related, ...LONG ? theirs.ids() : []])) {
          const said = saidBy(dialect, await send(foreign), foreign);
          if (said === absent) continue;
          // What the first request changed is found as it should be by the next one.
          const again = saidBy(dialect, await send(nothing), nothing);
          if (said !== again) wrong.push(`${operation.id} ${place.where}\n  ${said}\n  ${again}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(await rowsIn(theirs)).toEqual(before);
      const told = { places: places.length, requests: sent, told: wrong.length };
      tell(`ids of another workspace, ${name}`, told);
    },
    size(300_000, 900_000),
  );

  test("an idempotency key of another workspace replays nothing", async () => {
    const [theirs, mine] = await worlds;
    const making = casesOf(operations).filter(({ operation }) =>
      successOf(operation) === 201 &&
      operation.parameters.some((one) => one.name === "Idempotency-Key")
    );
    expect(making.length).toBeGreaterThan(0);
    for (const [i, one] of making.entries()) {
      for (const world of [theirs, mine]) {
        const { path, body } = await goodRequest(dialect, world, one, 500 + i);
        const headers = { "idempotency-key": "shared" + i };
        const answer = await world.api.send("POST", path, { body, headers });
        expect([one.name, answer.status, answer.headers.get("idempotency-replayed")])
          .toEqual([one.name, 201, null]);
      }
    }
  });
});
