import { describe, expect, test } from "vitest";
import { expectLioError, expectLioFields, TIME } from "../support/lio.ts";
import { enterFunds } from "../support/lio-voice-funds.ts";
import { tellOf, voiceHouse, voiceWorld } from "../support/lio-voice.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { callBack } from "../support/providers/twilio-caller.ts";
import { eventually } from "../support/workspace.ts";

// The worker of the other tests would ask another Twilio for what became of these calls.
ownMigratedDatabase();
const house = voiceHouse();

describe("an agent's call", () => {
  test("is placed from a number of the caller's, and recorded", async () => {
    const { api, admin, buy, call } = await voiceWorld(house);
    const own = await buy();
    await buy();
    await api.done("voice/assign-number", { number_id: own.id, user_id: admin.number });
    const { call: made, at } = await call();
    expect(made).toEqual({
      id: expect.any(Number),
      user_id: admin.number,
      lead_id: expect.any(Number),
      contact_id: null,
      company_id: null,
      direction: "outbound",
      from_number: own.phone_number,
      to_number: expect.stringMatching(/^\+1555765/),
      status: "queued",
      started_at: expect.any(String),
      answered_at: null,
      ended_at: null,
      duration_sec: null,
      transcript: null,
      price: null,
      currency: "USD",
      has_recording: false,
      sid: at.sid,
      created_at: TIME,
    });
    expect(at).toMatchObject({ from: own.phone_number, to: made.to_number });
    expect(at.events).toEqual(["initiated", "ringing", "answered", "completed"]);
    expect(await api.read(`call/${made.id}`)).toEqual(made);
    expect(await api.read(`call/list?lead_id=${made.lead_id}&status=queued`)).toEqual([made]);
    expect(await api.read("call/list?status=completed")).toEqual([]);
    expect(await api.read(`lead/view/${made.lead_id}`))
      .toMatchObject({ last_activity_at: made.created_at });
    const told = { event: "call_made", title: `Call made to ${made.to_number}`, changes: {} };
    const [newest] = await api.read(`feed/list?model_type=lead&model_id=${made.lead_id}`);
    expect(newest).toMatchObject({ ...told, model_id: made.lead_id, user_id: admin.number });
  });

  test("needs a phone, a number to call from, and money", async () => {
    const { id, api, buy, lead, balance } = await voiceWorld(house, 1.15);
    const initiate = (body: object) =>
      api.post("call/agent/initiate", { system_prompt: "Sell.", ...body });
    const [{ id: lead_id }, mute] = [await lead(), await lead({ phone_number: null })];
    const { id: local } = await lead({ phone_number: "030 901820" });
    expectLioFields(await initiate({}), 422, "lead_id");
    expectLioFields(await initiate({ lead_id, contact_id: 1 }), 422, "contact_id");
    expectLioFields(await initiate({ lead_id: 999_999_999 }), 422, "lead_id");
    expectLioFields(await initiate({ contact_id: 999_999_999 }), 422, "contact_id");
    expectLioFields(await initiate({ lead_id: mute.id }), 422, "lead_id");
    expectLioFields(await initiate({ lead_id: local }), 422, "lead_id");
    const wrong = { lead_id, system_prompt: " ", voice_id: "<a>", language: "english!" };
    expectLioFields(await initiate(wrong), 422, "system_prompt", "voice_id", "language");
    expectLioError(await initiate({ lead_id }), 409, "not_connected", "phone_number");
    await buy();
    expect(await balance()).toBe(0);
    expectLioError(await initiate({ lead_id }), 402, "payment_required", "insufficient_funds");
    await enterFunds(id, 0.0001);
    expect((await initiate({ lead_id })).status).toBe(201);
  });
});

describe("what Twilio tells of a call", () => {
  test("is noted in any order and any number of times, and the price is charged once", async () => {
    const { api, buy, call, balance, hurry, resolved } = await voiceWorld(house, 10);
    await buy();
    const { call: { id }, at } = await call();
    const when = (seconds: number) =>
      new Date(Date.UTC(2026, 5, 15, 9, 14, 32 + seconds)).toUTCString().replace("GMT", "+0000");
    const tell = (CallStatus: string, seconds: number, more: object = {}) =>
      tellOf(house, at, at.statusCallback, { CallStatus, Timestamp: when(seconds), ...more });
    await tell("initiated", 0);
    await tell("ringing", 1);
    expect(await api.read(`call/${id}`)).toMatchObject({
      status: "ringing",
      started_at: "2026-06-15T09:14:32.000Z",
    });
    const end = { CallDuration: "11", RecordingSid: "RE1", RecordingDuration: "10" };
    Object.assign(at, { status: "completed", duration: "11", end_time: new Date().toUTCString() });
    expect((await tell("completed", 15, end)).status).toBe(204);
    await tell("in-progress", 4);
    await Promise.all([tell("completed", 15, end), tell("completed", 15, end), tell("ringing", 1)]);
    expect(await api.read(`call/${id}`)).toMatchObject({
      status: "completed",
      started_at: "2026-06-15T09:14:32.000Z",
      answered_at: "2026-06-15T09:14:36.000Z",
      ended_at: "2026-06-15T09:14:47.000Z",
      duration_sec: 11,
      has_recording: true,
      price: null,
    });
    // Twilio tells the price a while later.
    const reads = () =>
      house.twilio.asked.filter((one) => one === `GET Calls/${at.sid}.json`).length;
    await eventually(async () => reads() > 0);
    at.price = "-0.03000";
    await eventually(async () => {
      await hurry();
      return (await api.read(`call/${id}`)).price !== null;
    });
    expect(reads()).toBeGreaterThan(1);
    await tell("completed", 15, end);
    await resolved();
    expect(await api.read(`call/${id}`)).toMatchObject({ price: 0.03, currency: "USD" });
    expect(await balance()).toBe(8.82);
    const { transactions } = await api.read("voice/wallet");
    expect(transactions[0]).toMatchObject({
      amount: -0.03,
      type: "call",
      reference: at.sid,
      balance_after: 8.82,
    });
    expect(transactions).toHaveLength(3);
  });

  test("never takes more than the wallet has", async () => {
    const { api, buy, call, balance, hurry } = await voiceWorld(house, 1.16);
    await buy();
    const { call: { id }, at } = await call();
    Object.assign(at, { status: "completed", price: "-0.50", end_time: new Date().toUTCString() });
    await eventually(async () => {
      await hurry();
      return (await api.read(`call/${id}`)).price !== null;
    });
    expect(await api.read(`call/${id}`)).toMatchObject({ price: 0.5, status: "completed" });
    expect(await balance()).toBe(0);
  });

  test("in another currency than the wallet's takes nothing of it", async () => {
    const { api, buy, call, balance, hurry } = await voiceWorld(house, 10);
    await buy();
    const { call: { id }, at } = await call();
    const end_time = new Date().toUTCString();
    const told = { status: "completed", price: "-5", price_unit: "JPY", duration: "9999999999" };
    Object.assign(at, told, { end_time });
    await eventually(async () => {
      await hurry();
      return (await api.read(`call/${id}`)).price !== null;
    });
    expect(await api.read(`call/${id}`))
      .toMatchObject({ price: 5, currency: "JPY", status: "completed", duration_sec: null });
    expect(await balance()).toBe(8.85);
    // Twilio forgets calls.
    at.sid = "CAgone";
    expectLioError(await api.get(`call/${id}/recording`), 404, "not_found", "no_recording");
  });

  test("is refused without its signature", async () => {
    const { buy, call } = await voiceWorld(house);
    await buy();
    const { at } = await call();
    const { twilio: { account }, gatewayUrl } = house;
    for (const signature of [null, "", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="]) {
      const response = await callBack({ gatewayUrl, account }, at.statusCallback, {
        CallSid: at.sid,
      }, signature);
      expect(response.status).toBe(403);
      expect((await response.json()).error).toMatchObject({
        type: "permission_error",
        code: "bad_signature",
      });
    }
    const forged = await callBack(
      { gatewayUrl, account: { ...account, token: "another" } },
      at.url,
      { CallSid: at.sid },
    );
    expect(forged.status).toBe(403);
    const elsewhere = at.statusCallback.replace(
      /[0-9a-f-]{36}\/status/,
      `${crypto.randomUUID()}/status`,
    );
    expect((await tellOf(house, at, elsewhere, { CallStatus: "ringing" })).status).toBe(404);
  });
});
