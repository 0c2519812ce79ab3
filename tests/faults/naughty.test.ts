import { describe, expect, test } from "vitest";
import type { ApiResponse } from "../support/api-client.ts";
import { described } from "../support/dialects/index.ts";
import { pathOf } from "../support/operation-requests.ts";
import { takesPassword } from "../support/takes-password.ts";
import { LONG, tell } from "./form.ts";
import { NAUGHTY, UNSTORABLE } from "./naughty-strings.ts";
import { textFields } from "./text-fields.ts";

const TOGETHER = 8;
const EVERY = 20;
const EVERY_HASHED = 50;
/** How many text fields there are at least, of how many operations. */
const AT_LEAST: Record<string, [fields: number, operations: number]> = {
  Lumenbase: [25, 6],
  LeadHub: [15, 5],
  LIO: [5, 2],
  "CRM HTTP API": [20, 6],
};

// The short form tries each text in some fields, and in each field some texts.
const texts = (index: number, every: number) =>
  [...NAUGHTY, ...UNSTORABLE].filter((_, i) => LONG || (i + index) % every === 0);

/** As one of a list of names that differ in more than signs, which cannot be told apart. */
const plain = (text: string) =>
  text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "_");
const ALIKE = NAUGHTY.map(plain);
const isLikeAnother = (text: string) => ALIKE.filter((one) => one === plain(text)).length > 1;

test("the texts differ", () => {
  expect(NAUGHTY.length).toBeGreaterThan(150);
  expect(new Set(NAUGHTY).size).toBe(NAUGHTY.length);
});

describe.each(await described())("$name", ({ name: apiName, dialect, document }) => {
  const fields = textFields(dialect, document);
  const shared = dialect.world(null, 0);
  let kept = 0;
  let refused = 0;

  test("text fields of every create operation are found", () => {
    const [least, operations] = AT_LEAST[apiName]!;
    expect(new Set(fields.map(({ operation }) => operation.id)).size)
      .toBeGreaterThanOrEqual(operations);
    expect(fields.length).toBeGreaterThan(least);
  });

  test.each(fields.map((field, index) => ({ ...field, index })))(
    "$operation.path: $name",
    async (field) => {
      const world = await shared;
      const { operation } = field;
      const target = world.targets(operation)[0] ?? {};
      const path = pathOf(operation, target);
      // With fewer fields than texts, each text is tried nevertheless.
      const usual = Math.min(EVERY, fields.length);
      const every = takesPassword(document, operation) ? EVERY_HASHED : usual;
      const wrong: string[] = [];
      const queue = texts(field.index, every).entries();
      const worker = async () => {
        for (const [i, text] of queue) {
          const answer = await world.api.post(
            path,
            field.body(text, (field.index + 10) * 1_000 + i),
          );
          const problem = answer.status < 300
            ? misread(
              text,
              answer,
              await dialect.readBack(world.api, operation, target, dialect.record(answer)),
            )
            : misrefused(text, answer);
          if (problem) wrong.push(`${problem}: ${JSON.stringify(text)} gave ${answer.text}`);
          // A form's text loses its byte order mark as it is read, and a mapping is not kept.
          const isKept = answer.status < 300 && field.name !== "mapping";
          if (isKept && UNSTORABLE.includes(text)) wrong.push(`stored ${text}`);
        }
      };
      await Promise.all(Array.from({ length: TOGETHER }, worker));
      expect(wrong).toEqual([]);

      function misread(text: string, made: ApiResponse, read: ApiResponse): string | null {
        kept++;
        if (read.status !== 200) return `could not be read: ${read.text}`;
        if (!dialect.isKept(field.name)) return null;
        const [first, second] = [made, read].map((one) => dialect.record(one)[field.name]);
        if (first !== second) return "not read as it was made";
        // Blank text in an optional field is absent.
        if (text.trim() === "") return String(first).trim() === "" ? "kept blank" : null;
        return first === text || first === text.trim() ? null : "not identical";
      }

      function misrefused(text: string, answer: ApiResponse): string | null {
        refused++;
        const [invalid] = dialect.refusals.invalid;
        const [taken] = dialect.refusals.conflict;
        if (answer.status === taken && isLikeAnother(text)) return null;
        if (answer.status !== invalid) return `status ${answer.status}`;
        const names = dialect.mistakes(answer).map((one) => one.field);
        return names.includes(field.name) ? null : "the field is not named";
      }
    },
  );

  test("what was kept and refused", () => {
    expect(kept).toBeGreaterThan(refused);
    tell(`naughty strings, ${apiName}`, {
      fields: fields.length,
      texts: NAUGHTY.length,
      kept,
      refused,
    });
  });
});
