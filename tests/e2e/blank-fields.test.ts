import { expect, test } from "vitest";
import { testWorkspace } from "../support/workspace.ts";

const INVOICE = { status: "draft", currency: "USD", issue_date: expect.any(String), total: 0 };
const TASK = { status: "open", priority: "medium", due_date: null, description: null };

test.each([
  ["invoices", { notes: "x" }, "status", INVOICE],
  ["invoices", { notes: "x" }, "currency", INVOICE],
  ["invoices", { notes: "x" }, "issue_date", INVOICE],
  ["invoices", { notes: "x" }, "due_date", INVOICE],
  ["invoices", { notes: "x" }, "invoice_number", INVOICE],
  ["invoices", { notes: "x" }, "total", INVOICE],
  ["tasks", { title: "x" }, "priority", TASK],
  ["tasks", { title: "x" }, "due_date", TASK],
  ["tasks", { title: "x" }, "description", TASK],
])("in %s with %j, a blank %s says nothing", async (resource, fields, field, made) => {
  const { api } = await testWorkspace();
  const path = `v1-public-${resource}`;
  const { status, body } = await api.post(path, { ...fields, [field]: "" });
  expect(status).toBe(201);
  expect(body.data).toMatchObject({ ...fields, ...made });
  const { data } =
    (await api.patch(`${path}?id=${body.data.id}`, { ...fields, [field]: " " })).body;
  expect(data).toEqual({ ...body.data, updated_at: data.updated_at });
});
