import { describe, expect, test } from "vitest";
import { expectLioError, expectLioFields, TIME } from "../support/lio.ts";
import { enterFunds } from "../support/lio-voice-funds.ts";
import { newNumber, voiceHouse, voiceWorld } from "../support/lio-voice.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";

// The worker of the other tests would ask another Twilio for what became of these calls.
ownMigratedDatabase();
const house = voiceHouse();

describe("numbers that can be bought", () => {
  test("are found by area, digits and type, with what they cost a month", async () => {
    const { api } = await voiceWorld(house);
    const { body } = await api.get("voice/available-numbers?areaCode=415&contains=*925&limit=2");
    expect(body).toEqual({
      success: true,
      message: expect.any(String),
      data: ["+14159250000", "+14159250001"].map((phone_number) => ({
        phone_number,
        friendly_name: expect.stringContaining("(415)"),
        locality: "Hilo",
        region: "HI",
        country: "US",
        capabilities: { voice: true, sms: true, mms: false },
        type: "local",
        monthly_price: 1.15,
      })),
      total: 2,
      page: 1,
      limit: 2,
    });
    const beyond = await api.get("voice/available-numbers?limit=2&page=2");
    expect(beyond.body).toMatchObject({ data: [], total: 2, page: 2, limit: 2 });
    const [free] = await api.read("voice/available-numbers?type=tollfree&limit=1");
    expect(free).toMatchObject({ type: "tollfree", monthly_price: 2.15, locality: null });
    const [mobile] = await api.read("voice/available-numbers?type=mobile&country=gb&limit=1");
    expect(mobile).toMatchObject({ type: "mobile", country: "GB", monthly_price: 3 });
    // There are no mobile numbers there.
    expect(await api.read("voice/available-numbers?type=mobile")).toEqual([]);
  });

  test("are not looked for by what is wrong", async () => {
    const { api } = await voiceWorld(house);
    const wrong = "areaCode=41&contains=!&type=fax&limit=51&country=XX";
    const fields = "areaCode contains type limit country".split(" ");
    expectLioFields(await api.get(`voice/available-numbers?${wrong}`), 400, ...fields);
  });
});

describe("a number", () => {
  test("is bought for its price, and is the workspace's", async () => {
    const { api, balance } = await voiceWorld(house, 5);
    const phoneNumber = newNumber();
    const bought = await api.made("voice/purchase-number", {
      phoneNumber,
      friendlyName: "Vertrieb 日本",
    });
    expect(bought).toEqual({
      id: expect.any(Number),
      phone_number: phoneNumber,
      friendly_name: "Vertrieb 日本",
      type: "local",
      sid: expect.stringMatching(/^PN/),
      capabilities: { voice: true, sms: true, mms: true },
      monthly_price: 1.15,
      assigned_user_ids: [],
      created_at: TIME,
    });
    expect(await api.read("voice/my-numbers")).toEqual([bought]);
    expect(await balance()).toBe(3.85);
    const { transactions, currency } = await api.read("voice/wallet");
    expect(currency).toBe("USD");
    expect(transactions).toEqual([
      {
        id: expect.any(Number),
        amount: -1.15,
        type: "number",
        reference: phoneNumber,
        balance_after: 3.85,
        created_at: TIME,
      },
      expect.objectContaining({ amount: 5, type: "topup", balance_after: 5 }),
    ]);
    const at = house.twilio.account.numbers.find((one) => one.phone_number === phoneNumber);
    expect(at).toMatchObject({
      friendly_name: "Vertrieb 日本",
      voice_url: expect.stringMatching(
        /^https:\/\/api\.lumenbase\.test\/functions\/v1\/lio\/voice\//,
      ),
      status_callback: expect.stringMatching(/\/status$/),
    });
  });

  test("is bought once, in this workspace or another", async () => {
    const { api, balance } = await voiceWorld(house);
    const other = await voiceWorld(house);
    const phoneNumber = newNumber();
    const { id } = await api.made("voice/purchase-number", { phoneNumber });
    const again = await api.post("voice/purchase-number", { phoneNumber });
    expectLioError(again, 409, "conflict", "duplicate");
    expect(again.body.error.existing_id).toBe(id);
    expectLioFields(
      await other.api.post("voice/purchase-number", { phoneNumber }),
      422,
      "phoneNumber",
    );
    expect([await balance(), await other.balance()]).toEqual([98.85, 100]);
    expect(await other.api.read("voice/my-numbers")).toEqual([]);
  });

  test("of ten who buy it at once is bought by one", async () => {
    const { api, balance } = await voiceWorld(house);
    const phoneNumber = newNumber();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => api.post("voice/purchase-number", { phoneNumber })),
    );
    expect(answers.map(({ status }) => status).toSorted())
      .toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    expect(await balance()).toBe(98.85);
  });

  test("is not bought without the money for it, nor is Twilio asked", async () => {
    const { id, api, balance } = await voiceWorld(house, 0);
    await enterFunds(id, 2);
    const before = house.twilio.asked.length;
    const answer = await api.post("voice/purchase-number", {
      phoneNumber: "+18339250001",
    });
    expectLioError(answer, 402, "payment_required", "insufficient_funds");
    expect(house.twilio.asked.slice(before)).toEqual([]);
    expect(await balance()).toBe(2);
    expect(await api.read("voice/my-numbers")).toEqual([]);
  });

  test("that Twilio does not sell is a mistake, and costs nothing", async () => {
    const { api, balance } = await voiceWorld(house);
    const buy = (body: object) => api.post("voice/purchase-number", body);
    expectLioFields(await buy({ phoneNumber: "+18089250000" }), 422, "phoneNumber");
    expectLioFields(await buy({ phoneNumber: "0808 925" }), 422, "phoneNumber");
    expectLioFields(await buy({ phoneNumber: "+18339250009", type: "local" }), 422, "type");
    expectLioFields(await buy({ phoneNumber: newNumber(), type: "tollfree" }), 422, "type");
    expectLioFields(
      await buy({ friendlyName: "x".repeat(65) }),
      422,
      "phoneNumber",
      "friendlyName",
    );
    expect(await balance()).toBe(100);
    expect(await api.read("voice/my-numbers")).toEqual([]);
  });

  test("rings those it is assigned to, who see it", async () => {
    const { api, buy, user, admin } = await voiceWorld(house);
    const [rep, other] = [await user("rep"), await user("rep")];
    const { id } = await buy();
    const assign = (body: object) => api.post("voice/assign-number", { number_id: id, ...body });
    const { body } = await assign({ user_ids: [rep.number, admin.number, rep.number] });
    expect(body.data.assigned_user_ids)
      .toEqual([admin.number, rep.number].toSorted((a, b) => a - b));
    expect(await rep.api.read("voice/my-numbers")).toEqual([body.data]);
    expect(await other.api.read("voice/my-numbers")).toEqual([]);
    expect((await assign({ user_id: other.number })).body.data.assigned_user_ids)
      .toEqual([other.number]);
    expect(await rep.api.read("voice/my-numbers")).toEqual([]);
    expect((await assign({ user_ids: [] })).body.data.assigned_user_ids).toEqual([]);
    expectLioFields(await assign({}), 422, "user_ids");
    expectLioFields(await assign({ user_id: 1, user_ids: [1] }), 422, "user_id");
    expectLioFields(await assign({ user_id: 999_999_999 }), 422, "user_id");
    const wrong = { number_id: 999_999_999, user_ids: [999_999_999] };
    expectLioFields(await api.post("voice/assign-number", wrong), 422, "number_id", "user_ids");
  });

  test("is bought and assigned by Managers, not by Reps and Viewers", async () => {
    const { buy, user } = await voiceWorld(house);
    const { id } = await buy();
    for (const role of ["rep", "viewer"] as const) {
      const { api, number } = await user(role);
      const phoneNumber = newNumber();
      const assignment = { number_id: id, user_id: number };
      expectLioError(
        await api.post("voice/purchase-number", { phoneNumber }),
        403,
        "permission_error",
        "role",
      );
      expectLioError(
        await api.post("voice/assign-number", assignment),
        403,
        "permission_error",
        "role",
      );
      expect((await api.get("voice/wallet")).status).toBe(200);
    }
    const manager = await user("manager");
    expect((await manager.api.post("voice/purchase-number", { phoneNumber: newNumber() })).status)
      .toBe(201);
  });
});
