import { expect, test } from "vitest";
import { testGateway } from "../support/gateway.ts";
import { crashWorld, expectAccounted, writeWhile } from "./crash-world.ts";
import { again, size, tell } from "./form.ts";
import { restartingPostgres } from "./restarting-postgres.ts";

test("PostgreSQL killed at random moments: 503 while it is away, then all is exact", async () => {
  const postgres = await restartingPostgres();
  const { url, gateway, log } = await testGateway({}, postgres.apiUrl);
  const world = await crashWorld(url);
  const strike = () => postgres.kill(postgres.kills % 2 === 0 ? "SIGKILL" : "SIGQUIT");
  const seen = await writeWhile(world, url, strike);
  expect(postgres.kills, again).toBeGreaterThanOrEqual(2);
  // Never another 5xx, nor a broken connection: the functions themselves were never away.
  expect(Object.keys(seen.tries), again).toEqual(["503"]);
  expect(gateway.child.exitCode).toBeNull();
  expect((await world.workspace.api.get("v1-public-contacts-crud")).status).toBe(200);
  await expectAccounted(world, seen);
  tell("PostgreSQL killed during writes", {
    writes: seen.answers.length,
    kills: postgres.kills,
    "503": seen.tries[503] ?? 0,
    "errors outside a request": log.filter((line) => line.includes("outside a request")).length,
  });
}, size(300_000, 1_800_000));
