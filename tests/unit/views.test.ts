import { describe, expect, test } from "vitest";
import { LosslessNumber } from "lossless-json";
import * as z from "zod";
import { sql } from "../../shared/db/sql.ts";
import { activities } from "../../shared/crm/activities.ts";
import { contacts } from "../../shared/crm/contacts.ts";
import { deals } from "../../shared/crm/deals.ts";
import { tasks } from "../../shared/crm/tasks.ts";
import { users } from "../../shared/crm/users.ts";
import { coded, column, json, linked, lookup, number } from "../../shared/crm/views/codecs.ts";
import { given, inputsOf, nativeView, view } from "../../shared/crm/views/view.ts";

const task = view(tasks, {
  id: number(),
  subject: column("title"),
  urgency: coded({ low: "P3", urgent: "P1" }, "priority"),
  ownerId: linked(users, "assigned_to"),
  dueDate: column("due_date"),
  createdAt: column("created_at"),
  owner: lookup(
    () => z.string().nullable(),
    (of) => sql`select name from crm.users where id = ${of("assigned_to")}`,
  ),
});

test("a record has the fields of its view in order, each as its codec says", () => {
  expect(Object.keys(task.schema.shape))
    .toEqual(["id", "subject", "urgency", "ownerId", "dueDate", "createdAt", "owner"]);
  const record = {
    id: 7,
    subject: "Call",
    urgency: "P1",
    ownerId: null,
    dueDate: null,
    createdAt: "2026-01-15T10:30:00.000000Z",
    owner: null,
  };
  expect(task.schema.parse(record)).toEqual(record);
  for (const wrong of [{ id: "7" }, { urgency: "urgent" }, { ownerId: "5" }, { owner: 1 }]) {
    expect(task.schema.safeParse({ ...record, ...wrong }).success).toBe(false);
  }
});

test("times have six digits of a second, also where there may be none", () => {
  const { fields } = view(users, {
    signedIn: column("last_sign_in_at"),
    created_at: column(),
    name: column(),
  });
  const isTime = Object.values(fields).map(({ value }) => value.text.includes("SS.US"));
  expect(isTime).toEqual([true, true, false]);
});

test("lists sort by what shows a sorted column, under its name", () => {
  expect(task.sorts).toEqual({
    subject: tasks.sorts.title,
    dueDate: tasks.sorts.due_date,
    createdAt: tasks.sorts.created_at,
  });
  expect(nativeView(tasks).sorts).toEqual(tasks.sorts);
});

describe("what can be given", () => {
  const inputs = inputsOf(task);
  const accepts = (field: string, value: unknown) =>
    inputs[field]!.check().safeParse(value).success;

  test("is what the resource takes, checked as there or as the codec says", () => {
    expect(Object.keys(inputs)).toEqual(["subject", "urgency", "ownerId", "dueDate"]);
    expect([accepts("subject", "Call"), accepts("subject", " ")]).toEqual([true, false]);
    expect([accepts("urgency", "P1"), accepts("urgency", "urgent")]).toEqual([true, false]);
    expect([1, 1.5, "1", 2 ** 60].map((value) => accepts("ownerId", value)))
      .toEqual([true, false, false, false]);
  });

  test("is required and cleared as the resource says", () => {
    const rules = Object.entries(inputs).map((
      [name, { isRequired, clears }],
    ) => [name, isRequired, clears]);
    expect(rules).toEqual([
      ["subject", true, false],
      ["urgency", false, false],
      ["ownerId", false, true],
      ["dueDate", false, true],
    ]);
  });

  test("becomes columns, and links that are yet to be looked up", () => {
    const values = { subject: "Call", urgency: "P1", ownerId: 5, dueDate: null, id: 9, other: 1 };
    expect(given(task, values)).toEqual({
      columns: { title: "Call", priority: "urgent", due_date: null },
      links: [
        { field: "ownerId", column: "assigned_to", record: "user", table: "users", number: 5 },
      ],
    });
    expect(given(task, { ownerId: null })).toEqual({ columns: { assigned_to: null }, links: [] });
    expect(given(task, {})).toEqual({ columns: {}, links: [] });
  });

  test("keeps the digits of numbers in JSON", () => {
    const activity = view(activities, { payload: json("data") });
    const digits = new LosslessNumber("1.000000000000000000001");
    expect(given(activity, { payload: { digits } }).columns)
      .toEqual({ data: `{"digits":1.000000000000000000001}` });
  });

  test("is nothing of what is read-only", () => {
    expect(inputsOf(view(tasks, { created_at: column(), kept: json("updated_at") }))).toEqual({});
  });
});

test("a view is of columns that its resource has", () => {
  expect(() => view(contacts, { amount: column() })).toThrow("contacts has no column amount");
  expect(() => view(deals, { name: linked(users) })).toThrow("deals has no column name");
  const bound = lookup(() => z.string(), () => sql`select ${"value"}`);
  expect(() => view(deals, { bound })).toThrow("the query of a view binds values");
});
