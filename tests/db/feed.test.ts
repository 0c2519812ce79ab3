import { beforeAll, describe, expect, test } from "vitest";
import { KINDS } from "../../shared/dialects/lumenbase/events/kinds.ts";
import { ALL } from "../../shared/dialects/lumenbase/events/types.ts";
import { Feed, type FeedPage, type FeedQuery, pageOf } from "../../shared/events/feed.ts";
import { LATEST, type Position, positionOf } from "../../shared/events/position.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { brief, rowsRead, scanned } from "../support/explain.ts";
import { nestedPlans } from "../support/nested-plans.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

// Plans depend on how many events there are, and what others write holds every feed back.
ownCluster();

const MANY = 20_000;
const BYTES = 1 << 20;
const feed = new Feed(KINDS);

async function read(id: string, query: Partial<FeedQuery>): Promise<FeedPage> {
  const asked = { after: null, types: ALL, most: 100, bytes: BYTES, ...query };
  const [rows = []] = await apiDatabase({ size: 1 }).read(claimsOf(id), [feed.read(asked)]);
  return pageOf(rows);
}

let id: string;

beforeAll(async () => {
  ({ id } = await testWorkspace());
  const other = await testWorkspace();
  for (const workspace of [id, other.id]) {
    for (let part = 0; part < 4; part++) {
      await asOwner(
        `insert into crm.tags (workspace_id, name)
          select $1, $2 || '-' || n from generate_series(1, $3::int) n`,
        [workspace, part, MANY / 4],
      );
    }
  }
  await asOwner("vacuum analyze crm.events");
});

describe("reading", () => {
  test("costs the same however many events there are, before and behind", async () => {
    const events = await asOwner<{ xid: string; sequence: string }>(
      "select xid, sequence from crm.events where workspace_id = $1 order by xid, sequence",
      [id],
    );
    for (const share of [0, 0.5, 0.95]) {
      const { xid, sequence } = events[Math.floor(events.length * share)]!;
      const after: Position = { xid, sequence: Number(sequence) };
      for (const plan_cache_mode of ["force_custom_plan", "force_generic_plan"]) {
        const statement = feed.read({ after, types: ALL, most: 10, bytes: BYTES });
        const plans = await nestedPlans(
          { text: statement.text, values: [...statement.values] },
          { claims: claimsOf(id), settings: { plan_cache_mode } },
        );
        const nodes = plans.flatMap((plan) => plan.nodes);
        expect(scanned(nodes).filter((table) => table === "events"), brief(nodes)).toEqual([]);
        expect(rowsRead(nodes, "events"), brief(nodes)).toBeGreaterThan(10);
        expect(rowsRead(nodes, "events"), brief(nodes)).toBeLessThanOrEqual(120);
      }
    }
  });

  test("looks at so many events for rare types, and goes on behind them", async () => {
    const types = ["contacts.created"];
    let after: Position | null = null;
    let pages = 0;
    for (let more = true; more; pages++) {
      const page: FeedPage = await read(id, { after, types });
      expect(page.events).toEqual([]);
      ({ end: after, more } = page);
    }
    expect(pages).toBe(MANY / 2_000 + 1);
  });

  test("ends at so many events or bytes, with at least one event", async () => {
    const few = await read(id, { most: 3 });
    expect([few.events.length, few.more]).toEqual([3, true]);
    expect(few.end).toEqual(few.events.at(-1)!.position);
    const one = await read(id, { bytes: 1 });
    expect([one.events.length, one.more]).toEqual([1, true]);
    const rest = await read(id, { after: one.end, most: 2 });
    expect(rest.events).toEqual(few.events.slice(1));
  });

  test("from the latest passes over nothing of a transaction that is under way", async () => {
    const database = apiDatabase();
    const claims = claimsOf(id);
    const insert = (name: string) => ({
      text: "insert into crm.tags (name) values ($1)",
      values: [name],
    });
    const [position] = await database.transact(claims, async (transaction) => {
      await transaction.run([insert("under way")]);
      const [[row = {}] = []] = await database.read(claims, [LATEST]);
      await transaction.run([insert("later")]);
      return { result: [positionOf(row)] };
    });
    const { events, more } = await read(id, { after: position! });
    expect(events.map(({ members }) => JSON.parse(`{${members}}`).after.name))
      .toEqual(["under way", "later"]);
    expect(more).toBe(false);
  });
});

describe("pruning", () => {
  test("reads the oldest by their index, as many as it removes", async () => {
    await asOwner(
      "update crm.events set at = now() - interval '31 days' where workspace_id = $1",
      [id],
    );
    await asOwner("vacuum analyze crm.events");
    for (const plan_cache_mode of ["force_custom_plan", "force_generic_plan"]) {
      const plans = await nestedPlans(
        { text: "select app.prune_events(100)" },
        { settings: { plan_cache_mode } },
      );
      const nodes = plans.flatMap((plan) => plan.nodes);
      expect(scanned(nodes).filter((table) => table === "events"), brief(nodes)).toEqual([]);
      expect(nodes.map((node) => node["Index Name"])).toContain("events_at_idx");
      expect(rowsRead(nodes, "events"), brief(nodes)).toBeLessThanOrEqual(300);
    }
  });

  test("removes no event of another's, and moves nobody else's horizon", async () => {
    const before = await asOwner("select count(*)::int from crm.events where workspace_id <> $1", [
      id,
    ]);
    const [removed] = await asOwner("select app.prune_events(50) as count");
    expect(removed).toEqual({ count: 50 });
    const after = await asOwner("select count(*)::int from crm.events where workspace_id <> $1", [
      id,
    ]);
    expect(after).toEqual(before);
    const horizons = await asOwner("select workspace_id from crm.event_horizons");
    expect(horizons).toEqual([{ workspace_id: id }]);
  });
});
