import { randomInt } from "node:crypto";
import { inject } from "vitest";
import { apiDatabase, claimsOf, session } from "./as-role.ts";
import { pgProxy } from "./pg-proxy.ts";
import { afterwards, asOwner, eventually } from "./workspace.ts";

/** A database whose one connection a read has until it is told to end. */
export async function busyDatabase(id: string) {
  const proxy = await pgProxy(inject("apiUrl"));
  afterwards(() => proxy.close());
  const database = apiDatabase({ size: 1, url: proxy.url });
  const owner = await session(inject("adminUrl"));
  const lock = randomInt(2 ** 31);
  await owner.query("select pg_advisory_lock($1)", [lock]);
  // A busy machine may take longer to get on than a statement of the API may.
  const first = database.read(claimsOf(id), [
    { text: "set local lock_timeout = 0", values: [] },
    { text: "set local statement_timeout = 0", values: [] },
    { text: "select pg_advisory_xact_lock($1)", values: [lock] },
  ]);
  await eventually(async () =>
    (await asOwner("select from pg_locks where objid = $1 and not granted", [lock])).length > 0
  );
  const end = async () => {
    await owner.query("select pg_advisory_unlock($1)", [lock]);
    await first;
  };
  return { database, end, roundTrips: proxy.roundTrips };
}
