import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { crmHttp, expectGone, expectRefused, ID, TIME } from "../support/crm-http.ts";

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
  expect((await api.get("contacts?companyId=acme")).body.error).toMatch(
    /^companyId: Must be a UUID/,
  );
});
