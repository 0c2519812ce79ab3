import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { endLeases } from "../support/jobs.ts";
import { mailboxOfTest } from "../support/providers/smtp-mailbox.ts";
import { stubServer } from "../support/stub-server.ts";
import type { Received } from "../support/webhook-receiver.ts";
import { asOwner } from "../support/workspace.ts";
import { again, dice, size, tell } from "./form.ts";
import { expectEachRanOnce, expectEachWasTold, expectNoMailTwice } from "./lead-accounting.ts";
import { leadStorm, SCORES } from "./lead-storm.ts";
import { restartingGateway } from "./restarting-gateway.ts";
import { restartingPostgres } from "./restarting-postgres.ts";

const LEADS = size(10, 200);
const ROUNDS = size(2, 20);
const LATEST_MS = 1_000;
const REST_MS = 300;

test(
  "worker, functions and PostgreSQL killed while leads change: all is done, nothing twice",
  async () => {
    const postgres = await restartingPostgres();
    const functions = await restartingGateway(postgres.apiUrl);
    const worker = await restartingGateway(postgres.apiUrl, { runsJobs: true });
    const { url: receiver, requests } = await faltering();
    const box = await mailboxOfTest({ security: "none", mute: true });
    const world = await leadStorm(functions.url, { receiver, smtpPort: box.port });
    const random = dice("leads");
    const strikeWorker = async () => {
      await sleep(random() * LATEST_MS);
      await worker.kill();
      box.behaviour.mute = false;
      box.answer();
      // What the dead worker held is free at once; nothing else runs jobs.
      await endLeases();
      await asOwner("select app.find_inactive_leads()");
    };
    const strikes = async () => {
      // Whoever dies now has had a mail taken, and does not know it.
      await expect.poll(() => box.arrived.length, { timeout: 60_000 }).toBeGreaterThan(0);
      for (let round = 0; round < ROUNDS; round++) {
        await strikeWorker();
        await sleep(random() * LATEST_MS);
        await functions.kill();
        await sleep(random() * LATEST_MS);
        await postgres.kill(round % 2 === 0 ? "SIGKILL" : "SIGQUIT");
        box.behaviour.mute = true;
      }
      await strikeWorker();
    };
    await Promise.all([world.storm(LEADS), strikes()]);
    await expect.poll(() => leftOf(world.id), { timeout: 600_000, interval: REST_MS }).toEqual([]);
    await expectEachRanOnce(world, LEADS);
    const told = await expectEachWasTold(world, LEADS, requests);
    const inDoubt = await expectNoMailTwice(world, LEADS, box);
    expect(inDoubt, again).toBeGreaterThan(0);
    tell("worker, functions and PostgreSQL killed while leads change", {
      changes: LEADS * (SCORES + 4),
      kills: functions.kills + worker.kills + postgres.kills,
      webhooks: told,
      "received more than once": requests.length - told,
      mails: box.arrived.length,
      "mails in doubt": inDoubt,
    });
  },
  size(300_000, 1_800_000),
);

/** A receiver that fails at some of what it gets: the first time, before or after it has it whole. */
async function faltering(): Promise<{ url: string; requests: Received[] }> {
  const requests: Received[] = [];
  const seen = new Set<unknown>();
  const random = dice("receiver");
  const url = await stubServer((request, response) => {
    const { method = "", url: path = "", headers } = request;
    const id = headers["webhook-id"];
    const fault = seen.has(id) ? 1 : random();
    seen.add(id);
    if (fault < 0.05) return request.socket.destroy();
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => body += text).on("end", () => {
      requests.push({ method, path, headers, body, at: Date.now() });
      if (fault < 0.1) request.socket.destroy();
      else response.writeHead(fault < 0.2 ? 500 : 204).end();
    });
  });
  return { url, requests };
}

/** The jobs that are left, after what waits for another try was made due. */
async function leftOf(workspaceId: string): Promise<unknown[]> {
  await asOwner("update crm.jobs set run_at = now() where status = 'waiting'");
  const text = "select kind, status, attempts, last_error from crm.jobs where workspace_id = $1";
  const left = await asOwner<{ status: string }>(text, [workspaceId]);
  expect(left.filter(({ status }) => status === "dead"), again).toEqual([]);
  return left;
}
