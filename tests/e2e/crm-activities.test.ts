import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { type CrmClient, crmHttp, expectRefused, ID, TIME } from "../support/crm-http.ts";
import { asOwner } from "../support/workspace.ts";

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

async function linkedLead(api: CrmClient) {
  const companyId = (await api.made("companies", { name: "A" })).id;
  const contactId = (await api.made("contacts", {})).id;
  const { id: leadId } = await api.made("leads", { title: "D", companyId, contactId });
  return { leadId, companyId, contactId, path: `leads/${leadId}/activities` };
}

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

test("tasks are listed the first due first, by every filter", async () => {
  const { api, native, user } = await crmHttp();
  const { leadId, companyId, contactId } = await linkedLead(api);
  const jo = await user("Jo");
  const today = new Date().toISOString().slice(0, 10);
  const rows = [
    { subject: "A" },
    { subject: "B", dueDate: "2999-01-01", ownerId: jo, leadId },
    { subject: "C", dueDate: "2026-01-01", companyId },
    { subject: "D", dueDate: "2026-01-01", contactId },
    { subject: "E", dueDate: today },
    { subject: "F" },
  ];
  const made: Record<string, string> = {};
  for (const row of rows) {
    made[row.subject] = (await api.made("activities", { type: "task", ...row })).id;
  }
  const set = (name: string, status: string) =>
    native.patch(`v1-public-tasks?id=${made[name]}`, { status });
  await set("D", "Cancelled");
  await set("F", "waiting");
  const titles = async (query: string) =>
    (await api.listed(`tasks?${query}`)).map(({ title }: Json) => title).join("");
  const asked: Record<string, string> = {
    "": "CDEBAF",
    "overdue=true": "C",
    "status=open": "CEBA",
    "status=waiting": "F",
    "status=Cancelled": "D",
    [`leadId=${leadId}`]: "B",
    [`companyId=${companyId}`]: "CB",
    [`contactId=${contactId}`]: "DB",
    [`owner=${jo}`]: "B",
    "owner=unassigned": "CDEAF",
    [`owner=${randomUUID()}`]: "",
    [`companyId=${companyId}&overdue=true&owner=unassigned&status=open`]: "C",
  };
  for (const [query, expected] of Object.entries(asked)) {
    expect(await titles(query), query).toBe(expected);
    expect((await api.read(`tasks?${query}`)).total, query).toBe(expected.length);
  }
  for (const { title, overdue } of await api.listed("tasks")) expect(overdue).toBe(title === "C");
  for (const word of ["completed", "DONE", "canceled"]) {
    await set("C", word);
    expect(await api.read("dashboard")).toMatchObject({ tasks: { overdue: 0 } });
    expect(await titles("overdue=true"), word).toBe("");
  }
  const wrong = "leadId=x&companyId=x&contactId=x&owner=x&overdue=false&titel=x";
  const { body } = await api.get(`tasks?${wrong}`);
  for (const one of wrong.split("&")) expect(body.error).toContain(`${one.split("=")[0]}: `);
});

test("a timeline tells all that happened to a lead, newest first", async () => {
  const { api, native } = await crmHttp();
  const { leadId, path } = await linkedLead(api);
  await native.patch(`v1-public-deals?id=${leadId}`, { stage: "Qualified" });
  const note = await api.made(path, {
    type: "note",
    subject: "N",
    body: "text",
    occurredAt: "2026-01-02T00:00:00Z",
  });
  const call = await api.made(path, {
    type: "call",
    subject: "C",
    occurredAt: "2999-01-01T00:00:00Z",
  });
  const task = await api.made(path, { type: "task", subject: "T", body: "do", dueDate: null });
  const { body: { data: entity } } = await native.post("v1-public-activities", {
    type: "meeting",
    title: "M",
    entity_id: leadId,
    timestamp: "2026-01-01T00:00:00Z",
  });
  await api.changed(`leads/${leadId}/stage`, { stage: "won" });
  await api.made("activities", { type: "call", subject: "elsewhere" });
  const stages = Object.fromEntries(
    (await api.listed("pipeline-stages", "stages")).map((one: Json) => [one.name, one.id]),
  );
  const moved = (from: string | null, to: string) => ({
    id: ID,
    type: "stage_change",
    at: TIME,
    title: null,
    body: null,
    actorId: null,
    data: {
      fromStageId: from && stages[from],
      fromStage: from,
      toStageId: stages[to],
      toStage: to,
    },
  });
  const activity = ({ id, occurredAt, subject, body, type }: Json) => ({
    id,
    type: type === "note" ? "note" : "activity",
    at: occurredAt,
    title: subject,
    body,
    actorId: null,
    data: { activityType: type },
  });
  const all = await api.read(`leads/${leadId}/timeline`);
  expect(all).toEqual({
    items: [
      activity(call),
      moved("Qualified", "Won"),
      {
        id: task.id,
        type: "task",
        at: task.createdAt,
        title: "T",
        body: "do",
        actorId: null,
        data: { status: "open", priority: "medium", dueDate: null },
      },
      moved("Lead", "Qualified"),
      moved(null, "Lead"),
      activity(note),
      {
        ...activity({ ...entity, occurredAt: "2026-01-01T00:00:00.000000Z", subject: "M" }),
        body: null,
      },
    ],
    page: 1,
    pageSize: 25,
    total: 7,
    totalPages: 1,
  });
  expect(Object.keys(all.items[0])).toEqual(Object.keys(activity(call)));
  const none = randomUUID();
  expectRefused(await api.get(`leads/${none}/timeline`), 404, `No lead with id ${none}.`);
  const { body } = await api.get(`leads/${leadId}/timeline?limit=5&page=0`);
  expect(body.error).toMatch(/limit: Unknown/);
  expect(body.error).toMatch(/page: Must be a whole number/);
});

test("a page of a timeline follows the one before, also among the same times", async () => {
  const { api, id: workspace } = await crmHttp();
  const { leadId } = await linkedLead(api);
  await asOwner(
    `insert into crm.activities (workspace_id, type, title, timestamp, deal_id)
      select $1, 'call', n::text, '2026-01-01', $2 from generate_series(1, 30) n`,
    [workspace, leadId],
  );
  await asOwner(
    `insert into crm.tasks (workspace_id, title, created_at, deal_id)
      select $1, n::text, '2026-01-01', $2 from generate_series(1, 30) n`,
    [workspace, leadId],
  );
  const pages: Json[] = [];
  for (let page = 1; page <= 10; page++) {
    const { items, ...rest } = await api.read(`leads/${leadId}/timeline?page=${page}&pageSize=7`);
    expect(rest).toEqual({ page, pageSize: 7, total: 61, totalPages: 9 });
    expect(items).toHaveLength(page < 9 ? 7 : page === 9 ? 5 : 0);
    pages.push(...items);
  }
  expect(new Set(pages.map(({ id }) => id)).size).toBe(61);
  const keys = pages.map(({ at, id }) => `${at} ${id}`);
  expect(keys).toEqual(keys.toSorted().toReversed());
  await asOwner("delete from crm.activities where workspace_id = $1", [workspace]);
  expect((await api.read(`leads/${leadId}/timeline`)).total).toBe(31);
});
