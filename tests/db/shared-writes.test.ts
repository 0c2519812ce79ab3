import { expect, test } from "vitest";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { claimsOf } from "../support/as-role.ts";
import { busyDatabase } from "../support/busy-database.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const insert = (email: string): Statement => ({
  text: "insert into crm.contacts (email) values ($1) returning email",
  values: [email],
});
const emails = async (id: string) =>
  (await asOwner("select email from crm.contacts where workspace_id = $1 order by 1", [id]))
    .map(({ email }) => email);

test("writes that wait for a connection share round trips, two in each", async () => {
  const { id } = await testWorkspace();
  const { database, end, roundTrips } = await busyDatabase(id);
  const before = roundTrips();
  const given = ["a@x.com", "b@x.com", "c@x.com", "d@x.com"];
  const writes = given.map((email) => database.write(claimsOf(id), [insert(email)]));
  await end();
  expect(await Promise.all(writes)).toEqual(given.map((email) => [[{ email }]]));
  expect(roundTrips() - before).toBe(2);
  expect(await emails(id)).toEqual(given);
});

test("each is a transaction of its own: one that fails or is a rehearsal undoes itself alone", async () => {
  const { id } = await testWorkspace();
  const { database, end } = await busyDatabase(id);
  const claims = claimsOf(id);
  const outcomes = Promise.allSettled([
    database.write(claims, [insert("a@x.com")]),
    database.write(claims, [insert("b@x.com"), { text: "select 1 / 0", values: [] }]),
    database.write(claims, [insert("c@x.com")], true),
    database.write(claims, [insert("d@x.com")]),
  ]);
  await end();
  expect(await outcomes).toMatchObject([
    { status: "fulfilled", value: [[{ email: "a@x.com" }]] },
    { status: "rejected", reason: { code: "22012" } },
    { status: "fulfilled", value: [[{ email: "c@x.com" }]] },
    { status: "fulfilled", value: [[{ email: "d@x.com" }]] },
  ]);
  expect(await emails(id)).toEqual(["a@x.com", "d@x.com"]);
});
