import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { crmHttp, linkedLead } from "../support/crm-http.ts";

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
