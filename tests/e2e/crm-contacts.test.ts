import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import {
  type CrmClient,
  crmHttp,
  type CrmWorld,
  expectGone,
  expectRefused,
  ID,
  TIME,
} from "../support/crm-http.ts";

const EMPTY = {
  id: ID,
  firstName: null,
  lastName: null,
  fullName: null,
  email: null,
  phone: null,
  title: null,
  source: null,
  companyId: null,
  unsubscribed: false,
  createdAt: TIME,
  updatedAt: TIME,
};
const AT = (day: number) => `2026-03-${String(day).padStart(2, "0")}T00:00:00.000000Z`;

describe("a contact", () => {
  test("is made of nothing, or of everything, and cleared", async () => {
    const { api } = await crmHttp();
    const empty = await api.made("contacts", {});
    expect(empty).toEqual(EMPTY);
    expect(Object.keys(empty)).toEqual(Object.keys(EMPTY));
    const company = await api.made("companies", { name: "Acme" });
    const given = {
      firstName: " Ada ",
      lastName: "Byron",
      email: "ADA@Example.com",
      phone: "+1 415 555 0100",
      title: "CTO",
      source: "fair",
      companyId: company.id,
      unsubscribed: true,
    };
    const made = await api.made("contacts", given);
    expect(made).toEqual({
      ...EMPTY,
      ...given,
      firstName: "Ada",
      fullName: "Ada Byron",
      email: "ada@example.com",
      phone: "+14155550100",
    });
    const path = `contacts/${made.id}`;
    expect(await api.read(path)).toEqual(made);
    expect(await api.changed(path, {})).toEqual(made);
    expect(await api.changed(path, { ...made, fullName: "X", createdAt: 1 })).toEqual(made);
    expect((await api.changed(path, { lastName: null })).fullName).toBe("Ada");
    expect((await api.changed(path, { firstName: null })).fullName).toBe("ada@example.com");
    const nulls = { email: null, phone: null, title: null, source: null, companyId: null };
    expect(await api.changed(path, { ...nulls, unsubscribed: false })).toEqual(EMPTY);
    expect(await api.made("contacts", { ...nulls, unsubscribed: null })).toEqual(EMPTY);
  });

  test("is refused with every wrong field named, and an email another has", async () => {
    const { api } = await crmHttp();
    const wrong = { firstName: 5, email: "ada", phone: "12", companyId: "x", unsubscribed: "no" };
    const { status, body } = await api.post("contacts", { ...wrong, titel: "" });
    expect(status).toBe(400);
    for (const field of [...Object.keys(wrong), "titel"]) {
      expect(body.error).toContain(`${field}: `);
    }
    await api.made("contacts", { email: "ada@example.com" });
    const other = await api.made("contacts", { email: "bob@example.com" });
    const taken = "email: Another contact has this email.";
    expectRefused(await api.post("contacts", { email: "Ada@example.com" }), 409, taken);
    const path = `contacts/${other.id}`;
    expectRefused(await api.patch(path, { email: "ada@example.com" }), 409, taken);
    expect((await api.patch(path, { unsubscribed: null })).status).toBe(400);
    expectRefused(
      await api.patch(path, { companyId: randomUUID() }),
      400,
      "companyId: No company with this id.",
    );
    expect((await api.read(path)).companyId).toBeNull();
  });

  test("leaves deals, tasks and activities unlinked when deleted, a second time 404", async () => {
    const { api } = await crmHttp();
    const { id } = await api.made("contacts", { email: "ada@example.com" });
    const lead = await api.made("leads", { title: "D", contactId: id });
    const linked = { subject: "S", contactId: id };
    const task = await api.made("activities", { type: "task", ...linked });
    const call = await api.made("activities", { type: "call", ...linked });
    expectGone(await api.delete(`contacts/${id}`));
    expectRefused(await api.delete(`contacts/${id}`), 404, `No contact with id ${id}.`);
    expect((await api.read(`leads/${lead.id}`)).contactId).toBeNull();
    expect(await api.listed("tasks")).toMatchObject([{ id: task.id, contactId: null }]);
    expect(await api.listed("activities")).toMatchObject([{ id: call.id, contactId: null }]);
  });

  test("counts towards the day's new contacts, and is refused when those are used up", async () => {
    const { api } = await crmHttp({ contacts_per_day: 2 });
    await api.made("contacts", {});
    await api.made("contacts", {});
    const { status, body, headers } = await api.post("contacts", {});
    expect([status, Object.keys(body)]).toEqual([429, ["error"]]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
    expect((await api.read("contacts")).total).toBe(2);
  });
});

test("contacts are listed by last, then first name, and searched in names and email", async () => {
  const { api } = await crmHttp();
  const company = await api.made("companies", { name: "Acme" });
  const rows = [
    { firstName: "Bo", lastName: "Äl" },
    { firstName: "Al", lastName: "Zed", companyId: company.id, phone: "+14155550100" },
    { firstName: "Al", lastName: "Ål", email: "x_y@example.com" },
    { firstName: "al", lastName: "Äl" },
    { firstName: "50%" },
  ];
  for (const row of rows) await api.made("contacts", row);
  const names = async (query: string) =>
    (await api.listed(`contacts?${query}`)).map(({ fullName }: Json) => fullName);
  expect(await names("")).toEqual(["50%", "Al Ål", "al Äl", "Bo Äl", "Al Zed"]);
  const asked: Record<string, string[]> = {
    [`companyId=${company.id}`]: ["Al Zed"],
    [`companyId=${randomUUID()}`]: [],
    "search=zed%20al": ["Al Zed"],
    "search=x_y": ["Al Ål"],
    "search=%25": ["50%"],
    "search=4155550100": [],
    [`search=al&companyId=${company.id}`]: ["Al Zed"],
  };
  for (const [query, expected] of Object.entries(asked)) {
    expect(await names(query), query).toEqual(expected);
  }
  expect((await api.get("contacts?companyId=acme")).body.error).toMatch(/^companyId: Must be a UUID/);
});

interface MemberWorld extends CrmWorld {
  contact: string;
  /** The path of the contact's memberships. */
  path: string;
  company(name: string): Promise<string>;
  /** The memberships in order: `A*` is the primary one, `A-` has ended. */
  order(): Promise<string>;
}

async function memberWorld(): Promise<MemberWorld> {
  const world = await crmHttp();
  const { api } = world;
  const contact = (await api.made("contacts", { firstName: "Ada" })).id;
  const path = `contacts/${contact}/company-memberships`;
  return {
    ...world,
    contact,
    path,
    company: async (name) => (await api.made("companies", { name })).id,
    order: async () => (await membershipsOf(api, contact)).map(told).join(" "),
  };
}

async function membershipsOf(api: CrmClient, contact: string): Promise<Json[]> {
  const body = await api.read(`contacts/${contact}/company-memberships`);
  expect(Object.keys(body)).toEqual(["memberships"]);
  const { companyId } = await api.read(`contacts/${contact}`);
  const primary = body.memberships.filter(({ isPrimary }: Json) => isPrimary);
  const current = body.memberships.filter(({ endedAt }: Json) => endedAt === null);
  expect(primary).toHaveLength(current.length > 0 ? 1 : 0);
  expect(companyId).toBe(primary[0]?.companyId ?? null);
  return body.memberships;
}

const told = ({ companyName, isPrimary, endedAt }: Json) =>
  `${companyName}${isPrimary ? "*" : ""}${endedAt === null ? "" : "-"}`;

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
    const must = "isPrimary: Must be true until another current membership is made the primary one.";
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
    expectRefused(await api.patch(`${path}/${second.id}`, { startedAt: "2026-01-03" }), 400, before);
    expectRefused(await api.post(path, { companyId: b, endedAt: "2999-01-01" }), 400, future);
    expect(await order()).toBe("A* B-");
    for (const body of [{ startedAt: null }, { isPrimary: null }, { startedAt: "yesterday" }]) {
      expect((await api.patch(one, body)).body.error).toMatch(/^(startedAt|isPrimary): Must be /);
    }
    expectRefused(await api.post(path, {}), 400, expect.stringMatching(/^companyId: Must be a UUID/));
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

describe("the company of a contact is that of its primary membership", () => {
  test("set here, it takes over, and those of before stay", async () => {
    const { api, contact, company, order } = await memberWorld();
    const [a, b] = [await company("A"), await company("B")];
    const set = (companyId: string) => api.changed(`contacts/${contact}`, { companyId });
    expect((await set(a)).companyId).toBe(a);
    expect((await set(b)).companyId).toBe(b);
    expect(await order()).toBe("B* A");
    await set(a);
    expect(await order()).toBe("A* B");
    await set(a);
    expect(await order()).toBe("A* B");
  });

  test("set by the native API, the former one ends; null ends all", async () => {
    const { api, native, contact, path, company, order } = await memberWorld();
    const [a, b, c] = [await company("A"), await company("B"), await company("C")];
    const set = async (company_id: string | null) => {
      const answer = await native.patch(`v1-public-contacts-crud?id=${contact}`, { company_id });
      expect(answer.status, answer.text).toBe(200);
      expect(answer.body.data.company_id).toBe(company_id);
    };
    await set(a);
    expect(await order()).toBe("A*");
    await api.made(path, { companyId: b });
    await set(c);
    expect(await order()).toBe("C* B A-");
    await set(b);
    expect(await order()).toBe("B* C- A-");
    await set(null);
    expect((await membershipsOf(api, contact)).every(({ endedAt }) => endedAt !== null)).toBe(true);
  });

  test("given to ingest, or found by its name, it has its membership", async () => {
    const { api, native } = await crmHttp();
    const company = (await api.made("companies", { name: "Acme", domain: "acme.com" })).id;
    const taken = async (given: object) => {
      const { status, body, text } = await native.post("v1-public-contacts", given);
      expect(status, text).toBe(201);
      return body.data.id;
    };
    const known = await taken({ email: "ada@acme.com", company_domain: "acme.com" });
    expect(await membershipsOf(api, known)).toMatchObject([{ companyId: company }]);
    const named = await taken({ email: "bob@other.example", company_name: "Other" });
    expect(await membershipsOf(api, named)).toMatchObject([{ companyName: "Other" }]);
  });
});
