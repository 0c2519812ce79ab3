import { expect, inject, test } from "vitest";
import { crashWorld, expectAccounted, writeWhile } from "./crash-world.ts";
import { again, size, tell } from "./form.ts";
import { restartingGateway } from "./restarting-gateway.ts";

test("functions killed at random moments lose nothing and write nothing twice", async () => {
  const gateway = await restartingGateway(inject("apiUrl"));
  const world = await crashWorld(gateway.url);
  const seen = await writeWhile(world, gateway.url, () => gateway.kill());
  expect(gateway.kills, again).toBeGreaterThanOrEqual(2);
  expect(Object.keys(seen.tries), again).toEqual(["0"]);
  await expectAccounted(world, seen);
  tell("functions killed during writes", {
    writes: seen.answers.length,
    kills: gateway.kills,
    "broken connections": seen.tries[0] ?? 0,
  });
}, size(300_000, 1_800_000));
