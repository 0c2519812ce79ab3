import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { besides } from "../support/as-role.ts";
import { expectError } from "../support/expect-error.ts";
import { idOf } from "../support/links.ts";
import { expectMistakes } from "../support/records.ts";
import { testWorkspace } from "../support/workspace.ts";

const PATH = "v1-public-invoices";
const BATCH = "v1-public-invoices-batch";
const YEAR = new Date().getUTCFullYear();

const numbers = (answers: Json[]) => answers.map(({ body }) => body.data.invoice_number);

test("an invoice without anything is a numbered draft of today over nothing", async () => {
  const { api } = await testWorkspace();
  const { status, body } = await api.post(PATH, {});
  expect(status).toBe(201);
  expect(body.data).toMatchObject({
    invoice_number: `INV-${YEAR}-001`,
    status: "draft",
    issue_date: body.data.created_at.slice(0, 10),
    due_date: null,
    subtotal: 0,
    tax_amount: 0,
    total: 0,
    currency: "USD",
    line_items: [],
  });
});

describe("numbers that are made up", () => {
  test("count up within the year of the issue date", async () => {
    const { api } = await testWorkspace();
    const dates = ["2026-01-01", "2025-12-31", "2026-12-31", "2025-01-01", "2026-06-01"];
    const answers = [];
    for (const issue_date of dates) answers.push(await api.post(PATH, { issue_date }));
    expect(numbers(answers)).toEqual([
      "INV-2026-001",
      "INV-2025-001",
      "INV-2026-002",
      "INV-2025-002",
      "INV-2026-003",
    ]);
  });

  test("skip those that are taken", async () => {
    const { api } = await testWorkspace();
    for (const taken of ["001", "002", "004"]) {
      await api.post(PATH, { invoice_number: `INV-${YEAR}-${taken}` });
    }
    const answers = [await api.post(PATH, {}), await api.post(PATH, {})];
    expect(numbers(answers)).toEqual([`INV-${YEAR}-003`, `INV-${YEAR}-005`]);
  });

  test("go on after 999 with four digits", async () => {
    const { api } = await testWorkspace();
    for (let from = 0; from < 1000; from += 100) {
      expect((await api.post(BATCH, { items: Array(100).fill({ data: {} }) })).status).toBe(201);
    }
    expect(numbers([await api.post(PATH, {})])).toEqual([`INV-${YEAR}-1001`]);
    const { body } = await api.get(`${PATH}?search=-1000`);
    expect(body.data.items).toHaveLength(1);
  });

  test("are unique and without a gap under 30 parallel creates", async () => {
    const { api } = await testWorkspace();
    const answers = await Promise.all(Array.from({ length: 30 }, () => api.post(PATH, {})));
    expect(answers.map(({ status }) => status)).toEqual(Array(30).fill(201));
    const expected = Array.from(
      { length: 30 },
      (_, i) => `INV-${YEAR}-${String(i + 1).padStart(3, "0")}`,
    );
    expect(numbers(answers).toSorted()).toEqual(expected);
  });

  test("never meet one that is given at the same moment, alone or in a batch", async () => {
    const { api } = await testWorkspace();
    const given = (i: number) => ({ invoice_number: `INV-${YEAR}-${String(i).padStart(3, "0")}` });
    const batch = api.post(BATCH, {
      items: Array.from({ length: 100 }, (_, i) => ({ data: given(i + 1) })),
    });
    const creates = Array.from({ length: 40 }, (_, i) => api.post(PATH, i % 4 ? {} : given(i + 1)));
    const answers = await Promise.all(creates);
    // One that is given may have been made up just before; a made-up one is never refused.
    const madeUp = answers.filter((_, i) => i % 4);
    expect(madeUp.map(({ status }) => status)).toEqual(Array(30).fill(201));
    expect((await batch).status).toBeLessThan(300);
    const made = answers.filter(({ status }) => status === 201);
    expect(new Set(numbers(made)).size).toBe(made.length);
  });

  test("pass over one that another request is just storing", async () => {
    const { api, id } = await testWorkspace();
    const made = await besides(
      id,
      ["insert into crm.invoices (invoice_number) values ($1)", `INV-${YEAR}-001`],
      () => api.post(PATH, {}),
    );
    expect(numbers([made])).toEqual([`INV-${YEAR}-002`]);
  });

  test("belong to their workspace, and a refused create uses none up", async () => {
    const [mine, theirs] = [await testWorkspace(), await testWorkspace()];
    await theirs.api.post(PATH, {});
    const link = { company_id: "01890a5d-ac96-774b-bcce-b302099a8057" };
    expect((await mine.api.post(PATH, link)).status).toBe(400);
    expect(numbers([await mine.api.post(PATH, {})])).toEqual([`INV-${YEAR}-001`]);
  });
});

test("a number that another invoice has is a conflict, on POST and PATCH", async () => {
  const { api } = await testWorkspace();
  const id = idOf(await api.post(PATH, { invoice_number: "A-1" }));
  await api.post(PATH, { invoice_number: "A-2" });
  const refused = [
    await api.post(PATH, { invoice_number: " A-1 " }),
    await api.patch(`${PATH}?id=${id}`, { invoice_number: "A-2" }),
  ];
  for (const response of refused) {
    expectError(response, 409, "CONFLICT");
    expect(response.body.error.details.fields).toEqual([
      { field: "invoice_number", message: "Another invoice has this number." },
    ]);
  }
  expect((await api.patch(`${PATH}?id=${id}`, { invoice_number: "A-1" })).status).toBe(200);
  const { api: other } = await testWorkspace();
  expect((await other.post(PATH, { invoice_number: "A-1" })).status).toBe(201);
});

test.each(["draft", "sent", "paid", "overdue", "cancelled"])(
  "takes the status %s",
  async (status) => {
    const { api } = await testWorkspace();
    const { body } = await api.post(PATH, { status });
    expect(body.data.status).toBe(status);
    expect((await api.get(`${PATH}?status=${status}`)).body.data.pagination.total).toBe(1);
    const patched = await api.patch(`${PATH}?id=${body.data.id}`, { status: "draft" });
    expect(patched.body.data.status).toBe("draft");
  },
);

test.each([
  ["status", ["Draft", "open"]],
  ["currency", ["XYZ", "dollar"]],
  ["issue_date", ["2026-02-30", "2026-2-1", "0000-12-31"]],
  ["due_date", ["2026-02-30", "2026-04-31"]],
  ["invoice_number", ["x".repeat(65)]],
  ["notes", ["x".repeat(20_001)]],
  ["subtotal", ["1", 1e20, 0.00000000001]],
])("refuses a wrong %s on POST and PATCH", async (field, values) => {
  const { api } = await testWorkspace();
  const url = `${PATH}?id=${idOf(await api.post(PATH, {}))}`;
  for (const value of values) {
    expectMistakes(await api.post(PATH, { [field]: value }), [field]);
    expectMistakes(await api.patch(url, { [field]: value }), [field]);
  }
});

test("a wrong status is answered with the five", async () => {
  const { api } = await testWorkspace();
  for (
    const response of [await api.post(PATH, { status: "x" }), await api.get(`${PATH}?status=x`)]
  ) {
    const [message] = expectMistakes(response, ["status"]);
    expect(message).toContain("draft, sent, paid, overdue, cancelled");
  }
});

test("the spec's PATCH example sends an invoice", async () => {
  const { api } = await testWorkspace();
  const { body } = await api.post(PATH, { total: 5500 });
  const url = `${PATH}?id=${body.data.id}`;
  const patched = await api.patch(url, { status: "sent", due_date: "2026-04-01" });
  expect(patched.body.data).toEqual({
    ...body.data,
    status: "sent",
    due_date: "2026-04-01",
    updated_at: patched.body.data.updated_at,
  });
});
