import { expect, test } from "vitest";
import { queryError, queryStatements } from "../../shared/crm/queries/run.ts";
import type { Query } from "../../shared/crm/queries/query.ts";
import { apiDatabase, claimsOf, session } from "../support/as-role.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { databaseUrl, testWorkspace } from "../support/workspace.ts";

// A table is locked.
ownMigratedDatabase();

test("a query that takes too long is stopped and told to be so, and the next one works", async () => {
  const { id } = await testWorkspace();
  const database = apiDatabase({ size: 1 });
  const query: Query = { source: "leads", measure: { fn: "count" } };
  const run = () => database.read(claimsOf(id), queryStatements(query, 0.05));
  const owner = await session(databaseUrl("adminUrl"));
  await owner.query("begin");
  await owner.query("lock table crm.leads in access exclusive mode");
  const error = await run().catch(queryError);
  expect(error).toMatchObject({
    kind: "unavailable",
    message: expect.stringMatching(/^The query took longer than 5 seconds and was stopped; /),
    facts: { retry_after: 5 },
  });
  await owner.query("rollback");
  const [, rows] = await database.read(claimsOf(id), queryStatements(query));
  expect(rows).toMatchObject([{ value: "0" }]);
});

test("another failure is told as it is", () => {
  const error = new Error("away");
  expect(queryError(error)).toBe(error);
  expect(queryError("text")).toBe("text");
});
