import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { endLeases } from "../support/jobs.ts";
import { hurry } from "../support/mail.ts";
import { type OutboundWorld, outboundWorld } from "../support/outbound-email.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { asOwner, databaseUrl } from "../support/workspace.ts";
import { again, dice, size, tell } from "./form.ts";
import { patiently } from "./patient-client.ts";
import { restartingGateway } from "./restarting-gateway.ts";

// Killed workers would take other tests' jobs with them.
ownMigratedDatabase();

const MAILS = size(60, 500);
const KILLS = size(3, 25);
const KILLS_OF_FUNCTIONS = size(1, 8);
const CLIENTS = 8;
/** Of so many killed workers, one has mails taken by a server that does not answer. */
const MUTE_EACH = 5;
const LATEST_MS = 60;
const PATIENCE = { timeout: size(120_000, 900_000), interval: 50 };

interface Message {
  subject: string;
  state: "queued" | "sending" | "sent" | "failed";
  error: string | null;
}

const messagesOf = ({ workspace }: OutboundWorld) =>
  asOwner<Message & Record<string, unknown>>(
    "select subject, state, error from crm.messages where workspace_id = $1",
    [workspace.id],
  );

test(
  "functions and workers killed while they send: no mail is lost, and none is sent twice",
  async () => {
    const functions = await restartingGateway(databaseUrl("apiUrl"));
    const worker = await restartingGateway(databaseUrl("apiUrl"), { runsJobs: true });
    const world = await outboundWorld({}, {}, functions.url);
    await Promise.all([
      sendAll(world),
      strikeFunctions(world, () => functions.kill()),
      strikeWorkers(world, () => worker.kill()),
    ]);
    await expect.poll(() => leftOf(world), PATIENCE).toEqual([]);
    tell("functions and workers killed while they send mail", {
      mails: MAILS,
      kills: functions.kills + worker.kills,
      ...await accounted(world),
    });
  },
  size(300_000, 1_800_000),
);

/** Has each mail accepted, once. */
async function sendAll({ send }: OutboundWorld): Promise<void> {
  const subjects = Array.from({ length: MAILS }, (_, i) => `Mail ${i}`);
  const client = async () => {
    for (let subject = subjects.pop(); subject !== undefined; subject = subjects.pop()) {
      const headers = { "idempotency-key": randomUUID() };
      const { status, text } = await patiently(() => send({ subject }, headers));
      expect(status, text).toBe(202);
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
}

/** Kills the functions now and then while mails are accepted. */
async function strikeFunctions(world: OutboundWorld, kill: () => Promise<void>): Promise<void> {
  const random = dice("mail functions");
  for (let nth = 1; nth <= KILLS_OF_FUNCTIONS; nth++) {
    const share = Math.floor(MAILS * nth / (KILLS_OF_FUNCTIONS + 1));
    await expect.poll(async () => (await messagesOf(world)).length, PATIENCE)
      .toBeGreaterThanOrEqual(share);
    await sleep(random() * LATEST_MS);
    await kill();
  }
}

/** Kills the worker now and then while mails are sent: before, in and after the data of some. */
async function strikeWorkers(world: OutboundWorld, kill: () => Promise<void>): Promise<void> {
  const random = dice("mail workers");
  const { box } = world;
  const begun = async () => (await messagesOf(world)).filter(({ state }) => state !== "queued");
  for (let nth = 0; nth < KILLS; nth++) {
    const share = Math.floor(MAILS * nth / (KILLS + 1));
    await expect.poll(async () => (await begun()).length, PATIENCE).toBeGreaterThanOrEqual(share);
    box.behaviour.mute = nth % MUTE_EACH === 0;
    // Whoever dies of the mute ones has had a mail taken, and does not know it.
    const least = box.arrived.length + (box.behaviour.mute ? 1 : 0);
    await expect.poll(() => box.arrived.length, PATIENCE).toBeGreaterThanOrEqual(least);
    await sleep(random() * LATEST_MS);
    await kill();
    box.behaviour.mute = false;
    box.answer();
    // What the dead worker held is free at once; nothing else runs jobs.
    await endLeases();
  }
}

/** The messages that are not ended, after what waits for another try was made due. */
async function leftOf(world: OutboundWorld): Promise<Message[]> {
  await hurry(world.workspace.id);
  return (await messagesOf(world)).filter(({ state }) => state === "queued" || state === "sending");
}

/** Expects each mail to have arrived once, or to be known as unconfirmed. Answers how many of each. */
async function accounted(world: OutboundWorld): Promise<Record<string, number>> {
  const messages = await messagesOf(world);
  const arrived = world.box.arrived.map(({ email: { subject } }) => String(subject));
  const subjects = Array.from({ length: MAILS }, (_, i) => `Mail ${i}`).toSorted();
  expect(messages.map(({ subject }) => subject).toSorted(), again).toEqual(subjects);
  expect(arrived.toSorted(), again).toEqual([...new Set(arrived)].toSorted());
  const sent = messages.filter(({ state }) => state === "sent").map(({ subject }) => subject);
  const failed = messages.filter(({ state }) => state === "failed");
  // Whoever was killed between the data and the answer cannot know.
  expect(failed.map(({ error }) => error?.split(":")[0]), again)
    .toEqual(failed.map(() => "unconfirmed"));
  expect(failed.length, again).toBeGreaterThan(0);
  const came = new Set(arrived);
  expect(sent.filter((subject) => !came.has(subject)), again).toEqual([]);
  const [told] = await asOwner<{ activities: number }>(
    `select count(*)::int as activities from crm.activities
      where workspace_id = $1 and type = 'email'`,
    [world.workspace.id],
  );
  const { total } = await world.timeline();
  expect([told?.activities, total], again).toEqual([sent.length, MAILS + 1]);
  const taken = failed.filter(({ subject }) => came.has(subject)).length;
  return { sent: sent.length, unconfirmed: failed.length, "of those taken": taken, twice: 0 };
}
