import { expect, test } from "vitest";
import * as z from "zod";
import * as column from "../../shared/crm/column.ts";
import { lazy } from "../../shared/memory/lazy.ts";
import {
  type CreatableResource,
  resource,
  type UpdatableResource,
} from "../../shared/crm/resource.ts";
import { create, remove, update } from "../../shared/dialects/lumenbase/record-operations.ts";
import { retrieveOrList } from "../../shared/dialects/lumenbase/record-reads.ts";

/** A resource that notes which checks of its columns are made. */
function noting(made: string[]): CreatableResource & UpdatableResource {
  const noted = (name: string) => () => {
    made.push(name);
    return z.string();
  };
  const plan = () => ({
    statements: [],
    result: () => ({ outcome: "created" as const, id: "", data: {} }),
  });
  return resource({
    record: "contact",
    name: "contacts",
    table: "crm.contacts",
    columns: {
      id: column.id,
      status: column.of(z.string(), noted("status"), { filter: noted("filter") }),
      source: column.required(column.of(z.string(), noted("source"))),
    },
    filters: ["status"],
    sorts: {},
    creation: plan,
    change: plan,
  });
}

test("what is made once is made when it is first asked for", () => {
  let times = 0;
  const made = lazy(() => {
    times++;
    return undefined;
  });
  expect(times).toBe(0);
  expect([made(), made(), times]).toEqual([undefined, undefined, 1]);
});

test("a resource makes its schemas when they are first asked for, each once", () => {
  const made: string[] = [];
  const declared = noting(made);
  expect(made).toEqual([]);
  expect(declared.schema).toBe(declared.schema);
  expect(declared.update).toBe(declared.update);
  expect(made).toEqual(["status", "source"]);
  expect(declared.create).toBe(declared.create);
  expect(made).toEqual(["status", "source"]);
});

test("declaring a resource's operations makes none of them, describing them does", () => {
  const made: string[] = [];
  const declared = noting(made);
  const operations = [retrieveOrList, create, update, remove].map((make) => make(declared));
  expect(made).toEqual([]);
  const described = operations.map(({ contract }) => contract?.action);
  expect(described).toEqual(["list", "create", "update", "delete"]);
  expect(made).toEqual(["filter", "status", "source"]);
});
