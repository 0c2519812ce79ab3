import { describe, expect, test } from "vitest";
import { expectLioError } from "../support/lio.ts";
import { tellOf, voiceHouse, type VoiceWorld, voiceWorld } from "../support/lio-voice.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { asOwner, eventually } from "../support/workspace.ts";

// The worker of the other tests would ask another Twilio for what became of these calls.
ownMigratedDatabase();
const house = voiceHouse();

/** Twilio tells nothing, however often a request is sent again. */
const silent = () => Array.from({ length: 4 }, () => ({ status: 500 }));

async function calling() {
  const world = await voiceWorld(house);
  await world.buy();
  const { id: lead_id, phone_number: to } = await world.lead();
  const initiate = (key: string) =>
    world.api.post("call/agent/initiate", { lead_id, system_prompt: "Sell." }, {
      "Idempotency-Key": `${key} ${lead_id}`,
    });
  return {
    world,
    initiate,
    placed: () => house.twilio.account.calls.filter((one) => one.to === to).length,
  };
}

const letGo = ({ id }: VoiceWorld) =>
  asOwner("update crm.idempotency_keys set held_until = now() where workspace_id = $1", [id]);

async function statuses({ api }: VoiceWorld): Promise<string[]> {
  return (await api.read("call/list")).map(({ status }: { status: string }) => status);
}

describe("a call that may have been placed", () => {
  test("is found under its key rather than placed again, once Twilio tells", async () => {
    const { world, initiate, placed } = await calling();
    house.twilio.mishaps.push({ cut: "after" }, ...silent());
    expectLioError(await initiate("a"), 502, "provider_error");
    await letGo(world);
    house.twilio.mishaps.push({ status: 401 });
    expectLioError(await initiate("a"), 502, "provider_error");
    await letGo(world);
    const answer = await initiate("a");
    expect(answer.status, answer.text).toBe(201);
    expect(placed()).toBe(1);
    expect(await statuses(world)).toEqual(["queued"]);
  });

  test("is not given up, nor placed again, while it could be one of two", async () => {
    const { world, initiate, placed } = await calling();
    for (const key of ["a", "b"]) {
      house.twilio.mishaps.push({ cut: "before" });
      expectLioError(await initiate(key), 502, "provider_error");
    }
    await letGo(world);
    expectLioError(await initiate("a"), 503, "service_unavailable");
    await world.hurry();
    await eventually(async () => {
      const tried =
        "select from crm.jobs where workspace_id = $1 and last_error like '%of another%'";
      return (await asOwner(tried, [world.id])).length === 2;
    });
    expect(await statuses(world)).toEqual(["queued", "queued"]);
    await asOwner(
      "update crm.calls set created_at = now() - interval '3 hours' where workspace_id = $1",
      [world.id],
    );
    await world.resolved();
    expect(await statuses(world)).toEqual(["failed", "failed"]);
    expect(placed()).toBe(0);
  });

  test("and was given up goes on, and is charged, when Twilio tells of it", async () => {
    const world = await voiceWorld(house);
    await world.buy();
    for (const told of ["ringing", "completed"]) {
      const { call: { id }, at } = await world.call();
      await asOwner("delete from crm.jobs where workspace_id = $1 and kind like 'voice.%'", [
        world.id,
      ]);
      await asOwner(
        `update crm.calls set sid = null, status = 'failed', ended_at = now()
          where workspace_id = $1 and sid = $2`,
        [world.id, at.sid],
      );
      await tellOf(house, at, at.statusCallback, { CallStatus: told });
      expect(await world.api.read(`call/${id}`)).toMatchObject({ sid: at.sid, status: told });
      Object.assign(at, { status: "completed", price: "-1", end_time: new Date().toUTCString() });
      await world.resolved();
      expect(await world.api.read(`call/${id}`)).toMatchObject({ price: 1, status: "completed" });
    }
    expect(await world.balance()).toBe(96.85);
  });
});
