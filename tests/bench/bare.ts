// The naive side's statements straight from the driver: POST / runs them for a while over as many
// loops as the others have connections, and answers how often and the last rows.
import { Hono } from "hono";
import { asWorkspace, type Person, type Query, sql } from "./naive.ts";
import { person } from "./people.ts";

/** What to run, and for how long. */
export interface BareOrder {
  what: "byId" | "list" | "search" | "create" | "createMany";
  workspace: string;
  /** Values of the first three, taken in turn. */
  values: readonly string[];
  /** How many are written at once by the last one. */
  batch: number;
  /** Keeps what is written apart from what another order wrote. */
  series: string;
  loops: number;
  milliseconds: number;
}

/** What came of it. */
export interface BareResult {
  done: number;
  seconds: number;
  rows: Record<string, unknown>[][];
}

const app = new Hono().basePath("/bare");

app.post("/", async (c) => {
  const order = await c.req.json<BareOrder>();
  const started = performance.now();
  let done = 0;
  let rows: Record<string, unknown>[][] = [];
  const loop = async () => {
    while (performance.now() - started < order.milliseconds) {
      rows = await asWorkspace(order.workspace, queries(order, done++));
    }
  };
  await Promise.all(Array.from({ length: order.loops }, loop));
  return c.json<BareResult>({ done, seconds: (performance.now() - started) / 1000, rows });
});

function queries({ what, values, series, batch }: BareOrder, n: number): Query[] {
  if (what === "create") return sql.create(person(series, n));
  if (what === "createMany") {
    return createMany(Array.from({ length: batch }, (_, i) => person(series, n * batch + i)));
  }
  return sql[what](values[n % values.length] ?? "");
}

function createMany(people: Person[]): Query[] {
  const columns = Object.keys(people[0] ?? {}) as (keyof Person)[];
  const types = columns.map((name) => name === "signal_strength" ? "float8" : "text");
  const arrays = types.map((type, index) => `$${index + 1}::${type}[]`);
  return [{
    name: "create many",
    text: `insert into crm.contacts (${columns}) select * from unnest(${arrays}) returning id`,
    values: columns.map((name) => people.map((one) => one[name])),
  }];
}

export default app;
