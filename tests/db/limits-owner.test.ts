import { minute } from "../support/minute.ts";
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { postgresRateLimiter } from "../../shared/limits/postgres.ts";
import { session } from "../support/as-role.ts";
import { migratedDatabase } from "../support/own-migrated-database.ts";
import { afterwards } from "../support/workspace.ts";

test("counts when the tables' owner obeys row-level security", async () => {
  const { owner, apiUrl, drop } = await migratedDatabase();
  afterwards(drop);
  const workspaceId = randomUUID();
  const insert = "insert into crm.workspaces (id, slug, name) values ($1, 'limits', 'Limits')";
  await owner.query(insert, [workspaceId]);

  const api = await session(apiUrl);
  const limiter = postgresRateLimiter((text, values) => api.query(text, values));
  const used = [];
  for (let i = 0; i < 4; i++) used.push((await limiter.take(minute(workspaceId, 100))).used);

  // A minute may end in between; without the owner's policy nothing is counted at all.
  expect(used.at(-1)).toBeGreaterThan(0);
  expect(used[0]).toBe(1);
});
