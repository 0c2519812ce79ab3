import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { crmHttp, expectRefused, ID, linkedLead, TIME } from "../support/crm-http.ts";
import { asOwner } from "../support/workspace.ts";

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
