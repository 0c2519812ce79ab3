import { expect, test } from "vitest";
import { contacts } from "../../shared/crm/contacts.ts";
import { selectRecord } from "../../shared/crm/records.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { NOBODY } from "../support/records.ts";
import { testWorkspace } from "../support/workspace.ts";

const SETTINGS = ["enable_sort", "enable_seqscan", "enable_incremental_sort", "plan_cache_mode"];
const asked = {
  text: `select ${SETTINGS.map((name) => `current_setting('${name}') as ${name}`).join()}`,
  values: [],
};
const PLANNER = Object.fromEntries(
  SETTINGS.map((name) => [name, name.includes("_mode") ? "auto" : "on"]),
);
const LIST = { enable_sort: "off", enable_seqscan: "off", enable_incremental_sort: "off" };
const ONCE = { plan_cache_mode: "force_generic_plan" };

test.each([
  ["a read", [asked], PLANNER],
  ["a prepared read", [{ ...asked, prepared: true as const }], { ...PLANNER, ...ONCE }],
  ["a list", [{ ...asked, byIndex: true as const }], { ...PLANNER, ...LIST }],
  ["a list among other reads", [asked, { ...asked, byIndex: true as const }], {
    ...PLANNER,
    ...LIST,
  }],
])("%s is planned with its own settings", async (_, statements, expected) => {
  const database = apiDatabase({ size: 1 });
  const { id } = await testWorkspace();
  const rows = await database.read(claimsOf(id), statements);
  expect(rows.at(-1)).toEqual([expected]);
  // The next read of the connection is planned by its own.
  expect(await database.read(claimsOf(id), [asked])).toEqual([[PLANNER]]);
});

test("a record by its id is no list", () => {
  expect(selectRecord(contacts, NOBODY).byIndex).toBeUndefined();
});
