import { describe, expect, test } from "vitest";
import { type LeadWorld, leadWorld, type Row } from "../support/lead-world.ts";

const ACTIVITY = { type: "lead_intake", title: "Lead intake", data: { sent: true } };

async function intakeWorld() {
  const world = await leadWorld();
  return { ...world, land: lander(world) };
}

/** Lands a lead; answers it as it then is, and what app.land_lead answered. */
function lander({ call, lead }: LeadWorld) {
  return async (fields: object): Promise<{ lead: Row; created: boolean }> => {
    const [landed] = await call("land_lead", fields, ACTIVITY);
    return { lead: await lead(landed!.id), created: landed!.created as boolean };
  };
}

describe("finding the lead", () => {
  test("by its email, the oldest first, whatever its phone", async () => {
    const { create, land } = await intakeWorld();
    const first = await create({ email: "a@example.com", phone: "+14155550001" });
    await create({ email: "a@example.com" });
    await create({ phone: "+14155550002" });
    const { lead, created } = await land({ email: "a@example.com", phone: "+14155550002" });
    expect([lead.id, created]).toEqual([first.id, false]);
  });

  test("else by the digits of its phone, the oldest first", async () => {
    const { create, land } = await intakeWorld();
    const first = await create({ phone: "+14155550001" });
    await create({ phone: "+14155550001" });
    for (const phone of ["+14155550001", "1 (415) 555-0001", "14155550001"]) {
      const { lead, created } = await land({ phone });
      expect([lead.id, created], phone).toEqual([first.id, false]);
    }
    expect((await land({ phone: "+14155550002" })).created).toBe(true);
  });

  test("by its phone also when the lead has another email, which it keeps", async () => {
    const { create, land } = await intakeWorld();
    const first = await create({ email: "a@example.com", phone: "+14155550001" });
    const { lead, created } = await land({ email: "b@example.com", phone: "+14155550001" });
    expect([lead.id, created, lead.email]).toEqual([first.id, false, "a@example.com"]);
  });

  test("nobody without email and phone is anybody else", async () => {
    const { land } = await intakeWorld();
    expect((await land({ notes: "one" })).created).toBe(true);
    const { lead, created } = await land({ notes: "two", phone: null, email: null });
    expect([created, lead.first_name, lead.contact_id]).toEqual([true, null, null]);
  });
});

describe("completing it", () => {
  test("fills what is empty and leaves what is filled", async () => {
    const { create, land } = await intakeWorld();
    await create({ email: "a@example.com", first_name: "Ann", source: "site", company: "Acme" });
    const { lead } = await land({
      email: "a@example.com",
      first_name: "Anna",
      last_name: "Lee",
      phone: "+14155550001",
      source: "form",
      company: "Other",
      status: "won",
      starred: true,
    });
    expect(lead).toMatchObject({
      first_name: "Ann",
      last_name: "Lee",
      phone: "+14155550001",
      source: "site",
      company: "Acme",
      status: "new",
      starred: false,
    });
  });

  test("gives a lead of a phone the contact of its email, which keeps what it has", async () => {
    const { create, insert, land, contacts } = await intakeWorld();
    await insert("contacts", { first_name: "Ann", email: "a@example.com" });
    await create({ first_name: "A.", last_name: "Lee", phone: "+14155550001" });
    const { lead } = await land({ email: "a@example.com", phone: "+14155550001" });
    const person = { first_name: "Ann", last_name: "Lee", phone: "+14155550001" };
    expect(lead).toMatchObject({ ...person, email: "a@example.com" });
    expect(await contacts()).toMatchObject([{ id: lead.contact_id, ...person }]);
  });

  test("finds its contact again after that was deleted", async () => {
    const { create, land, rows } = await intakeWorld();
    const { contact_id } = await create({ email: "a@example.com", last_name: "Lee" });
    await rows("delete from crm.contacts where id = $1", String(contact_id));
    const { lead } = await land({ email: "a@example.com" });
    expect(lead.contact_id).not.toBeNull();
    expect(lead).toMatchObject({ first_name: "Sarah", last_name: "Lee" });
  });

  test("appends notes after an empty line while they fit", async () => {
    const { create, land } = await intakeWorld();
    await create({ email: "a@example.com", notes: "one" });
    expect((await land({ email: "a@example.com", notes: "two" })).lead.notes).toBe("one\n\ntwo");
    expect((await land({ email: "b@example.com", notes: "two" })).lead.notes).toBe("two");
    expect((await land({ email: "b@example.com", notes: "three" })).lead.notes).toBe(
      "two\n\nthree",
    );
    // UTF-16 code units, as the API counts them.
    const tooMany = await land({ email: "a@example.com", notes: "😀".repeat(9_996) });
    expect(tooMany.lead.notes === "one\n\ntwo").toBe(true);
    const notes = "😀".repeat(9_995);
    const { lead } = await land({ email: "a@example.com", notes });
    expect(lead.notes === `one\n\ntwo\n\n${notes}`).toBe(true);
  });

  test("merges custom fields, the given ones win, while there are at most 100", async () => {
    const { create, land } = await intakeWorld();
    const many = Object.fromEntries(Array.from({ length: 98 }, (_, n) => [`k${n}`, n]));
    await create({ email: "a@example.com", custom_fields: many });
    const given = { k1: "new", a: 1, b: 2, c: 3, k2: null };
    const { lead } = await land({ email: "a@example.com", custom_fields: given });
    expect(lead.custom_fields).toEqual({ ...many, k1: "new", a: 1, b: 2 });
  });

  test("adds tags, none twice, while there are at most 50", async () => {
    const { create, land } = await intakeWorld();
    const many = Array.from({ length: 48 }, (_, n) => `t${n}`);
    await create({ email: "a@example.com", tags: many });
    const { lead } = await land({ email: "a@example.com", tags: ["T1", "x", "y", "z"] });
    expect(lead.tags).toHaveLength(50);
    expect(lead.tags).toEqual(expect.arrayContaining([...many, "x", "y"]));
  });

  test("changes nothing, and writes no event but the activity's, when it has all", async () => {
    const { create, land, events } = await intakeWorld();
    const all = { email: "a@example.com", first_name: "Ann", tags: ["vip"], source: "site" };
    const before = await create(all);
    await events();
    const { lead } = await land({ ...all, custom_fields: {} });
    expect(lead.updated_at).toEqual(before.updated_at);
    expect((await events()).map(({ resource }) => resource)).toEqual(["activities"]);
  });
});

describe("making it", () => {
  test("its contact takes only what that lacks, and the lead shows the contact", async () => {
    const { insert, land, contacts } = await intakeWorld();
    await insert("contacts", { first_name: "Ann", email: "a@example.com" });
    const { lead, created } = await land({
      email: "a@example.com",
      first_name: "X",
      last_name: "Lee",
    });
    expect(created).toBe(true);
    expect(lead).toMatchObject({ first_name: "Ann", last_name: "Lee" });
    expect(await contacts()).toMatchObject([{ first_name: "Ann", last_name: "Lee" }]);
  });

  test("a user who is inactive costs no lead", async () => {
    const { insert, land } = await intakeWorld();
    const gone = { name: "G", email: "g@example.com", status: "inactive" };
    const { id } = await insert("users", gone);
    const { lead } = await land({ email: "a@example.com", assigned_to: id });
    expect(lead.assigned_to).toBeNull();
  });
});

test("what was sent is an activity of the contact, also of a lead without one", async () => {
  const { land, rows } = await intakeWorld();
  const { lead } = await land({ email: "a@example.com" });
  await land({ email: "a@example.com" });
  await land({ phone: "+14155550001" });
  const activities = "select type, title, data, contact_id from crm.activities order by number";
  expect(await rows(activities)).toEqual([
    { ...ACTIVITY, contact_id: lead.contact_id },
    { ...ACTIVITY, contact_id: lead.contact_id },
    { ...ACTIVITY, contact_id: null },
  ]);
});

test.each([["contacts_per_day", 1], ["activities_per_day", 2]] as const)(
  "%s is kept to, and nothing is left of what is refused",
  async (limit, allowed) => {
    const { call, refusal, rows } = await leadWorld({ limits: { [limit]: allowed } });
    for (let n = 0; n < allowed; n++) {
      await call("land_lead", { email: `a${n}@example.com` }, ACTIVITY);
    }
    expect(await refusal("land_lead", { email: "b@example.com" }, ACTIVITY)).toBe("LB002");
    expect(await rows("select id from crm.leads")).toHaveLength(allowed);
    expect(await rows("select id from crm.activities")).toHaveLength(allowed);
  },
);
