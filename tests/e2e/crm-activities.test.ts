import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { crmHttp, expectRefused, ID, linkedLead, TIME } from "../support/crm-http.ts";

const CALL = {
  id: ID,
  type: "call",
  subject: "Intro",
  body: null,
  occurredAt: TIME,
  leadId: null,
  companyId: null,
  contactId: null,
  createdAt: TIME,
};
const TASK = {
  id: ID,
  title: "Send",
  description: null,
  status: "open",
  priority: "medium",
  dueDate: null,
  overdue: false,
  ownerId: null,
  leadId: null,
  companyId: null,
  contactId: null,
  createdAt: TIME,
  updatedAt: TIME,
};

test("an activity is logged of type and subject, or of everything", async () => {
  const { api, native } = await crmHttp();
  const { path: _, ...links } = await linkedLead(api);
  const nulls = { body: null, occurredAt: null, leadId: null, dueDate: null, priority: null };
  const made = await api.made("activities", { type: "call", subject: " Intro ", ...nulls });
  expect(made).toEqual(CALL);
  expect(Object.keys(made)).toEqual(Object.keys(CALL));
  const given = {
    type: "site_visit",
    subject: "s".repeat(500),
    body: "Line\nline",
    occurredAt: "2026-03-28T11:15:00.5+02:00",
    ...links,
  };
  const all = await api.made("activities", { ...given, id: "x", createdAt: 5 });
  expect(all).toEqual({ ...CALL, ...given, occurredAt: "2026-03-28T09:15:00.500000Z" });
  const { body } = await native.get(`v1-public-activities-crud?id=${all.id}`);
  expect(body.data).toMatchObject({ title: given.subject, description: given.body, data: {} });
});

test("on a lead it is on the lead's company and contact, unless it names others", async () => {
  const { api } = await crmHttp();
  const { path, leadId, ...links } = await linkedLead(api);
  const call = { type: "call", subject: "Intro" };
  expect(await api.made(path, call)).toEqual({ ...CALL, leadId, ...links });
  const other = (await api.made("contacts", {})).id;
  expect(await api.made(path, { ...call, leadId: leadId.toUpperCase(), contactId: other }))
    .toEqual({ ...CALL, leadId, ...links, contactId: other });
  expect(await api.made("activities", { ...call, leadId })).toMatchObject(links);
  expect(await api.made(path, { type: "task", subject: "Send" }))
    .toEqual({ ...TASK, leadId, ...links });
  const others = { ...call, leadId: randomUUID() };
  expectRefused(await api.post(path, others), 400, "leadId: Must be the lead of the path.");
  const none = randomUUID();
  for (const type of ["call", "task"]) {
    for (const more of [{}, { contactId: randomUUID(), companyId: randomUUID() }]) {
      expectRefused(
        await api.post(`leads/${none}/activities`, { ...call, ...more, type }),
        404,
        `No lead with id ${none}.`,
      );
    }
    const body = { ...call, type, leadId: none };
    expectRefused(await api.post("activities", body), 400, "leadId: No lead with this id.");
  }
});

test("type task makes a task, which alone has a date, a priority and an owner", async () => {
  const { api, native, user } = await crmHttp();
  const ownerId = await user("Jo");
  const task = await api.made("activities", { type: "task", subject: "Send" });
  expect(task).toEqual(TASK);
  expect(Object.keys(task)).toEqual(Object.keys(TASK));
  const more = { dueDate: "2026-04-01", priority: "urgent", ownerId };
  const given = { type: "task", subject: "Whole", body: "text", ...more };
  const whole = await api.made("activities", given);
  expect(whole).toEqual({
    ...TASK,
    ...more,
    title: "Whole",
    description: "text",
    overdue: true,
  });
  expect((await native.get(`v1-public-tasks?id=${whole.id}`)).body.data)
    .toMatchObject({ title: "Whole", assigned_to: ownerId, due_date: "2026-04-01" });
  expect(await api.listed("activities")).toEqual([]);
  const only = "Only type task has it.";
  expectRefused(
    await api.post("activities", { ...given, type: "call" }),
    400,
    `dueDate: ${only} priority: ${only} ownerId: ${only}`,
  );
  const occurredAt = "2026-04-01T00:00:00Z";
  expectRefused(
    await api.post("activities", { ...given, occurredAt }),
    400,
    "occurredAt: A task has none.",
  );
  const long = { ...given, body: "x".repeat(20_001) };
  expect((await api.post("activities", long)).body.error).toMatch(/^body: .* 20000 characters/);
  await api.made("activities", { type: "note", subject: "N", body: long.body });
});

test("every wrong field of an activity is named", async () => {
  const { api } = await crmHttp();
  const { path } = await linkedLead(api);
  const wrong = {
    type: "Phone call",
    subject: "",
    body: 5,
    occurredAt: "yesterday",
    companyId: "x",
    contactId: 1,
    priority: "asap",
    dueDate: "soon",
    ownerId: "me",
    titel: "x",
  };
  for (const answer of [await api.post("activities", wrong), await api.post(path, wrong)]) {
    expect(answer.status).toBe(400);
    for (const field of Object.keys(wrong)) expect(answer.body.error).toContain(`${field}: `);
  }
  const { body } = await api.post("activities", { subject: "s".repeat(501) });
  expect(body.error).toMatch(/type: .*subject: Must have at most 500/);
});

test("activities count towards the day's, and tasks do not", async () => {
  const { api } = await crmHttp({ activities_per_day: 1 });
  await api.made("activities", { type: "call", subject: "S" });
  const refused = await api.post("activities", { type: "call", subject: "S" });
  expect([refused.status, Object.keys(refused.body)]).toEqual([429, ["error"]]);
  await api.made("activities", { type: "task", subject: "S" });
});

test("activities are listed newest first, by what they are on and their type", async () => {
  const { api } = await crmHttp();
  const { leadId, companyId, contactId } = await linkedLead(api);
  const rows = [
    { subject: "A", occurredAt: "2026-01-02T00:00:00Z", companyId },
    { subject: "B", occurredAt: "2026-01-03T00:00:00Z", type: "note", contactId },
    { subject: "C", occurredAt: "2026-01-01T00:00:00Z", leadId },
    { subject: "D", occurredAt: "2026-01-02T00:00:00Z" },
  ];
  for (const row of rows) await api.made("activities", { type: "call", ...row });
  const subjects = async (query: string) =>
    (await api.listed(`activities?${query}`)).map(({ subject }: Json) => subject).join("");
  const asked: Record<string, string> = {
    "": "BDAC",
    "type=note": "B",
    "type=fax": "",
    [`leadId=${leadId}`]: "C",
    [`companyId=${companyId}`]: "AC",
    [`contactId=${contactId}&type=call`]: "C",
    [`leadId=${randomUUID()}`]: "",
  };
  for (const [query, expected] of Object.entries(asked)) {
    expect(await subjects(query), query).toBe(expected);
    expect((await api.read(`activities?${query}`)).total, query).toBe(expected.length);
  }
  const { body } = await api.get("activities?leadId=x&companyId=x&contactId=x&kind=call");
  for (const one of ["leadId", "companyId", "contactId", "kind"]) {
    expect(body.error).toContain(`${one}: `);
  }
});
