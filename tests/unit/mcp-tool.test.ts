import * as z from "zod";
import { expect, test } from "vitest";
import type { Scope } from "../../shared/crm/scopes.ts";
import { bounded, Listed, plain, record, shortened } from "../../shared/dialects/mcp/bound.ts";
import { inputSchema } from "../../shared/dialects/mcp/input-schema.ts";
import { READS, tool } from "../../shared/dialects/mcp/tool.ts";
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

test("what does not fit is left off at the end of the longest list, and counted", () => {
  const long = Array.from({ length: 20 }, (_, at) => ({ at, text: "é".repeat(1_000) }));
  const text = bounded({ long: new Listed(long, 30), short: new Listed([{ at: 0 }], 1) });
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(32 * 1024);
  const { long: kept, short } = JSON.parse(text);
  expect(kept.items.length).toBeGreaterThan(10);
  expect([kept.total, kept.left_off]).toEqual([30, 30 - kept.items.length]);
  expect(short).toEqual({ items: [{ at: 0 }], total: 1, left_off: 0 });
});
