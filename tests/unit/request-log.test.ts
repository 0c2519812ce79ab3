import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DatabaseUnavailable } from "../../shared/db/errors.ts";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { type LoggedRequest, RequestLog } from "../../shared/http/request-log.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

/** A database of which a test says whether it has a connection, and what becomes of a write. */
function database() {
  const written: string[][] = [];
  const troubles: string[] = [];
  vi.spyOn(console, "error").mockImplementation((line: string) => void troubles.push(line));
  const stand = {
    isIdle: true,
    failure: null as Error | null,
    written,
    troubles,
    query({ values: [given] }: Statement) {
      if (stand.failure !== null) return Promise.reject(stand.failure);
      const rows = JSON.parse(String(given)) as { request_id: string }[];
      written.push(rows.map(({ request_id }) => request_id));
      return Promise.resolve([]);
    },
  };
  return stand;
}

function request(n: number): LoggedRequest {
  return {
    workspace_id: "w",
    began: performance.now(),
    api: "lio",
    method: "GET",
    path: "/lio/api/lead",
    status: 200,
    ms: 1,
    actor_kind: "key",
    actor_id: "k",
    request_id: `r${n}`,
    error_code: undefined,
  };
}

function add(log: RequestLog, from: number, to: number): string[] {
  const names = [];
  for (let n = from; n < to; n++) {
    log.add(request(n));
    names.push(`r${n}`);
  }
  return names;
}

test("requests are written together, a second after the first", async () => {
  const stand = database();
  const log = new RequestLog(stand);
  const names = add(log, 0, 3);
  await vi.advanceTimersByTimeAsync(999);
  expect(stand.written).toEqual([]);
  await vi.advanceTimersByTimeAsync(1);
  expect(stand.written).toEqual([names]);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(stand.written).toHaveLength(1);
});

test("200 are written at once", () => {
  const stand = database();
  const names = add(new RequestLog(stand), 0, 200);
  expect(stand.written).toEqual([names]);
});

test("nothing is written while no connection is free, but before the process ends", async () => {
  const stand = database();
  stand.isIdle = false;
  const log = new RequestLog(stand);
  const names = add(log, 0, 300);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(stand.written).toEqual([]);
  await log.flush();
  expect(stand.written).toEqual([names]);
  expect(stand.troubles).toEqual([]);
});

test("beyond 1,000 the oldest are dropped, and how many is told", async () => {
  const stand = database();
  stand.isIdle = false;
  const log = new RequestLog(stand);
  const names = add(log, 0, 1_050);
  stand.isIdle = true;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(stand.written).toEqual([names.slice(50)]);
  expect(stand.troubles).toEqual([expect.stringContaining("50 requests were not logged")]);
});

test("what a database that is away did not take is written when it is back", async () => {
  const stand = database();
  const log = new RequestLog(stand);
  stand.failure = new DatabaseUnavailable("away");
  const names = add(log, 0, 2);
  await vi.advanceTimersByTimeAsync(3_000);
  names.push(...add(log, 2, 3));
  stand.failure = null;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(stand.written).toEqual([names]);
  expect(stand.troubles).toEqual([expect.stringContaining("DatabaseUnavailable")]);
});

test("what the database refuses is dropped rather than sent again", async () => {
  const stand = database();
  const log = new RequestLog(stand);
  stand.failure = new Error("no such function");
  add(log, 0, 2);
  await vi.advanceTimersByTimeAsync(1_000);
  stand.failure = null;
  const names = add(log, 2, 3);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(stand.written).toEqual([names]);
  expect(stand.troubles).toHaveLength(2);
  expect(stand.troubles[1]).toContain("2 requests were not logged");
});
