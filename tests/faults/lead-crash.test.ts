import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { endLeases } from "../support/jobs.ts";
import { mailboxOfTest } from "../support/providers/smtp-mailbox.ts";
import { asOwner } from "../support/workspace.ts";
import { falteringReceiver } from "./faltering-receiver.ts";
import { again, dice, size, tell } from "./form.ts";
import {
  expectEachRanOnce,
  expectEachWasTold,
  expectEveryKindRan,
  expectNoMailTwice,
  expectNothingHalfDone,
} from "./lead-accounting.ts";
import { CHANGES, leadStorm } from "./lead-storm.ts";
import { type RestartingGateway, restartingGateway } from "./restarting-gateway.ts";
import { restartingPostgres } from "./restarting-postgres.ts";

const ROUNDS = size(2, 34);
/** Leads of one round: few enough that each change has its part of the kills. */
const EACH = 5;
const LEADS = ROUNDS * EACH;
/** Hangs of a worker in each round. */
const HANGS = 2;
const LATEST_MS = 1_000;
const REST_MS = 300;

test(
  "worker, functions and PostgreSQL killed while leads change: all is done, nothing twice",
  async () => {
    const postgres = await restartingPostgres();
    const functions = await restartingGateway(postgres.apiUrl);
    const [one, other] = await Promise.all(
      [1, 2].map(() => restartingGateway(postgres.apiUrl, { runsJobs: true })),
    );
    const receiver = await falteringReceiver();
    const box = await mailboxOfTest({ security: "none", mute: true });
    const world = await leadStorm(functions.url, { receiver: receiver.url, smtpPort: box.port });
    receiver.secret = world.secret;
    const random = dice("leads");
    // By what is answered, so that they never strike before the changes or after them.
    const strikeAmidChanges = async (round: number) => {
      const before = round * EACH * CHANGES;
      const half = EACH * CHANGES / 2;
      await world.client.answered(before + Math.ceil(random() * half));
      await functions.kill();
      await world.client.answered(before + Math.ceil(half + random() * half / 2));
      await postgres.kill(round % 2 === 0 ? "SIGKILL" : "SIGQUIT");
    };
    const strikeWorker = async (worker: RestartingGateway) => {
      // Whoever dies now has had a mail taken, and does not know it.
      box.behaviour.mute = true;
      await expect.poll(() => box.arrived.length, { timeout: 60_000 }).toBeGreaterThan(0);
      await sleep(random() * LATEST_MS);
      await worker.kill();
      box.behaviour.mute = false;
      box.answer();
      // What the dead worker held is free at once.
      await endLeases();
      await asOwner("select app.find_inactive_leads()");
    };
    // Another worker has its jobs by the time it goes on with them.
    const hangWorker = async (worker: RestartingGateway) => {
      const goOn = worker.freeze();
      await endLeases();
      await sleep(random() * LATEST_MS);
      goOn();
      await sleep(random() * LATEST_MS);
    };
    for (let round = 0; round < ROUNDS; round++) {
      await Promise.all([world.storm(EACH), strikeAmidChanges(round)]);
      await strikeWorker(round % 2 === 0 ? one! : other!);
      for (let hang = 0; hang < HANGS; hang++) await hangWorker(hang % 2 === 0 ? one! : other!);
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
      "kills of workers": one!.kills + other!.kills,
      "hangs of workers": ROUNDS * HANGS,
      "of the functions": functions.kills,
      "of PostgreSQL": postgres.kills,
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
