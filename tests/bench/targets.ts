import assert from "node:assert/strict";
import { requestText } from "./connection.ts";
import type { Bench } from "./line.ts";
import type { Target } from "./load.ts";
import type { BenchWorkspace } from "./seed.ts";

/** A record, or a page of them, as a side answers it. */
export interface Answered {
  items: Record<string, unknown>[];
  total: number;
}

/** Throws unless an answer holds what it should. */
export type Check = (n: number, answered: Answered) => void;

/** GET requests to our functions, in turn. */
export function ours(
  { ours: { port } }: Pick<Bench, "ours">,
  { key }: BenchWorkspace,
  paths: readonly string[],
  check: Check,
): Target {
  const requests = paths.map((path) =>
    requestText("GET", `/functions/v1/${path}`, { Authorization: `Bearer ${key}` })
  );
  return {
    port,
    request: (n) => requests[n % requests.length] ?? "",
    check(n, status, body) {
      const { success, data, meta } = body as OurBody;
      assert.equal(status, 200, JSON.stringify(body));
      assert.ok(success && meta.request_id.length === 36);
      const page = "pagination" in data;
      const items = page ? data.items as Answered["items"] : [data];
      check(n, { items, total: page ? (data.pagination as { total: number }).total : 1 });
    },
  };
}

interface OurBody {
  success: boolean;
  data: Record<string, unknown>;
  meta: { request_id: string };
}

/** GET requests to the naive handler, in turn. */
export function naive(
  { naive: { port } }: Bench,
  { id }: BenchWorkspace,
  paths: readonly string[],
  check: Check,
): Target {
  const requests = paths.map((path) => requestText("GET", path, { "X-Workspace": id }));
  return {
    port,
    request: (n) => requests[n % requests.length] ?? "",
    check(n, status, body) {
      const answer = body as Record<string, unknown>;
      assert.equal(status, 200, JSON.stringify(body));
      const page = "items" in answer;
      const items = page ? answer.items as Answered["items"] : [answer];
      check(n, { items, total: page ? Number(answer.total) : 1 });
    },
  };
}

/** Checks pages against their expected ids and totals, in turn. */
export function samePages(pages: readonly { ids: string[]; total: number }[]): Check {
  return (n, { items, total }) => {
    const page = pages[n % pages.length];
    assert.deepEqual(items.map(({ id }) => id), page?.ids);
    assert.equal(total, page?.total);
    for (const item of items) assert.ok(String(item.email).includes("@"));
  };
}
