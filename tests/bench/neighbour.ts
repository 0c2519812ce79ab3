import assert from "node:assert/strict";
import { requestText } from "./connection.ts";
import { type Bench, compared, type Line } from "./line.ts";
import { connectionsTo, load, type Target } from "./load.ts";
import { overHttp, type Side, sideBySide } from "./measure.ts";
import { ours, samePages } from "./targets.ts";
import { someIds } from "./truth.ts";

const FUNCTION = "v1-public-contacts-crud";
const NOISY_CONNECTIONS = 64;

/** One workspace's GET, alone and while another one, at its limit, goes on asking all it can. */
export async function neighbour(bench: Bench): Promise<Line[]> {
  const { small, noisy } = bench.seeded;
  const ids = await someIds(bench.adminUrl, small);
  const paths = ids.map((id) => `${FUNCTION}?id=${id}`);
  const target = ours(bench, small, paths, samePages(ids.map((id) => ({ ids: [id], total: 1 }))));
  const noise = atItsLimit(bench.ours.port, noisy.key);
  const connections = await connectionsTo(bench.ours.port, NOISY_CONNECTIONS);
  await load(noise, connections, 1000);
  const alone = overHttp("alone", target);
  const beside = overHttp("beside", target);
  const disturbed: Side = {
    label: "beside",
    async round(milliseconds) {
      const [rate] = await Promise.all([
        beside.round(milliseconds),
        load(noise, connections, milliseconds),
      ]);
      return rate;
    },
  };
  const figures = await sideBySide([alone, disturbed], bench.pace);
  const bound = { at: "least", value: 0.7 } as const;
  const name = `noisy neighbour, ${NOISY_CONNECTIONS} connections at their limit`;
  return [compared(name, "answers/s", figures, ["beside", "alone"], bound)];
}

// Each full minute lets it ask a hundred times again.
function atItsLimit(port: number, key: string): Target {
  const headers = { Authorization: `Bearer ${key}` };
  const request = requestText("GET", `/functions/v1/${FUNCTION}?per_page=1`, headers);
  return {
    port,
    request: () => request,
    check(_, status, body) {
      const { success, error } = body as { success: boolean; error?: { code: string } };
      if (status === 200) return assert.ok(success);
      assert.deepEqual([status, error?.code], [429, "RATE_LIMIT_EXCEEDED"]);
    },
  };
}
