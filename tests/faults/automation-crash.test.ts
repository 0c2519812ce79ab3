import { setTimeout as sleep } from "node:timers/promises";
import { expect, inject, test } from "vitest";
import { stormWorld } from "../support/automation-storm.ts";
import { asOwner } from "../support/workspace.ts";
import { again, dice, size, tell } from "./form.ts";
import { restartingGateway } from "./restarting-gateway.ts";

const LEADS = size(24, 300);
const CHANGES = 2;
const KILLS = size(4, 40);
const LATEST_MS = 1_500;

test("workers killed at random moments do nothing twice, and leave nothing half done", async () => {
  const gateway = await restartingGateway(inject("apiUrl"), { runsJobs: true });
  const { id, storm, idle, expectEachOnce } = await stormWorld();
  const random = dice("automations");
  let isOver = false;
  const strikes = (async () => {
    while (gateway.kills < KILLS) {
      await sleep(random() * LATEST_MS);
      await gateway.kill();
      await loseLeases(id);
    }
    isOver = true;
  })();
  await storm(LEADS, CHANGES);
  await strikes;
  expect(isOver, again).toBe(true);
  await loseLeases(id);
  await idle();
  await expectEachOnce(LEADS, CHANGES);
  tell("workers killed during automations", {
    runs: LEADS * (CHANGES + 3),
    kills: gateway.kills,
  });
}, size(300_000, 1_800_000));

/** Lets others have what is being run, also by a worker that lives: it is too late then. */
async function loseLeases(workspace: string): Promise<void> {
  await asOwner(
    `update crm.jobs set lease_until = now() - interval '1 s'
      where workspace_id = $1 and status = 'running'`,
    [workspace],
  );
}
