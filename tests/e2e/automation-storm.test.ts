import { test } from "vitest";
import { stormWorld } from "../support/automation-storm.ts";

const LEADS = 40;
const CHANGES = 4;

test("of 200 changes at once, each runs each automation that it is for exactly once", async () => {
  const { storm, idle, expectEachOnce } = await stormWorld();
  await storm(LEADS, CHANGES);
  await idle();
  await expectEachOnce(LEADS, CHANGES);
});
