import { once } from "node:events";
import { expect, inject, test } from "vitest";
import { type Gateway, startGateway } from "../../supabase/local/gateway-process.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { endLeases } from "../support/jobs.ts";
import { outboundWorld } from "../support/outbound-email.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { NETWORKS } from "../support/providers/mail-process.ts";
import { afterwards, asOwner, databaseUrl, eventually } from "../support/workspace.ts";

ownMigratedDatabase();

const MAILS = 60;
const KILLS = 3;

async function gateway(runsJobs: boolean): Promise<Gateway> {
  const started = await startGateway({
    apiUrl: databaseUrl("apiUrl"),
    port: 0,
    runsJobs,
    env: { ...process.env, ...FUNCTIONS_ENVIRONMENT, ...NETWORKS },
  });
  afterwards(() => started.stop());
  return started;
}

test("workers killed while they send: no mail is lost, and none is sent twice", async () => {
  const { port } = await gateway(false);
  const { send, box, workspace, timeline } = await outboundWorld(
    {},
    {},
    inject("gatewayUrl").replace(/:\d+$/, `:${port}`),
  );
  const answers = await Promise.all(
    Array.from({ length: MAILS }, (_, i) => send({ subject: `Mail ${i}` })),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array(MAILS).fill(202));
  for (let kill = 1; kill <= KILLS; kill++) {
    const worker = await gateway(true);
    await eventually(async () => box.arrived.length >= kill * 10);
    const gone = once(worker.child, "exit");
    worker.child.kill("SIGKILL");
    await gone;
    await endLeases();
  }
  await gateway(true);
  const states = () =>
    asOwner<{ subject: string; state: string; error: string | null; messages: number }>(
      "select subject, state, error from crm.messages where workspace_id = $1",
      [workspace.id],
    );
  await eventually(async () =>
    (await states()).every(({ state }) => state === "sent" || state === "failed")
  );
  const ended = await states();
  const arrived = box.arrived.map(({ email: { subject } }) => subject);
  expect(ended).toHaveLength(MAILS);
  expect(new Set(arrived).size).toBe(arrived.length);
  const failed = ended.filter(({ state }) => state === "failed");
  // Whoever was killed between the data and the answer cannot know.
  expect(failed.map(({ error }) => error?.split(":")[0])).toEqual(failed.map(() => "unconfirmed"));
  const sent = ended.filter(({ state }) => state === "sent").map(({ subject }) => subject);
  expect(arrived).toEqual(expect.arrayContaining(sent));
  const [{ n } = { n: 0 }] = await asOwner<{ n: number }>(
    "select count(*)::int as n from crm.activities where workspace_id = $1 and type = 'email'",
    [workspace.id],
  );
  expect([n, (await timeline()).total]).toEqual([sent.length, MAILS + 1]);
});
