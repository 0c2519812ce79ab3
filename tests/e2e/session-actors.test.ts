import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { person, signedIn, user } from "../support/people.ts";
import { asOwner } from "../support/workspace.ts";

test("what a session does is told as its user's: events, stage changes and activities", async () => {
  const jane = await person();
  const api = await signedIn(jane);
  const lead = (await api.post("leads", { title: "Licence" })).body;
  await api.patch(`leads/${lead.id}/stage`, { stage: "Qualified" });
  await api.post(`leads/${lead.id}/activities`, { type: "call", subject: "Intro call" });
  const key = await jane.workspace.apiWith({ api: "crm" });
  await key.patch(`crm/api/crm/leads/${lead.id}/stage`, { stage: "Proposal" });
  await key.post(`crm/api/crm/leads/${lead.id}/activities`, { type: "call", subject: "By key" });
  const { items } = (await api.get(`leads/${lead.id}/timeline`)).body;
  const told = items.map(({ type, title, actorId, data }: Json) => [
    type,
    title ?? data.toStage,
    actorId,
  ]);
  expect(told.toSorted()).toEqual([
    ["activity", "By key", null],
    ["activity", "Intro call", jane.userId],
    ["stage_change", "Lead", jane.userId],
    ["stage_change", "Proposal", null],
    ["stage_change", "Qualified", jane.userId],
  ]);
  const events = await asOwner<{ actor: Json; sub: string }>(
    "select distinct actor from crm.events where workspace_id = $1 and actor ->> 'kind' = 'user'",
    [jane.workspace.id],
  );
  expect(events).toEqual([{ actor: { kind: "user", id: jane.userId } }]);
});

test("me is the session's user, in filters and nobody with a key", async () => {
  const jane = await person();
  const other = await user({ workspace: jane.workspace });
  const api = await signedIn(jane);
  for (const [name, ownerId] of [["Mine", jane.userId], ["Theirs", other.userId]] as const) {
    expect((await api.post("companies", { name, ownerId })).status).toBe(201);
    expect((await api.post("leads", { title: name, ownerId })).status).toBe(201);
    const task = { type: "task", subject: name, ownerId };
    expect((await api.post("activities", task)).status).toBe(201);
  }
  const names = async (path: string) =>
    Object.values((await api.get(`${path}?owner=me`)).body as Json).flatMap((value) =>
      Array.isArray(value) ? value.map(({ name, title }) => name ?? title) : []
    );
  for (const path of ["companies", "leads", "tasks"]) expect(await names(path)).toEqual(["Mine"]);
  const key = await jane.workspace.apiWith({ api: "crm" });
  const { status, body } = await key.get("crm/api/crm/companies?owner=me");
  expect([status, body.error]).toEqual([400, expect.stringMatching(/^owner: /)]);
});

test("the requests of a session count for its user", async () => {
  const jane = await person();
  const [one, other] = [await signedIn(jane), await signedIn(jane)];
  const left = async (api: typeof one) => {
    const { headers } = await api.get("leads?pageSize=1");
    expect(headers.get("x-ratelimit-limit")).toBe("600");
    return [
      Number(headers.get("x-ratelimit-reset")),
      Number(headers.get("x-ratelimit-remaining")),
    ] as const;
  };
  const [[window, first], [later, second]] = [await left(one), await left(other)];
  expect(second).toBe(window === later ? first - 1 : 599);
});
