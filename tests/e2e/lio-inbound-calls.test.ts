import { jwtVerify } from "jose";
import { describe, expect, test } from "vitest";
import { expectLioError, TIME } from "../support/lio.ts";
import { newNumber, tellOf, voiceHouse, voiceWorld } from "../support/lio-voice.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { verbNamed, verbsOf } from "../support/twiml-verbs.ts";

// The worker of the other tests would ask another Twilio for what became of these calls.
ownMigratedDatabase();
const house = voiceHouse();

/** A call that comes in at a number. */
function comingIn(number: { phone_number: string }, from: string) {
  const at = house.twilio.account.numbers.find((one) => one.phone_number === number.phone_number);
  const call = {
    sid: `CA${crypto.randomUUID().replaceAll("-", "")}`,
    from,
    to: number.phone_number,
  };
  const tell = (url: string | undefined, fields: Record<string, string>) =>
    tellOf(house, call, url ?? "", { Direction: "inbound", ...fields });
  return {
    sid: call.sid,
    ring: () => tell(at?.voice_url, { CallStatus: "ringing" }),
    end: (duration: number) =>
      tell(at?.status_callback, { CallStatus: "completed", CallDuration: String(duration) }),
    tell,
  };
}

describe("a call that comes in", () => {
  test("rings the number's users, and is logged once with the lead of that phone", async () => {
    const { api, admin, user, buy, lead } = await voiceWorld(house);
    const number = await buy();
    const rep = await user("rep");
    await api.done("voice/assign-number", {
      number_id: number.id,
      user_ids: [admin.number, rep.number],
    });
    const phone_number = newNumber();
    const { id: lead_id } = await lead({ phone_number, company: "Acme" });
    const { company_id } = await api.read(`lead/view/${lead_id}`);
    const call = comingIn(number, phone_number);
    const { text } = await call.ring();
    expect((await call.ring()).text).toBe(text);
    const [dial, ...clients] = verbsOf(text);
    expect(dial?.name).toBe("Dial");
    expect(clients.map(({ name, text: client }) => [name, client]).toSorted())
      .toEqual([admin.number, rep.number].map((one) => ["Client", `user_${one}`]).toSorted());
    const [logged, ...more] = await api.read("call/list");
    expect(more).toEqual([]);
    expect(logged).toMatchObject({
      user_id: null,
      lead_id,
      contact_id: null,
      company_id,
      direction: "inbound",
      from_number: phone_number,
      to_number: number.phone_number,
      status: "ringing",
      started_at: TIME,
      sid: call.sid,
    });
    const said = await call.tell(dial?.attributes.action, {
      DialCallStatus: "completed",
      DialCallDuration: "7",
    });
    expect(verbsOf(said.text).map(({ name }) => name)).toEqual(["Hangup"]);
    expect((await call.end(9)).status).toBe(204);
    expect(await api.read(`call/${logged.id}`)).toMatchObject({
      status: "completed",
      answered_at: TIME,
      ended_at: TIME,
      duration_sec: 9,
    });
    const account = await api.made("target-accounts", { company_id });
    expect(await api.read(`target-accounts/${account.id}`))
      .toMatchObject({ engagement_score: 5, last_engaged_at: TIME });
  });

  test("that nobody answers, or is there to answer, is told so", async () => {
    const { api, admin, buy } = await voiceWorld(house);
    const number = await buy();
    const alone = comingIn(number, newNumber());
    expect(verbsOf((await alone.ring()).text).map(({ name }) => name)).toEqual(["Say", "Hangup"]);
    await api.done("voice/assign-number", { number_id: number.id, user_id: admin.number });
    const missed = comingIn(number, "");
    const { action } = verbNamed((await missed.ring()).text, "Dial")?.attributes ?? {};
    const { text } = await missed.tell(action, { DialCallStatus: "no-answer" });
    expect(verbsOf(text).map(({ name }) => name)).toEqual(["Say", "Hangup"]);
    await missed.end(20);
    expect(await api.read("call/list")).toMatchObject([
      { status: "no_answer", answered_at: null, user_id: admin.number, from_number: "anonymous" },
      { status: "no_answer", answered_at: null, user_id: null, lead_id: null },
    ]);
  });

  test("is tied to a contact where no lead has the phone", async () => {
    const { api, buy } = await voiceWorld(house);
    const number = await buy();
    const { id: company_id } = await api.made("company/add", { company_name: "Acme" });
    const phone_number = newNumber();
    const { id } = await api.made("contact/add", { name: "Ann", company_id, phone_number });
    await comingIn(number, phone_number).ring();
    expect(await api.read(`call/list?contact_id=${id}&company_id=${company_id}`))
      .toMatchObject([{ contact_id: id, company_id, lead_id: null }]);
  });
});

describe("a Rep", () => {
  test("sees the own calls, and those of leads that they see", async () => {
    const { api, user, buy, lead } = await voiceWorld(house);
    await buy();
    const [rep, other] = [await user("rep"), await user("rep")];
    const initiate = async (by: typeof api, of: object) => {
      const { id: lead_id } = await lead(of);
      return await by.post("call/agent/initiate", { lead_id, system_prompt: "Sell." });
    };
    const own = await initiate(rep.api, { assigned_to: rep.number });
    const ofTheirs = await initiate(api, { assigned_to: rep.number });
    const hidden = await initiate(api, { assigned_to: other.number });
    expect([own, ofTheirs, hidden].map(({ status }) => status)).toEqual([201, 201, 201]);
    expectLioError(await initiate(rep.api, { assigned_to: other.number }), 422, "validation_error");
    const listed = (await rep.api.get("call/list")).body;
    expect(listed.data.map(({ id }: { id: number }) => id))
      .toEqual([ofTheirs.body.data.id, own.body.data.id]);
    expect(listed.total).toBe(2);
    for (const path of ["", "/recording", "/transcript"]) {
      const at = `call/${hidden.body.data.id}${path}`;
      expectLioError(await rep.api.get(at), 404, "not_found");
    }
    const viewer = await user("viewer");
    expect((await viewer.api.get("call/list")).body.total).toBe(3);
    expectLioError(await initiate(viewer.api, {}), 403, "permission_error", "role");
    expectLioError(await viewer.api.post("call/voice-token", {}), 403, "permission_error", "role");
  });
});

test("a recording is listened to by a link, which is good for an hour", async () => {
  const { api, buy, call } = await voiceWorld(house);
  await buy();
  const { call: { id }, at } = await call();
  const recording = () => api.get(`call/${id}/recording`);
  expectLioError(await recording(), 404, "not_found", "no_recording");
  expectLioError(await api.get(`call/${id}/transcript`), 404, "not_found", "no_transcript");
  const mp3 = Buffer.alloc(300_000, "sound");
  const { account } = house.twilio;
  account.recordings.push({
    sid: "RE1",
    call_sid: at.sid,
    duration: "14",
    status: "completed",
    mp3,
  });
  const { body: { data } } = await recording();
  expect(data).toEqual({
    call_id: id,
    url: expect.any(String),
    duration_sec: 14,
    expires_at: TIME,
  });
  expect(Date.parse(data.expires_at) - Date.now()).toBeLessThan(3_601_000);
  expect(await api.read(`call/${id}`)).toMatchObject({ has_recording: true });
  const here = data.url.replace("https://api.lumenbase.test", house.gatewayUrl);
  const played = await fetch(here);
  expect([played.status, played.headers.get("content-type")]).toEqual([200, "audio/mpeg"]);
  expect(Buffer.from(await played.arrayBuffer()).equals(mp3)).toBe(true);
  expect((await fetch(`${here.slice(0, -1)}x`)).status).toBe(403);
  account.recordings.splice(0);
  expect((await fetch(here)).status).toBe(404);
});

test("a token for calling is signed as Twilio wants it", async () => {
  const { admin: { api, number } } = await voiceWorld(house);
  const { token, identity, expires_in, expires_at } = await api.done("call/voice-token", {});
  const { environment } = house.twilio;
  const secret = new TextEncoder().encode(environment.TWILIO_API_KEY_SECRET);
  const { payload, protectedHeader } = await jwtVerify(token, secret, { algorithms: ["HS256"] });
  expect(protectedHeader).toMatchObject({ cty: "twilio-fpa;v=1", typ: "JWT" });
  expect([identity, expires_in]).toEqual([`user_${number}`, 3_600]);
  expect(Number(payload.exp) - Number(payload.iat)).toBe(3_600);
  expect(Date.parse(expires_at)).toBe(Number(payload.exp) * 1_000);
  expect(payload).toMatchObject({
    iss: environment.TWILIO_API_KEY_SID,
    sub: environment.TWILIO_ACCOUNT_SID,
    jti: expect.any(String),
    grants: {
      identity,
      voice: {
        incoming: { allow: true },
        outgoing: { application_sid: environment.TWILIO_APP_SID },
      },
    },
  });
});
