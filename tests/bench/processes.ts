import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { requestText } from "./connection.ts";
import { type Bench, compared, type Line } from "./line.ts";
import { CONNECTIONS, connectionsTo, load, once, type Target } from "./load.ts";
import { median, type Side, sideBySide } from "./measure.ts";
import { builtFunction, builtProgram } from "./built.ts";
import { startModule } from "./servers.ts";
import { someIds } from "./truth.ts";

const FUNCTION = "v1-public-contacts-crud";
const MEGABYTE = 1024;
const FIRST_REQUEST =
  "the naive handler alone takes longer than what is asked: loading the driver, a " +
  "connection with its password, and one query. What ours takes beside that is nearly all the " +
  "processor's: compiling what is called for the first time, making schemas, and looking the key up.";

/**
 * From starting a process to the first answer read, against a Hono that only says hello; beside them
 * the naive handler, which connects to the database as ours does. All are built as what is deployed.
 */
export async function firstRequest(bench: Bench): Promise<Line[]> {
  const { small } = bench.seeded;
  const [id = ""] = await someIds(bench.adminUrl, small);
  const headers = { Authorization: `Bearer ${small.key}` };
  const ours = requestText("GET", `/${FUNCTION}?id=${id}`, headers);
  const naive = requestText("GET", `/contacts/${id}`, { "X-Workspace": small.id });
  const figures = await sideBySide([
    freshProcess(
      "hello",
      await builtProgram("hello"),
      bench,
      requestText("GET", "/", {}),
      (body) => {
        assert.deepEqual(body, { hello: "world" });
      },
    ),
    freshProcess("ours", await builtFunction(FUNCTION), bench, ours, (body) => {
      assert.equal((body as { data: { id: string } }).data.id, id);
    }),
    freshProcess("naive", await builtProgram("naive"), bench, naive, (body) => {
      assert.equal((body as { id: string }).id, id);
    }),
  ], { ...bench.pace, rounds: bench.quick ? 5 : 15 });
  const bound = { at: "most", value: 1.5 } as const;
  const name = "first request of a fresh process";
  const line = compared(name, "ms", figures, ["ours", "hello"], bound, ["naive"]);
  return [{ ...line, reason: FIRST_REQUEST }];
}

/** A side whose round is the first request of a process, in milliseconds. */
export function freshProcess(
  label: string,
  module: URL,
  { apiUrl }: Bench,
  request: string,
  check: (body: unknown) => void,
): Side {
  return {
    label,
    async round() {
      const started = performance.now();
      const server = await startModule(module, apiUrl);
      const target = { port: server.port, request: () => request };
      await once({
        ...target,
        check: (_, status, body) => {
          assert.equal(status, 200);
          check(body);
        },
      });
      const took = performance.now() - started;
      await server.stop();
      return took;
    },
  };
}

/**
 * What one function's process holds under load, in its second and its third third: a process that is
 * not the first of its code, which Deno analyses once and then has in its cache.
 */
export async function memory(bench: Bench): Promise<Line[]> {
  const module = await builtFunction(FUNCTION);
  const { key } = bench.seeded.small;
  const first = await startModule(module, bench.apiUrl);
  await once(mixedReads(first.port, key));
  await first.stop();
  const server = await startModule(module, bench.apiUrl);
  const target = mixedReads(server.port, key);
  const connections = await connectionsTo(server.port, CONNECTIONS);
  const held: number[] = [];
  // In pieces, so that the answers kept to be checked stay few.
  for (let piece = 0, from = 0; piece < (bench.quick ? 24 : 120); piece++) {
    from += (await load(target, connections, 500, from)).answers;
    held.push(await residentMegabytes(server.pid));
  }
  await server.stop();
  const third = Math.floor(held.length / 3);
  const [middle, last] = [median(held.slice(third, 2 * third)), median(held.slice(2 * third))];
  return [
    {
      name: "memory of one function under load",
      unit: "MB",
      sides: [{ label: "resident", values: held }],
      bound: { at: "most", value: 150 },
    },
    {
      name: "the same, last third against the one before",
      unit: "MB",
      sides: [{ label: "before", values: [middle] }, { label: "last", values: [last] }],
      ratio: { of: "last", against: "before", values: [last / middle] },
      bound: { at: "most", value: 1.05 },
    },
  ];
}

function mixedReads(port: number, key: string): Target {
  const paths = ["?status=lead", "?search=stein", "?per_page=5&sort_by=last_name"];
  const requests = paths.map((path) =>
    requestText("GET", `/${FUNCTION}${path}`, { Authorization: `Bearer ${key}` })
  );
  return {
    port,
    request: (n) => requests[n % requests.length] ?? "",
    check(_, status, body) {
      assert.equal(status, 200);
      assert.ok((body as { data: { items: unknown[] } }).data.items.length > 0);
    },
  };
}

async function residentMegabytes(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)("ps", ["-o", "rss=", "-p", String(pid)]);
  return Number(stdout) / MEGABYTE;
}
