import { setTimeout as sleep } from "node:timers/promises";
import { expect } from "vitest";
import { testConnector } from "../support/connector.ts";
import { type TestWorkspace, testWorkspace } from "../support/workspace.ts";
import { expectExactCounts, expectNoGaps, expectTrue, recordsOf } from "./accounting.ts";
import { again, dice, LONG, size } from "./form.ts";
import { expected, type Intent, intents, shareOf } from "./intents.ts";
import { type Storm, storm } from "./storm.ts";

const CLIENTS = 16;
const WRITES = size(160, 2_000);
const BETWEEN = LONG ? 60 : 30;
const LATEST_MS = 40;
const CONNECTOR = {
  target: "contact",
  event_id: "id",
  requests_per_minute: 10_000,
  field_map: { email: "email", first_name: "first_name", message: "message" },
};

/** A mix of writes, and the two workspaces that they are for. */
export interface CrashWorld {
  workspace: TestWorkspace;
  capped: TestWorkspace;
  cap: number;
  intents: Intent[];
}

/** Makes the workspaces: one with quota left, one that may create half of what it will be asked for. */
export async function crashWorld(url: string): Promise<CrashWorld> {
  const cap = Math.floor(shareOf("capped", WRITES) / 2);
  const workspace = await testWorkspace({}, url);
  const capped = await testWorkspace({ contacts_per_day: cap }, url);
  const connector = await testConnector(workspace, CONNECTOR);
  return { workspace, capped, cap, intents: intents(WRITES, pathOf(connector.url)) };
}

function pathOf(url: string): string {
  return url.split("/functions/v1/")[1] ?? "";
}

/** Lets 16 clients write while `strike` is called again and again, at moments the seed decides. */
export async function writeWhile(
  { workspace, capped, intents: wanted }: CrashWorld,
  baseUrl: string,
  strike: () => Promise<void>,
): Promise<Storm> {
  const random = dice("moments");
  const strikes: Promise<void>[] = [];
  let next = Math.ceil(random() * BETWEEN);
  const result = await storm(wanted, {
    clients: CLIENTS,
    baseUrl: () => baseUrl,
    keyOf: ({ kind }) => kind === "event" ? null : (kind === "capped" ? capped : workspace).api.key,
    onAnswer(answers) {
      if (answers < next || answers > wanted.length - CLIENTS) return;
      next += Math.ceil(random() * 2 * BETWEEN);
      strikes.push(sleep(random() * LATEST_MS).then(strike));
    },
  });
  await Promise.all(strikes);
  return result;
}

/** Expects each intended record exactly once, every answer to be true and all counts to be exact. */
export async function expectAccounted(
  { workspace, capped, cap, intents: wanted }: CrashWorld,
  { answers }: Storm,
): Promise<void> {
  const { capped: allowed, ...records } = expected(wanted.length, cap);
  expect(answers).toHaveLength(wanted.length);
  expect(await recordsOf(workspace.id), again).toEqual(records);
  await expectExactCounts(workspace.id);
  await expectNoGaps(workspace.id);
  const ofCapped = answers.filter(({ intent }) => intent.kind === "capped");
  const others = answers.filter(({ intent }) => intent.kind !== "capped");
  await expectTrue(others, workspace.id);
  await expectTrue(ofCapped, capped.id);
  expect(ofCapped.filter(({ status }) => status === 201), again).toHaveLength(allowed);
  expect(await recordsOf(capped.id), again).toMatchObject({ contacts: allowed });
  await expectExactCounts(capped.id);
}
