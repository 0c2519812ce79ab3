import { describe, expect, test } from "vitest";
import { targetSchemas } from "../../shared/connectors/target-fields.ts";
import { FIELDS, FIRST_MAP, inOrder } from "../../shared/console/pages/sources/field-names.ts";
import { snippetOf } from "../../shared/console/pages/sources/forms/snippet.ts";

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
