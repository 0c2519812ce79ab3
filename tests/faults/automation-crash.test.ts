import { setTimeout as sleep } from "node:timers/promises";
import { test } from "vitest";
import { startGateway } from "../../supabase/local/gateway-process.ts";
import { stormWorld } from "../support/automation-storm.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { endLeases } from "../support/jobs.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { afterwards, databaseUrl } from "../support/workspace.ts";
import { dice, size, tell } from "./form.ts";
import { restartingGateway } from "./restarting-gateway.ts";

// Killed workers would take other tests' jobs with them.
ownMigratedDatabase();

const LEADS = size(24, 300);
const CHANGES = 2;
const KILLS = size(4, 40);
const LATEST_MS = 1_500;

test("workers killed at random moments do nothing twice, and leave nothing half done", async () => {
  const apiUrl = databaseUrl("apiUrl");
  const env = { ...process.env, ...FUNCTIONS_ENVIRONMENT };
  const front = await startGateway({ apiUrl, port: 0, env });
  afterwards(() => front.stop());
  const worker = await restartingGateway(apiUrl, { runsJobs: true });
  const { storm, idle, expectEachOnce } = await stormWorld(`http://127.0.0.1:${front.port}`);
  const random = dice("automations");
  const strikes = async () => {
    while (worker.kills < KILLS) {
      await sleep(random() * LATEST_MS);
      await worker.kill();
      await endLeases();
    }
  };
  await Promise.all([storm(LEADS, CHANGES), strikes()]);
  await idle();
  await expectEachOnce(LEADS, CHANGES);
  tell("workers killed during automations", {
    runs: LEADS * (CHANGES + 3),
    kills: worker.kills,
  });
}, size(300_000, 1_800_000));
