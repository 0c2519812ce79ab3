import * as z from "zod";
import { expect, test } from "vitest";
import type { Scope } from "../../shared/crm/scopes.ts";
import { bounded, Listed, plain, record, shortened } from "../../shared/dialects/mcp/bound.ts";
import { READS, tool } from "../../shared/dialects/mcp/tool.ts";
import { inputSchema, listOf, outputSchema } from "../../shared/dialects/mcp/tool-schemas.ts";
import { email, uuid } from "../../shared/crm/values/fields.ts";
import type { RouteScope } from "../../shared/http/operation.ts";

test("a tool without a scope does not start", () => {
  for (const none of [undefined, null, "contacts:read", { needed: "contacts:read" }]) {
    const declare = () =>
      tool({
        name: "find_nothing",
        title: "Find nothing",
        description: "Finds nothing.",
        scope: none as RouteScope<Scope>,
        annotations: READS,
        input: () => z.strictObject({}),
        output: () => z.object({}),
        run: () => Promise.resolve({}),
      });
    expect(declare).toThrow("the tool find_nothing declares no scope");
  }
});

test("the arguments' schema has no references, also of a schema that is used twice", () => {
  const schema = inputSchema(z.strictObject({
    one: uuid().describe("The one."),
    other: uuid().optional(),
    emails: z.array(email()),
  }));
  expect(JSON.stringify(schema)).not.toMatch(/\$ref|\$defs|"id"/);
  expect(schema).toMatchObject({
    type: "object",
    required: ["one", "emails"],
    additionalProperties: false,
    properties: {
      one: { type: "string", format: "uuid", description: "The one." },
      other: { type: "string", format: "uuid", description: "The id of a record." },
      emails: { type: "array", items: { format: "idn-email" } },
    },
  });
});

test("a long text is cut between characters, and the text says how much is left off", () => {
  const { text, none, short } = shortened({
    text: `x${"🙂".repeat(600)}`,
    none: null,
    short: "🙂".repeat(500),
  });
  expect(text).toBe(`x${"🙂".repeat(499)}… [202 characters left off]`);
  expect([none, short]).toEqual([null, "🙂".repeat(500)]);
});

test("amounts keep all digits in text; where a double does not, they are text in what is structured", () => {
  const text = bounded({ deal: record('{"value":12345678901234567.89,"probability":0.1}') });
  expect(text).toBe('{"deal":{"value":12345678901234567.89,"probability":0.1}}');
  expect(plain(text)).toEqual({ deal: { value: "12345678901234567.89", probability: 0.1 } });
});

test("the schema of results tells errors, amounts as text and what is left off within a record", () => {
  const deal = z.object({ id: uuid(), value: z.number().nullable(), data: z.object({}) });
  const schema = outputSchema(z.object({ deals: listOf(deal), note: z.string().optional() }));
  const { deals, error } = schema.properties as Record<string, { properties: object }>;
  expect(Object.keys(deals?.properties ?? {})).toEqual([
    "items",
    "total",
    "left_off",
    "next_cursor",
  ]);
  expect(Object.keys(error?.properties ?? {})).toContain("fields");
  expect(schema).toMatchObject({
    type: "object",
    anyOf: [{ required: ["deals"] }, { required: ["error"] }],
    properties: {
      deals: {
        properties: {
          items: {
            items: {
              properties: {
                value: { type: ["number", "null", "string"] },
                data: { anyOf: [{ type: "object" }, { type: "string" }] },
              },
            },
          },
        },
      },
    },
  });
});

/** What is known of a list of which none come before. */
const of = (total: number) => ({ total, before: 0, after: (kept: number) => `after ${kept}` });

test("what does not fit is left off at the end of the longest list, and counted", () => {
  const long = Array.from({ length: 20 }, (_, at) => ({ at, text: "é".repeat(1_000) }));
  const text = bounded({ long: new Listed(long, of(30)), short: new Listed([{ at: 0 }], of(1)) });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(32 * 1024);
  const { long: kept, short } = JSON.parse(text);
  const count = kept.items.length;
  expect(count).toBeGreaterThan(10);
  expect([kept.total, kept.left_off, kept.next_cursor]).toEqual([30, 30 - count, `after ${count}`]);
  expect(short).toEqual({ items: [{ at: 0 }], total: 1, left_off: 0, next_cursor: "after 1" });
});

test("the last record of a list is left off when every list has but one", () => {
  const one = () => new Listed([{ text: "é".repeat(9_000) }], of(1));
  const many = new Listed([{ at: 0 }, { at: 1 }], of(2));
  const { a, b, c } = JSON.parse(bounded({ a: one(), b: many, c: one() }));
  expect([a.items.length, b.items.length, c.items.length]).toEqual([0, 1, 1]);
  expect(a).toMatchObject({ total: 1, left_off: 1, next_cursor: "after 0" });
});
