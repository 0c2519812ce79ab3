import assert from "node:assert/strict";
import { withClient } from "../../supabase/local/owner-connection.ts";
import { builtFunction } from "./built.ts";
import { requestText } from "./connection.ts";
import { type Bench, compared, type Line } from "./line.ts";
import { LEADS, type LioWorkspace, lioWorkspace } from "./lio-world.ts";
import { once, type Target } from "./load.ts";
import { overHttp, type Side, sideBySide } from "./measure.ts";
import { person } from "./people.ts";
import { freshProcess } from "./processes.ts";
import { benchModule, startModule } from "./servers.ts";

const API = "/functions/v1/lio/api";
const FILTERS = "score_min=40&city=berlin&priority=3";
const SMALLEST = "v1-public-users";

/** Where one side is asked, as whom, and by which paths. */
interface Asked {
  label: "ours" | "naive";
  port: number;
  workspace: LioWorkspace;
  list: string;
  capture: string;
  assign: string;
  headers: Record<"user" | "key", Record<string, string>>;
}

/** A list with three filters, captures and the assignment of all leads, beside a handler written by hand. */
export async function lio(bench: Bench): Promise<Line[]> {
  const [forUs, byHand] = await withClient(bench.adminUrl, async (owner) => {
    const both = [await lioWorkspace(owner), await lioWorkspace(owner)] as const;
    await owner.query("vacuum analyze crm.leads, crm.record_counts");
    return both;
  });
  const naive = await startModule(benchModule("naive-lio.ts"), bench.apiUrl);
  const inWorkspace = { "X-Workspace": byHand.id };
  const sides: Asked[] = [{
    label: "naive",
    port: naive.port,
    workspace: byHand,
    list: `/leads?${FILTERS}`,
    capture: "/leads",
    assign: "/assign",
    headers: { user: inWorkspace, key: inWorkspace },
  }, {
    label: "ours",
    port: bench.ours.port,
    workspace: forUs,
    list: `${API}/lead/list?${FILTERS}`,
    capture: `${API}/v1/lead`,
    assign: `${API}/lead/assign-user`,
    headers: forUs,
  }];
  const measured = (how: (side: Asked) => Side) => sideBySide(sides.map(how), bench.pace);
  try {
    const lists = await measured((side) => overHttp(side.label, list(side)));
    // Before the captures, which are leads as well.
    const assigned = await measured(assignment);
    const captures = await measured((side) => overHttp(side.label, capture(side)));
    const named = LEADS.toLocaleString("en");
    return [
      compared(`LIO: GET lead/list with three filters, ${named} leads`, "answers/s", lists, [
        "ours",
        "naive",
      ]),
      compared("LIO: POST v1/lead", "leads/s", captures, ["ours", "naive"]),
      compared(`LIO: POST lead/assign-user of all ${named}`, "leads/s", assigned, [
        "ours",
        "naive",
      ]),
    ];
  } finally {
    await naive.stop();
  }
}

function list({ port, list: path, headers }: Asked): Target {
  const request = requestText("GET", path, headers.user);
  return {
    port,
    request: () => request,
    check(_, status, body) {
      assert.equal(status, 200, JSON.stringify(body));
      const { data, total } = body as { data: Record<string, unknown>[]; total: number };
      const chosen = Array.from({ length: LEADS }, (__, n) => n + 1).filter((n) =>
        n % 5 === 0 && Math.floor(n / 5) % 4 === 2 && Math.floor(n / 20) % 101 >= 40
      );
      assert.deepEqual([data.length, total], [10, chosen.length]);
      assert.equal(data[0]?.email, `m${chosen.at(-1)}@steinberg.example`);
    },
  };
}

function capture({ label, port, capture: path, headers }: Asked): Target {
  const lead = (n: number) => {
    const { first_name, last_name, email, phone } = person(`lio-${label}`, n);
    return { first_name, last_name, email, phone_number: phone };
  };
  return {
    port,
    request: (n) => requestText("POST", path, headers.key, lead(n)),
    check(n, status, body) {
      assert.equal(status, 201, JSON.stringify(body));
      assert.equal((body as { data: { email: string } }).data.email, lead(n).email);
    },
  };
}

/** Gives all leads to one user, the next time to the other, one request after another. */
function assignment({ label, port, assign: path, headers, workspace }: Asked): Side {
  let turn = 0;
  const body = () => {
    const assigned_to = workspace.users[turn++ % 2];
    return label === "ours" ? { select_all: true, filters: {}, assigned_to } : { assigned_to };
  };
  return {
    label,
    async round() {
      const request = requestText("POST", path, headers.user, body());
      const started = performance.now();
      await once({
        port,
        request: () => request,
        check(_, status, answered) {
          assert.equal(status, 200, JSON.stringify(answered));
          assert.equal((answered as { data: { updated: number } }).data.updated, LEADS);
        },
      });
      return LEADS / (performance.now() - started) * 1_000;
    },
  };
}

/** From starting a process of `lio` to its first answer, against the smallest function with keys. */
export async function firstRequestOfLio(bench: Bench): Promise<Line[]> {
  const { id, key } = await withClient(bench.adminUrl, (owner) => lioWorkspace(owner, 25));
  const leads = requestText("GET", "/lio/api/v1/lead/lead-list", key);
  const users = requestText("GET", `/${SMALLEST}`, {
    Authorization: `Bearer ${bench.seeded.small.key}`,
  });
  const figures = await sideBySide([
    freshProcess(SMALLEST, await builtFunction(SMALLEST), bench, users, (body) => {
      assert.ok((body as { success: boolean }).success);
    }),
    freshProcess("lio", await builtFunction("lio"), bench, leads, (body) => {
      assert.equal((body as { total: number }).total, 25, id);
    }),
  ], { ...bench.pace, rounds: bench.quick ? 5 : 15 });
  const bound = { at: "most", value: 1.3 } as const;
  const name = `first request of lio against the smallest function (${SMALLEST})`;
  return [compared(name, "ms", figures, ["lio", SMALLEST], bound)];
}
