import { describe, expect, test } from "vitest";
import { targetSchemas } from "../../shared/connectors/target-fields.ts";
import {
  draftOf,
  KEPT,
  placeOf,
  queryOf,
  typesIn,
} from "../../shared/console/pages/dashboards/saved/draft.ts";
import type { BuiltIn, Widget } from "../../shared/console/pages/dashboards/saved/saved.ts";
import { SOURCES as OFFERED } from "../../shared/console/pages/dashboards/saved/sources.ts";
import { FIELDS, FIRST_MAP, inOrder } from "../../shared/console/pages/sources/field-names.ts";
import { snippetOf } from "../../shared/console/pages/sources/forms/snippet.ts";
import { type Source, SOURCES } from "../../shared/crm/queries/sources.ts";

describe.each(["contact", "activity"] as const)("what becomes a %s", (target) => {
  test("can have every field that its connector fills, and no other", () => {
    expect(FIELDS[target].toSorted()).toEqual(Object.keys(targetSchemas[target].shape).toSorted());
    expect(FIELDS[target]).toEqual(expect.arrayContaining(Object.keys(FIRST_MAP[target])));
  });
});

test("fields stand in the order in which people look for them, unknown ones last", () => {
  const given = { colour: 1, message: 2, first_name: 3, email: 4 };
  expect(inOrder(given).map(([field]) => field))
    .toEqual(["email", "first_name", "message", "colour"]);
});

test("the HTML of a form escapes what people called its fields", () => {
  const field = { key: "topic", required: true, maps_to: "notes" };
  const label = '<script>alert("1")</script> & more';
  const html = snippetOf(
    {
      honeypot_field: "website_2",
      fields: [
        { ...field, label, type: "text", options: null },
        { ...field, label: "Topic", type: "radio", options: ['"><script>', "B"] },
      ],
    },
    "https://example.com/submissions?token=a&b=c",
  );
  expect(html).not.toContain("<script>");
  expect(html).toContain('action="https://example.com/submissions?token=a&amp;b=c"');
  expect(html).toContain("&lt;script>alert(&quot;1&quot;)&lt;/script> &amp; more");
  expect(html).toContain('value="&quot;>&lt;script>"');
});

test("the sources that dashboards are made of are those of the API", () => {
  const offered = OFFERED.map(({ name, measures, fields }) => ({ name, measures, fields }));
  expect(offered).toEqual(
    Object.entries<Source>(SOURCES).map(([name, { measured, fields }]) => ({
      name,
      measures: Object.keys(measured),
      fields: Object.fromEntries(Object.entries(fields).map(([field, { type }]) => [field, type])),
    })),
  );
});

const BY_STATUS: BuiltIn = {
  query_id: "leads_by_status",
  name: "Leads by status",
  description: "",
  parameters: [{ name: "start_date", type: "date", default: null, options: null }],
  widget_types: ["bar", "pie", "table"],
};
const filters = [{ field: "status", op: "eq", value: "open" }];
const sum = { source: "deals", measure: { fn: "sum", field: "value" } };
const few = { source: "leads", measure: { fn: "count" }, dimension: { field: "city" }, limit: 5 };

test.each<[Widget["type"], Widget["query"], boolean]>([
  ["pie", { query_id: "leads_by_status" }, true],
  ["bar", { query_id: "leads_by_status", parameters: { start_date: "2026-01-01" } }, true],
  ["number", { ...sum, filters }, true],
  ["line", { ...sum, dimension: { interval: "week", field: "closed_at" } }, true],
  ["bar", few, false],
  ["bar", { query_id: "leads_by_status", parameters: { other: "x" } }, false],
  ["number", { ...sum, filters: [{ field: "status", op: "in", value: ["open", "won"] }] }, false],
])("a %s of %j stays as it is in the form, which shows it: %s", (type, query, isShown) => {
  const widget: Widget = { id: "w", title: "It", type, query };
  const draft = draftOf(widget, [BY_STATUS]);
  const builtIn = [BY_STATUS].find(({ query_id }) => query_id === draft.query_id);
  expect(draft.query_id === KEPT).toBe(!isShown);
  expect({ parameters: {}, ...queryOf(draft, builtIn) }).toEqual({ parameters: {}, ...query });
  expect(typesIn(draft, builtIn, widget)).toContain(type);
});

test("a figure that somebody else changed or removed meanwhile is not written over", () => {
  const [began, other]: Widget[] = ["a", "b"].map((id) => ({
    id,
    title: id,
    type: "bar",
    query: {},
  }));
  if (began === undefined || other === undefined) throw new Error("there are two");
  const given = { ...began, title: "New" };
  expect(placeOf(given, began, [other, began])).toBe(1);
  expect(placeOf(given, began, [given])).toBe(0);
  expect(placeOf(given, undefined, [other])).toBe(1);
  expect(() => placeOf(given, began, [{ ...began, title: "Theirs" }])).toThrow("Somebody changed");
  expect(() => placeOf(given, began, [other])).toThrow("Somebody changed");
});
