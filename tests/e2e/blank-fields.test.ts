import { expect, test } from "vitest";
import { testWorkspace } from "../support/workspace.ts";

const PATH = "v1-public-invoices";

test.each(["status", "currency", "issue_date", "due_date", "invoice_number", "total"])(
  "a blank %s says nothing",
  async (field) => {
    const { api } = await testWorkspace();
    const { status, body } = await api.post(PATH, { notes: "x", [field]: "" });
    expect(status).toBe(201);
    expect(body.data).toMatchObject({ status: "draft", currency: "USD", due_date: null, total: 0 });
    const { data } = (await api.patch(`${PATH}?id=${body.data.id}`, { notes: "y", [field]: " " }))
      .body;
    expect(data).toEqual({ ...body.data, notes: "y", updated_at: data.updated_at });
  },
);
