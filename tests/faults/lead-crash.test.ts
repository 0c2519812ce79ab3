import { expect, test } from "vitest";
import { mailboxOfTest } from "../support/providers/smtp-mailbox.ts";
import { asOwner } from "../support/workspace.ts";
import { falteringReceiver } from "./faltering-receiver.ts";
import { again, size, tell } from "./form.ts";
import {
  expectEachRanOnce,
  expectEachWasTold,
  expectEveryKindRan,
  expectNoMailTwice,
  expectNothingHalfDone,
} from "./lead-accounting.ts";
import { CHANGES, leadStorm } from "./lead-storm.ts";
import { leadStrikes } from "./lead-strikes.ts";
import { restartingGateway } from "./restarting-gateway.ts";
import { restartingPostgres } from "./restarting-postgres.ts";

const ROUNDS = size(2, 34);
/** Leads of one round: few enough that each change has its part of the kills. */
const EACH = 5;
const LEADS = ROUNDS * EACH;
const WORKERS = 2;
const REST_MS = 300;

test(
  "worker, functions and PostgreSQL killed while leads change: all is done, nothing twice",
  async () => {
    const postgres = await restartingPostgres();
    const functions = await restartingGateway(postgres.apiUrl);
    const workers = await Promise.all(
      Array.from({ length: WORKERS }, () => restartingGateway(postgres.apiUrl, { runsJobs: true })),
    );
    const receiver = await falteringReceiver();
    const box = await mailboxOfTest({ security: "none", mute: true });
    const world = await leadStorm(functions.url, { receiver: receiver.url, smtpPort: box.port });
    receiver.secret = world.secret;
    const strikes = leadStrikes({ functions, workers, postgres, box });
    for (let round = 0; round < ROUNDS; round++) {
      const changes = EACH * CHANGES;
      await Promise.all([strikes.amidChanges(world.client, changes), world.storm(EACH)]);
      await strikes.killWorkers();
      await strikes.hangWorkers();
    }
    expect(world.client.tries, again).toBeGreaterThan(0);
    await expect.poll(() => leftOf(world.id), { timeout: 600_000, interval: REST_MS }).toEqual([]);
    await expectEachRanOnce(world, LEADS);
    await expectEveryKindRan(world);
    const told = await expectEachWasTold(world, LEADS, receiver);
    const inDoubt = await expectNoMailTwice(world, LEADS, box);
    await expectNothingHalfDone(world, LEADS);
    expect(inDoubt, again).toBeGreaterThan(0);
    tell("worker, functions and PostgreSQL killed while leads change", {
      changes: LEADS * CHANGES,
      "kills of workers": workers.reduce((sum, { kills }) => sum + kills, 0),
      "hangs of workers": strikes.hangs,
      "kills of the functions": functions.kills,
      "kills of PostgreSQL": postgres.kills,
      "requests sent again": world.client.tries,
      webhooks: told,
      "received more than once": receiver.requests.length - told,
      mails: box.arrived.length,
      "mails in doubt": inDoubt,
    });
  },
  size(300_000, 1_800_000),
);

/** The jobs that are left, after what waits for another try was made due. */
async function leftOf(workspaceId: string): Promise<unknown[]> {
  // No others: written again each time, thousands of jobs would leave more behind than is cleared away.
  await asOwner("update crm.jobs set run_at = now() where status = 'waiting' and run_at > now()");
  const text = "select kind, status, attempts, last_error from crm.jobs where workspace_id = $1";
  const left = await asOwner<{ status: string }>(text, [workspaceId]);
  expect(left.filter(({ status }) => status === "dead"), again).toEqual([]);
  return left;
}
