import assert from "node:assert/strict";
import { requestText } from "./connection.ts";
import { type Bench, compared, type Line } from "./line.ts";
import type { Target } from "./load.ts";
import { bare, overHttp, sideBySide } from "./measure.ts";
import { person } from "./people.ts";
import type { BenchWorkspace } from "./seed.ts";

const BATCH = 100;
const NEAR_THE_INSERT =
  "a batch is near a bare insert, whose cost is PostgreSQL's for each row and its " +
  "twelve indexes, the one for searches before all. Single creates have that cost too, so the faster " +
  "they are beside it, the less a batch saves.";

/** One contact at a time, a hundred at a time, and a hundred with one insert. */
export async function writes(bench: Bench): Promise<Line[]> {
  const { empty } = bench.seeded;
  const many = { what: "createMany", workspace: empty.bare.id, batch: BATCH } as const;
  const figures = await sideBySide([
    overHttp("naive", naiveCreate(bench)),
    overHttp("ours", ourCreate(bench)),
    overHttp("ours, batch", ourBatch(bench), BATCH),
    bare("bare insert of 100", bench.bare.port, many, ([rows]) => {
      assert.equal(rows?.length, BATCH);
    }),
  ], bench.pace);
  const rate = "contacts/s";
  const against = `batch of ${BATCH} against`;
  const batch = "ours, batch";
  return [
    compared("create", rate, figures, ["ours", "naive"], { at: "least", value: 0.75 }),
    {
      ...compared(`${against} single creates`, rate, figures, [batch, "ours"], {
        at: "least",
        value: 12,
      }),
      reason: NEAR_THE_INSERT,
    },
    compared(`${against} one bare insert`, rate, figures, [batch, "bare insert of 100"], {
      at: "least",
      value: 0.6,
    }),
  ];
}

/** One contact at a time into workspaces that have the limits of a new one, which each request asks. */
export async function defaultLimit(bench: Bench): Promise<Line[]> {
  const { usual } = bench.seeded;
  const figures = await sideBySide([
    overHttp("naive", naiveCreate(bench, "usual naive", usual)),
    overHttp("ours", ourCreate(bench, "usual", usual)),
  ], bench.pace);
  const bound = { at: "least", value: 0.75 } as const;
  return [compared("create at the default limit", "contacts/s", figures, ["ours", "naive"], bound)];
}

function naiveCreate(
  { naive: { port }, seeded }: Bench,
  series = "one",
  workspaces: readonly BenchWorkspace[] = [seeded.empty.naive],
): Target {
  return {
    port,
    request: (n) => {
      const headers = { "X-Workspace": workspaces[n % workspaces.length]?.id ?? "" };
      return requestText("POST", "/contacts", headers, person(series, n));
    },
    check(n, status, body) {
      assert.equal(status, 201, JSON.stringify(body));
      assert.equal((body as { email: string }).email, person(series, n).email);
    },
  };
}

/** New contacts, of a series of their own; of several workspaces in turn. */
export function ourCreate(
  { ours: { port }, seeded }: Bench,
  series = "one",
  workspaces: readonly BenchWorkspace[] = [seeded.empty.ours],
): Target {
  const path = "/functions/v1/v1-public-contacts";
  return {
    port,
    request: (n) => {
      const headers = { Authorization: `Bearer ${workspaces[n % workspaces.length]?.key}` };
      return requestText("POST", path, headers, person(series, n));
    },
    check(n, status, body) {
      assert.equal(status, 201, JSON.stringify(body));
      const { data } = body as { data: { email: string; created: boolean } };
      assert.deepEqual([data.email, data.created], [person(series, n).email, true]);
    },
  };
}

function ourBatch({ ours: { port }, seeded }: Bench): Target {
  const headers = { Authorization: `Bearer ${seeded.empty.ours.key}` };
  const path = "/functions/v1/v1-public-contacts-batch";
  const people = (n: number) =>
    Array.from({ length: BATCH }, (_, i) => person("many", n * BATCH + i));
  return {
    port,
    request: (n) => requestText("POST", path, headers, { contacts: people(n) }),
    check(_, status, body) {
      assert.equal(status, 201, JSON.stringify(body).slice(0, 1000));
      const { data } = body as { data: { results: { status: string; id: string }[] } };
      assert.equal(data.results.length, BATCH);
      assert.equal(new Set(data.results.map(({ id }) => id)).size, BATCH);
      assert.ok(data.results.every((result) => result.status === "created"));
    },
  };
}
