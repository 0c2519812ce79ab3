import { expect, test } from "vitest";
import * as z from "zod";
import { lazy } from "../../shared/memory/lazy.ts";
import {
  type CreatableResource,
  resource,
  type UpdatableResource,
} from "../../shared/crm/resource.ts";
import {
  create,
  remove,
  retrieveOrList,
  update,
} from "../../shared/dialects/lumenbase/record-operations.ts";

/** A resource that notes which of its schemas are made. */
function noting(made: string[]): CreatableResource & UpdatableResource {
  return resource({
    record: "contact",
    name: "contacts",
    table: "crm.contacts",
    schema: z.object({ id: z.string() }),
    get create() {
      made.push("create");
      return z.strictObject({ status: z.string() });
    },
    get update() {
      made.push("update");
      return z.strictObject({ status: z.string().optional() });
    },
    get filters() {
      made.push("filters");
      return { status: z.string() };
    },
    sorts: {},
    constraints: {},
    creation: () => ({ statements: [], result: () => ({ outcome: "created", id: "", data: {} }) }),
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
  expect(declared.update).toBe(declared.update);
  expect(declared.filters).toBe(declared.filters);
  expect(made).toEqual(["update", "filters"]);
});

test("declaring a resource's operations makes none of them, describing them does", () => {
  const made: string[] = [];
  const declared = noting(made);
  const operations = [retrieveOrList, create, update, remove].map((make) => make(declared));
  expect(made).toEqual([]);
  const described = operations.map(({ contract }) => contract?.action);
  expect(described).toEqual(["list", "create", "update", "delete"]);
  expect(made).toEqual(["filters", "create", "update"]);
});
