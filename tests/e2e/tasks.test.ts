import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { idOf } from "../support/links.ts";
import { expectMistakes } from "../support/records.ts";
import { testWorkspace } from "../support/workspace.ts";

const PATH = "v1-public-tasks";
const PRIORITIES = ["low", "medium", "high", "urgent"];

test("priorities sort from low to urgent, not by alphabet", async () => {
  const { api } = await testWorkspace();
  for (const priority of ["high", "urgent", "low", "medium", "urgent", "low"]) {
    await api.post(PATH, { title: "T", priority });
  }
  const order = async (sort_order: string) => {
    const { body } = await api.get(`${PATH}?sort_by=priority&sort_order=${sort_order}`);
    return body.data.items.map(({ priority }: Json) => priority);
  };
  const ascending = ["low", "low", "medium", "high", "urgent", "urgent"];
  expect(await order("asc")).toEqual(ascending);
  expect(await order("desc")).toEqual(ascending.toReversed());
});

test("a task has priority medium and status open unless it says otherwise", async () => {
  const { api } = await testWorkspace();
  const { body } = await api.post(PATH, { title: "T" });
  expect(body.data).toMatchObject({
    priority: "medium",
    status: "open",
    description: null,
    due_date: null,
    assigned_to: null,
    contact_id: null,
    company_id: null,
    deal_id: null,
  });
});

test.each(["High", "critical", " low", "lowest"])(
  "refuses the priority %j and lists the four, in a body and as a filter",
  async (priority) => {
    const { api } = await testWorkspace();
    const url = `${PATH}?id=${idOf(await api.post(PATH, { title: "T" }))}`;
    const refused = [
      await api.post(PATH, { title: "T", priority }),
      await api.patch(url, { priority }),
      await api.get(`${PATH}?priority=${encodeURIComponent(priority)}`),
    ];
    for (const response of refused) {
      const [message] = expectMistakes(response, ["priority"]);
      for (const known of PRIORITIES) expect(message).toContain(known);
    }
  },
);

test("the spec's PATCH example completes a task", async () => {
  const { api } = await testWorkspace();
  const { body } = await api.post(PATH, { title: "T", due_date: "2026-03-01", priority: "high" });
  const url = `${PATH}?id=${body.data.id}`;
  const patched = await api.patch(url, { status: "completed", description: "Proposal sent" });
  expect(patched.body.data).toEqual({
    ...body.data,
    status: "completed",
    description: "Proposal sent",
    updated_at: patched.body.data.updated_at,
  });
});

test.each(["2028-02-29", "0001-01-01", "9999-12-31"])("takes the due_date %s", async (due_date) => {
  const { api } = await testWorkspace();
  const { status, body } = await api.post(PATH, { title: "T", due_date });
  expect([status, body.data.due_date]).toEqual([201, due_date]);
});

test.each([
  "2026-02-30",
  "2026-02-29",
  "2026-13-01",
  "2026-1-1",
  "2026-03-01T00:00:00Z",
  "01.03.2026",
  "tomorrow",
  "0000-01-01",
  "10000-01-01",
  "infinity",
])("refuses the due_date %j", async (due_date) => {
  const { api } = await testWorkspace();
  expectMistakes(await api.post(PATH, { title: "T", due_date }), ["due_date"]);
});

test.each([
  ["title", ["", "   ", "x".repeat(501)]],
  ["status", ["x".repeat(65)]],
  ["description", ["x".repeat(20_001)]],
])("refuses a wrong %s", async (field, values) => {
  const { api } = await testWorkspace();
  for (const value of values) {
    expectMistakes(await api.post(PATH, { title: "T", [field]: value }), [field]);
  }
});
