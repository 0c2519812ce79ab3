import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { contractWorld } from "../support/contract-world.ts";
import { dice, tell } from "./form.ts";
import { rankTest } from "./rank-test.ts";

const theirs = await contractWorld("", 3);
const mine = await contractWorld("", 3);

// An experiment: what it finds is told, and no time is asserted.
test("how long either id takes to be refused", async () => {
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
      const id = kind === "foreign" ? known : known.slice(0, -12) + randomUUID().slice(-12);
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
