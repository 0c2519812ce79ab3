import { describe, expect, test } from "vitest";
import * as z from "zod";
import * as column from "../../shared/crm/column.ts";
import {
  type CreatableResource,
  filterCheck,
  resource,
  type UpdatableResource,
} from "../../shared/crm/resource.ts";
import { changeRecord, createRecord } from "../../shared/crm/records.ts";
import * as answer from "../../shared/crm/values/record-schema.ts";

const columns = {
  id: column.id,
  name: column.required(column.title(3)),
  domain: column.text(3),
  status: column.status(),
  phone: column.text(5, { clears: false }),
  city: column.text(5, { only: "creation" }),
  state: column.text(5, { only: "change" }),
  updated_at: column.time,
};

const companies: CreatableResource & UpdatableResource = resource({
  record: "company",
  name: "companies",
  table: "crm.companies",
  columns,
  filters: ["status", "id"],
  sorts: {},
  constraints: { companies_domain_key: { field: "domain", message: "Taken." } },
  creation: (given) => createRecord(companies, given),
  change: (key, given) => changeRecord(companies, key, given),
});

/** The fields that a schema finds wrong with a value. */
function wrong(schema: z.ZodType, value: unknown): (string | undefined)[] {
  const issues = schema.safeParse(value).error?.issues ?? [];
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys : String(issue.path[0])
  );
}

describe("what creating takes", () => {
  test("is what is required and what else can be given", () => {
    expect(Object.keys(companies.create.shape))
      .toEqual(["name", "domain", "status", "phone", "city"]);
    expect(wrong(companies.create, { name: "a" })).toEqual([]);
    expect(wrong(companies.create, {})).toEqual(["name"]);
  });

  test("may be null where null clears", () => {
    expect(wrong(companies.create, { name: "a", domain: null, city: null })).toEqual([]);
    expect(wrong(companies.create, { name: null, status: null, phone: null }).sort())
      .toEqual(["name", "phone", "status"]);
  });

  test("is strict: neither read-only fields nor those of changes", () => {
    expect(wrong(companies.create, { name: "a", id: "x", state: "x", updated_at: "x" }).sort())
      .toEqual(["id", "state", "updated_at"]);
  });
});

describe("what a change takes", () => {
  test("requires nothing", () => {
    expect(Object.keys(companies.update.shape))
      .toEqual(["name", "domain", "status", "phone", "state"]);
    expect(wrong(companies.update, {})).toEqual([]);
    expect(wrong(companies.update, { name: null, city: "x" }).sort()).toEqual(["city", "name"]);
  });

  test("is checked as at creation", () => {
    for (const schema of [companies.create, companies.update]) {
      expect(wrong(schema, { name: "long", domain: "long" })).toEqual(["name", "domain"]);
    }
  });
});

test("a record shows every column in order, whatever can be given for it", () => {
  expect(Object.keys(companies.schema.shape)).toEqual(Object.keys(columns));
  expect(Object.keys(column.inputs({ id: column.id, updated_at: column.time }, "creation")))
    .toEqual([]);
});

test("a filter takes its column's own check, and there is none by another column", () => {
  expect(filterCheck(companies, "status").safeParse("longer than a status".repeat(9)).success)
    .toBe(true);
  expect(filterCheck(companies, "id").safeParse("no id").success).toBe(false);
  for (const name of ["domain", "constructor", "other"]) {
    expect(() => filterCheck(companies, name)).toThrow(`companies has no filter ${name}`);
  }
});

test("a link to no record is a mistake of its field, unless it cannot be given", () => {
  const activities = resource({
    record: "activity",
    name: "activities",
    table: "crm.activities",
    columns: {
      contact_id: column.link("contact"),
      deal_id: column.readOnly(answer.link),
      title: column.of(answer.text, () => z.string()),
    },
    sorts: {},
  });
  expect(activities.constraints).toEqual({
    activities_contact_id_fkey: { field: "contact_id", message: "No contact with this id." },
  });
  expect(companies.constraints)
    .toEqual({ companies_domain_key: { field: "domain", message: "Taken." } });
});
