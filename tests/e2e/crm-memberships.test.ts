import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { expectGone, expectRefused, ID, TIME } from "../support/crm-http.ts";
import { memberWorld } from "../support/crm-members.ts";

const AT = (day: number) => `2026-03-${String(day).padStart(2, "0")}T00:00:00.000000Z`;

describe("memberships", () => {
  test("are made with their defaults; the first current one is the primary one", async () => {
    const { api, path, contact, company, order } = await memberWorld();
    expect(await api.read(path)).toEqual({ memberships: [] });
    const companyId = await company("A");
    const nulls = { role: null, isPrimary: null, startedAt: null, endedAt: null };
    const made = await api.made(path, { companyId, ...nulls });
    const expected = {
      id: ID,
      contactId: contact,
      companyId,
      companyName: "A",
      role: null,
      isPrimary: true,
      startedAt: TIME,
      endedAt: null,
      createdAt: TIME,
      updatedAt: TIME,
    };
    expect(made).toEqual(expected);
    expect(Object.keys(made)).toEqual(Object.keys(expected));
    const second = await api.made(path, { companyId: await company("B"), role: "CTO" });
    expect(second).toMatchObject({ role: "CTO", isPrimary: false });
    expect(await order()).toBe("A* B");
    const one = `${path}/${second.id}`;
    expect(await api.changed(one, {})).toEqual(second);
    const back = { ...second, companyId: randomUUID(), companyName: "X", contactId: 5 };
    expect(await api.changed(one, back)).toEqual(second);
    expect((await api.changed(one, { isPrimary: true, role: null })).role).toBeNull();
    expect(await order()).toBe("B* A");
  });

  test("stand in order: primary, current by their start, ended by their end", async () => {
    const { api, path, company, order } = await memberWorld();
    const rows: [name: string, fields: object][] = [
      ["A", { startedAt: "2026-03-02" }],
      ["B", { startedAt: "2026-03-01T02:00:00+02:00" }],
      ["C", { startedAt: "2026-03-03" }],
      ["D", { startedAt: "2026-03-01", endedAt: "2026-03-04" }],
      ["E", { endedAt: "2026-03-05T10:00:00.5Z" }],
    ];
    for (const [name, fields] of rows) {
      await api.made(path, { companyId: await company(name), ...fields });
    }
    expect(await order()).toBe("A* C B E- D-");
    const { memberships: [, , b, e] } = await api.read(path);
    expect(b.startedAt).toBe(AT(1));
    expect([e.startedAt, e.endedAt]).toEqual(Array(2).fill("2026-03-05T10:00:00.500000Z"));
  });

  test("that end or go leave the one that began last the primary one", async () => {
    const { api, path, company, order, contact } = await memberWorld();
    const [a, b, c] = [await company("A"), await company("B"), await company("C")];
    const first = await api.made(path, { companyId: a, startedAt: "2026-03-01" });
    const second = await api.made(path, { companyId: b, startedAt: "2026-03-03" });
    await api.made(path, { companyId: c, startedAt: "2026-03-02" });
    expect(await order()).toBe("A* B C");
    expect(await api.changed(`${path}/${first.id}`, { endedAt: "2026-03-05" }))
      .toMatchObject({ isPrimary: false, endedAt: AT(5) });
    expect(await order()).toBe("B* C A-");
    expectGone(await api.delete(`${path}/${second.id}`));
    expectRefused(
      await api.delete(`${path}/${second.id}`),
      404,
      `No membership with id ${second.id}.`,
    );
    expect(await order()).toBe("C* A-");
    // Made current again, it does not take over.
    expect(await api.changed(`${path}/${first.id}`, { endedAt: null }))
      .toMatchObject({ isPrimary: false, endedAt: null });
    expect(await order()).toBe("C* A");
    expect((await api.changed(`contacts/${contact}`, { companyId: null })).companyId).toBe(a);
    expect(await order()).toBe("A* C-");
    expect((await api.changed(`contacts/${contact}`, { companyId: null })).companyId).toBeNull();
    expect(await order()).toBe("A- C-");
    expect(await api.changed(`${path}/${first.id}`, { endedAt: null }))
      .toMatchObject({ isPrimary: true });
  });

  test("of one company are current once, and again after the first ended", async () => {
    const { api, path, company } = await memberWorld();
    const companyId = await company("A");
    const first = await api.made(path, { companyId, startedAt: "2026-03-01" });
    const twice = "companyId: The contact has a current membership in this company.";
    expectRefused(await api.post(path, { companyId }), 409, twice);
    await api.made(path, { companyId, endedAt: "2026-02-01" });
    await api.changed(`${path}/${first.id}`, { endedAt: "2026-03-02" });
    await api.made(path, { companyId });
    expectRefused(await api.patch(`${path}/${first.id}`, { endedAt: null }), 409, twice);
  });

  test("break no rule of primary ones and times", async () => {
    const { api, path, company, order } = await memberWorld();
    const [a, b] = [await company("A"), await company("B")];
    const must =
      "isPrimary: Must be true until another current membership is made the primary one.";
    expectRefused(await api.post(path, { companyId: a, isPrimary: false }), 400, must);
    const first = await api.made(path, { companyId: a, startedAt: "2026-03-01" });
    const one = `${path}/${first.id}`;
    expectRefused(await api.patch(one, { isPrimary: false }), 400, must);
    const ended = "isPrimary: Must not be true of a membership that ended.";
    const old = { companyId: b, startedAt: "2026-01-01", endedAt: "2026-01-02" };
    expectRefused(await api.post(path, { ...old, isPrimary: true }), 400, ended);
    const second = await api.made(path, { ...old, isPrimary: false });
    expectRefused(await api.patch(`${path}/${second.id}`, { isPrimary: true }), 400, ended);
    const before = "endedAt: Must not be before the start.";
    const future = "endedAt: Must not be in the future.";
    expectRefused(await api.patch(one, { endedAt: "2026-02-28" }), 400, before);
    expectRefused(await api.patch(one, { endedAt: "2999-01-01" }), 400, future);
    expectRefused(await api.post(path, { ...old, endedAt: "2025-12-31" }), 400, before);
    expectRefused(
      await api.patch(`${path}/${second.id}`, { startedAt: "2026-01-03" }),
      400,
      before,
    );
    expectRefused(await api.post(path, { companyId: b, endedAt: "2999-01-01" }), 400, future);
    expect(await order()).toBe("A* B-");
    for (const body of [{ startedAt: null }, { isPrimary: null }, { startedAt: "yesterday" }]) {
      expect((await api.patch(one, body)).body.error).toMatch(/^(startedAt|isPrimary): Must be /);
    }
    expectRefused(
      await api.post(path, {}),
      400,
      expect.stringMatching(/^companyId: Must be a UUID/),
    );
    expectRefused(
      await api.post(path, { companyId: randomUUID() }),
      400,
      "companyId: No company with this id.",
    );
  });

  test("are those of the contact in the path", async () => {
    const { api, path, company } = await memberWorld();
    const { id } = await api.made(path, { companyId: await company("A") });
    const other = (await api.made("contacts", {})).id;
    const elsewhere = `contacts/${other}/company-memberships`;
    const missing = `No membership with id ${id}.`;
    expectRefused(await api.patch(`${elsewhere}/${id}`, { role: "X" }), 404, missing);
    expectRefused(await api.delete(`${elsewhere}/${id}`), 404, missing);
    const none = randomUUID();
    const nobody = `contacts/${none}/company-memberships`;
    expectRefused(await api.get(nobody), 404, `No contact with id ${none}.`);
    const companyId = await company("B");
    expectRefused(await api.post(nobody, { companyId }), 404, `No contact with id ${none}.`);
    expect((await api.get(`contacts/x/company-memberships`)).body.error).toMatch(/^contact_id: /);
  });
});
