import { expect, test } from "vitest";
import { ingestContacts, type IngestInput } from "../../shared/crm/contact-ingest.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { limited, person, stored, talker, tally } from "../support/daily-caps.ts";
import { asOwner, eventually } from "../support/workspace.ts";

// With so much left, a transaction first takes from a slot of its own; in the end, it looks at all.
const CAP = 2_300;
const hundred = (from: number) => Array.from({ length: 100 }, (_, i) => from + i);
const batches = (make: (i: number) => IngestInput) =>
  Array.from({ length: 30 }, (_, i) => hundred(100 * i).map(make));

test("batches and single ingests at once fill the cap of contacts exactly", async () => {
  const { id, ingest } = await limited({ contacts_per_day: CAP }, 4);
  const singles = Array.from({ length: 40 }, (_, i) => [person(`single-${i}`)]);
  const inputs = [
    ...singles.slice(0, 10),
    ...batches(person).flatMap((batch, i) => [batch].concat(singles.slice(10 + i, 11 + i))),
  ];
  const results = (await Promise.all(inputs.map((one) => ingest(...one)))).flat();
  expect(tally(results)).toEqual({ created: CAP, updated: 0, refused: 3_040 - CAP });
  expect(await stored(id)).toEqual({ contacts: CAP, activities: 0, used: [CAP, 0] });
});

test("messages and activities at once fill the cap of activities exactly", async () => {
  const { id, ingest, database } = await limited({ activities_per_day: CAP }, 4);
  const take = { text: "select app.take_daily_quota(0, 1)", values: [] };
  const add = { text: "insert into crm.activities (type) values ('note')", values: [] };
  const taking = Promise.allSettled(
    Array.from({ length: 40 }, () => database.write(claimsOf(id), [add, take])),
  );
  const results = await Promise.all(batches(talker).map((batch) => ingest(...batch)));
  const taken = await taking;
  const refusals = taken.flatMap((one) => one.status === "rejected" ? [one.reason.code] : []);
  expect(new Set(refusals)).toEqual(new Set(refusals.length > 0 ? ["LB002"] : []));
  const added = taken.length - refusals.length;
  const { created } = tally(results.flat());
  expect(created + added).toBe(CAP);
  expect(await stored(id)).toEqual({ contacts: created, activities: CAP, used: [created, CAP] });
});

test("whoever has ample quota does not wait for the commit of another", async () => {
  const { id, ingest } = await limited({}, 1);
  const holder = apiDatabase({ size: 1 });
  let finished = 0;
  await holder.transact(claimsOf(id), async (transaction) => {
    await transaction.run([ingestContacts([person("held")])]);
    const others = Array.from({ length: 20 }, (_, i) => ingest(person(i)).then(() => finished++));
    await eventually(() => Promise.resolve(finished === 20));
    return { result: others };
  });
  expect(await stored(id)).toEqual({ contacts: 21, activities: 0, used: [21, 0] });
});

test("whoever has ample quota waits for one near a cap, that nothing changes what it counted", async () => {
  const { id, ingest } = await limited({}, 1);
  const holder = apiDatabase({ size: 1 });
  const waiting = await holder.transact(claimsOf(id), async (transaction) => {
    await transaction.run([{
      text: "select pg_advisory_xact_lock(hashtextextended('crm.daily_usage ' || $1, 0))",
      values: [id],
    }]);
    const ingested = Promise.all([ingest(person(1)), ingest(person(2), person(3))]);
    await eventually(async () => {
      const locks = await asOwner(
        `select from pg_locks held join pg_locks waiting using (locktype, classid, objid, objsubid)
          where held.pid <> waiting.pid and held.granted and not waiting.granted
            and (held.classid::bigint << 32 | held.objid::bigint)
              = hashtextextended('crm.daily_usage ' || $1, 0)`,
        [id],
      );
      return locks.length === 2;
    });
    return { result: { ingested } };
  });
  expect(await waiting.ingested).toEqual([["created"], ["created", "created"]]);
  expect(await stored(id)).toEqual({ contacts: 3, activities: 0, used: [3, 0] });
});

test("whoever saw ample quota starts over when others have taken too much of it since", async () => {
  const { id, ingest, database } = await limited({ contacts_per_day: 2_000 });
  const ample: unknown[] = [];
  await database.transact(claimsOf(id), async (transaction) => {
    const look = { text: "select app.quota_is_ample(1) as ample", values: [] };
    ample.push((await transaction.run([look]))[0]?.[0]?.ample);
    if (ample.length === 1) {
      for (let i = 0; i < 6; i++) await ingest(...hundred(100 * i).map(person));
    }
    await transaction.run([{ text: "select app.use_daily_quota(1, 0)", values: [] }]);
    return { result: null };
  });
  expect(ample).toEqual([true, false]);
  expect(await stored(id)).toEqual({ contacts: 600, activities: 0, used: [601, 0] });
});

test("activities at once, each of which looks at all slots, fill a cap exactly", async () => {
  const { id, database } = await limited({ activities_per_day: 30 });
  const take = { text: "select app.take_daily_quota(0, 1)", values: [] };
  await database.write(claimsOf(id), [take]);
  const databases = [database, apiDatabase(), apiDatabase(), apiDatabase()];
  const taken = await Promise.allSettled(
    Array.from({ length: 60 }, (_, i) => databases[i % 4]!.write(claimsOf(id), [take])),
  );
  expect(taken.filter(({ status }) => status === "fulfilled")).toHaveLength(29);
  expect(await stored(id)).toMatchObject({ used: [0, 30] });
});
