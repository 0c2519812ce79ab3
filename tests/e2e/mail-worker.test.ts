import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { bundle } from "../../supabase/deploy/build.ts";
import { type Gateway, startGateway } from "../../supabase/local/gateway-process.ts";
import { projectRoot } from "../../supabase/local/paths.ts";
import { apiDatabase } from "../support/as-role.ts";
import { bootFunction } from "../support/booted-function.ts";
import { authority } from "../support/certificates.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { endLeases } from "../support/jobs.ts";
import { mailIntegration, mailWorld, messageRow, stored } from "../support/mail.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { NETWORKS } from "../support/providers/mail-process.ts";
import { mailboxOfTest } from "../support/providers/smtp-mailbox.ts";
import { afterwards, databaseUrl, eventually, testWorkspace } from "../support/workspace.ts";

ownMigratedDatabase();

/** Of the worker's bundle, in bytes; the host takes 5 MB. */
const LARGEST = 2560 * 1024;
const SECRET = "s".repeat(32);

async function gateway(env: Record<string, string> = {}): Promise<Gateway> {
  const started = await startGateway({
    apiUrl: databaseUrl("apiUrl"),
    port: 0,
    runsJobs: true,
    env: { ...process.env, ...FUNCTIONS_ENVIRONMENT, ...NETWORKS, ...env },
  });
  afterwards(() => started.stop());
  return started;
}

test("the local stack sends what is stored, by TLS", async () => {
  const { file, certificateFor } = await authority();
  const certificate = await certificateFor("localhost");
  const users = { sales: "s3cret-pass" };
  const box = await mailboxOfTest({ security: "tls", certificate, users });
  const { id: workspaceId } = await testWorkspace();
  const integrationId = await mailIntegration(workspaceId, "smtp", {
    host: "localhost",
    port: box.port,
    security: "tls",
    username: "sales",
    password: users.sales,
  });
  await gateway({ DENO_CERT: file });
  const { id, messageId } = await stored(apiDatabase(), workspaceId, {
    integrationId,
    htmlBody: "<p>Hi</p>",
    textBody: null,
  });
  await eventually(async () => (await messageRow(id)).state === "sent");
  expect(box.arrived).toMatchObject([{ secure: true, user: "sales", email: { messageId } }]);
});

test("killed between the data and the answer: in doubt, and not sent a second time", async () => {
  const { box, store } = await mailWorld({ mute: true });
  const first = await gateway();
  const { id } = await store();
  await eventually(async () => box.arrived.length === 1);
  const gone = once(first.child, "exit");
  first.child.kill("SIGKILL");
  await gone;
  expect(await messageRow(id)).toMatchObject({ state: "sending", attempts: 1 });
  box.behaviour.mute = false;
  await endLeases();
  await gateway();
  await eventually(async () => (await messageRow(id)).state === "failed");
  const row = await messageRow(id);
  expect(row).toMatchObject({ in_doubt: true, error: expect.stringMatching(/^unconfirmed/) });
  expect([box.arrived.length, box.connections]).toEqual([1, 1]);
});

test("the worker as it is deployed sends, from one file and without a package", async () => {
  const folder = await mkdtemp(join(tmpdir(), "worker-"));
  afterwards(() => rm(folder, { recursive: true }));
  await bundle(folder, [["index", join(projectRoot, "functions/worker/index.ts")]]);
  expect((await stat(join(folder, "index.js"))).size).toBeLessThan(LARGEST);
  const { box, store } = await mailWorld();
  const { id } = await store({ htmlBody: "<p>Grüße</p>", textBody: null });
  const worker = await bootFunction({
    folder,
    metadata: { name: "worker", entrypoint_path: "index.js" },
    cache: join(folder, "deno"),
    env: {
      ...FUNCTIONS_ENVIRONMENT,
      ...NETWORKS,
      LUMENBASE_DATABASE_URL: databaseUrl("apiUrl"),
      LUMENBASE_WORKER_SECRET: SECRET,
    },
  });
  afterwards(worker.stop);
  const headers = { Authorization: `Bearer ${SECRET}` };
  const response = await fetch(worker.url, { method: "POST", headers });
  expect([response.status, await response.json()]).toMatchObject([200, { done: 1, failed: 0 }]);
  expect(await messageRow(id)).toMatchObject({ state: "sent" });
  expect(box.arrived[0]?.email.text?.trim()).toBe("Grüße");
});
