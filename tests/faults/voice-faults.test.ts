import { once } from "node:events";
import { describe, expect, test } from "vitest";
import type { ApiResponse } from "../support/api-client.ts";
import { expectLioError } from "../support/lio.ts";
import { newNumber, voiceHouse, type VoiceWorld, voiceWorld } from "../support/lio-voice.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { asOwner, eventually } from "../support/workspace.ts";

// The worker of the other tests would ask another Twilio for what became of these calls.
ownMigratedDatabase();
const house = voiceHouse();

const bought = (phoneNumber: string) =>
  house.twilio.account.numbers.filter((one) => one.phone_number === phoneNumber).length;

function buying({ api }: VoiceWorld, phoneNumber = newNumber()) {
  const headers = { "Idempotency-Key": `buy ${phoneNumber}` };
  return {
    phoneNumber,
    buy: () => api.post("voice/purchase-number", { phoneNumber }, headers),
  };
}

/** Lets a key be taken over that the process that held it did not answer. */
const letGo = ({ id }: VoiceWorld) =>
  asOwner("update crm.idempotency_keys set held_until = now() where workspace_id = $1", [id]);

/** Kills the functions while Twilio has done what it was asked, and does not answer. */
async function killedWhileAsking(asked: () => Promise<ApiResponse>, isDone: () => boolean) {
  let answer = () => {};
  house.twilio.pause = new Promise((resolve) => answer = resolve);
  const lost = asked().catch(() => null);
  await eventually(async () => isDone());
  const { child } = house.gateway;
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  house.twilio.pause = Promise.resolve();
  answer();
  await lost;
  await house.restart();
}

describe("a purchase", () => {
  test("whose answer is lost or cut is one all the same, and is charged once", async () => {
    const world = await voiceWorld(house);
    const half = { after: { status: 201, body: '{"sid": "PN' } };
    for (const mishap of [{ cut: "after" as const }, half, { after: { status: 500 } }]) {
      house.twilio.mishaps.push(mishap);
      const { buy, phoneNumber } = buying(world);
      const before = await world.balance();
      const { status, text } = await buy();
      expect(status, text).toBe(201);
      expect(bought(phoneNumber)).toBe(1);
      expect(before - await world.balance()).toBeCloseTo(1.15, 6);
    }
    const { transactions } = await world.api.read("voice/wallet");
    expect(transactions).toHaveLength(4);
  });

  test("that Twilio did not make costs nothing, and can be made again", async () => {
    const world = await voiceWorld(house);
    const refused = [
      { status: 500, body: { code: 20500, message: "Internal", status: 500 } },
      { status: 401, body: { code: 20003, message: "Authenticate", status: 401 } },
      { cut: "before" as const },
    ];
    for (const [i, mishap] of refused.entries()) {
      house.twilio.mishaps.push(mishap);
      const { buy, phoneNumber } = buying(world);
      expectLioError(await buy(), 502, "provider_error", ["20500", "20003", null][i]);
      expect(await world.balance()).toBeCloseTo(100 - i * 1.15, 6);
      expect((await buy()).status).toBe(201);
      expect(bought(phoneNumber)).toBe(1);
      expect(await world.balance()).toBeCloseTo(100 - (i + 1) * 1.15, 6);
    }
  });

  test("waits for Twilio's turn, and reads no more than an answer can have", async () => {
    const world = await voiceWorld(house);
    const busy = { code: 20429, message: "Too Many Requests", status: 429 };
    house.twilio.mishaps.push({ status: 429, body: busy, headers: { "retry-after": "1" } });
    const { buy, phoneNumber } = buying(world);
    expect((await buy()).status).toBe(201);
    expect(bought(phoneNumber)).toBe(1);
    house.twilio.mishaps.push({ status: 200, body: "x".repeat(50_000_000) });
    expectLioError(await world.api.get("voice/available-numbers"), 502, "provider_error");
  });

  test("is made once when the functions are killed in its middle, by whoever asks again", async () => {
    const world = await voiceWorld(house);
    const { buy, phoneNumber } = buying(world);
    await killedWhileAsking(buy, () => bought(phoneNumber) === 1);
    expect(await world.balance()).toBe(100);
    await letGo(world);
    house.twilio.mishaps.push({ status: 401 });
    expectLioError(await buy(), 502, "provider_error");
    const again = await buy();
    expect(again.status, again.text).toBe(201);
    expect(bought(phoneNumber)).toBe(1);
    expect(await world.balance()).toBe(98.85);
  });

  test("is charged also when what was set aside for it is there no more", async () => {
    const world = await voiceWorld(house);
    const { buy } = buying(world);
    house.twilio.mishaps.push({ cut: "before" });
    expectLioError(await buy(), 502, "provider_error");
    await asOwner("delete from crm.ledger_holds where workspace_id = $1", [world.id]);
    const again = await buy();
    expect(again.status, again.text).toBe(201);
    expect(await world.balance()).toBe(98.85);
  });

  test("is found by a job when nobody asks again, and is undone when there is none", async () => {
    const world = await voiceWorld(house);
    const [lost, none] = [buying(world), buying(world)];
    await killedWhileAsking(lost.buy, () => bought(lost.phoneNumber) === 1);
    const here = world;
    house.twilio.mishaps.push({ cut: "before" });
    expect((await here.api.post("voice/purchase-number", { phoneNumber: none.phoneNumber })).status)
      .toBe(502);
    await asOwner(
      "update crm.phone_numbers set begun_at = now() - interval '10 minutes' where workspace_id = $1",
      [world.id],
    );
    await here.resolved();
    const numbers = await here.api.read("voice/my-numbers");
    expect(numbers.map((one: { phone_number: string }) => one.phone_number))
      .toEqual([lost.phoneNumber]);
    expect(await here.balance()).toBe(98.85);
    expect(await asOwner("select from crm.ledger_holds where workspace_id = $1", [world.id]))
      .toEqual([]);
  });
});

describe("a call", () => {
  const placed = (to: string) => house.twilio.account.calls.filter((one) => one.to === to).length;

  async function calling() {
    const world = await voiceWorld(house);
    await world.buy();
    const { id: lead_id, phone_number } = await world.lead();
    const body = { lead_id, system_prompt: "Sell." };
    const headers = { "Idempotency-Key": `call ${lead_id}` };
    return { world, to: String(phone_number), body, headers };
  }

  test("whose answer is lost is placed once", async () => {
    const { world, to, body, headers } = await calling();
    house.twilio.mishaps.push({ cut: "after" });
    const answer = await world.api.post("call/agent/initiate", body, headers);
    expect(answer.status, answer.text).toBe(201);
    expect(placed(to)).toBe(1);
    expect((await world.api.post("call/agent/initiate", body, headers)).text).toBe(answer.text);
    expect(placed(to)).toBe(1);
  });

  test("is placed once when the functions are killed in its middle", async () => {
    const { world, to, body, headers } = await calling();
    const initiate = () => world.api.post("call/agent/initiate", body, headers);
    await killedWhileAsking(initiate, () => placed(to) === 1);
    await letGo(world);
    const { api } = world;
    const answer = await api.post("call/agent/initiate", body, headers);
    expect(answer.status, answer.text).toBe(201);
    expect(placed(to)).toBe(1);
    const [call, ...more] = await api.read("call/list");
    expect([call.sid, more]).toEqual([answer.body.data.sid, []]);
  });

  test("that Twilio refuses failed, and one that was never placed is found to have", async () => {
    const { world, to, body } = await calling();
    house.twilio.mishaps.push({ status: 400, body: { code: 21215, message: "No", status: 400 } });
    const refused = await world.api.post("call/agent/initiate", body);
    expectLioError(refused, 502, "provider_error", "21215");
    house.twilio.mishaps.push({ cut: "before" });
    expectLioError(await world.api.post("call/agent/initiate", body), 502, "provider_error");
    expect((await world.api.read("call/list")).map(({ status }: { status: string }) => status))
      .toEqual(["queued", "failed"]);
    await world.resolved();
    expect((await world.api.read("call/list")).map(({ status }: { status: string }) => status))
      .toEqual(["failed", "failed"]);
    expect(placed(to)).toBe(0);
  });
});
