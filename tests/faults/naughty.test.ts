import { expect, test } from "vitest";
import type { ApiResponse } from "../support/api-client.ts";
import { ContractDocument } from "../support/contract-document.ts";
import { testWorkspace } from "../support/workspace.ts";
import { LONG, tell } from "./form.ts";
import { NAUGHTY, UNSTORABLE } from "./naughty-strings.ts";
import { textFields } from "./text-fields.ts";

const document = await ContractDocument.fetched();
const fields = textFields(document);
/** Where a record can be read by its id, when not at the path it was made at. */
const READ_AT: Record<string, string> = {
  "v1-public-contacts": "v1-public-contacts-crud",
  "v1-public-activities": "v1-public-activities-crud",
};
const TOGETHER = 8;
const EVERY = 5;

/** Fields that are read back in one form for everything that means the same. */
const FORMS = new Set(["email", "phone", "domain", "company_domain", "country", "currency"]);
/** Fields that go elsewhere than into a field of the same name of the answer. */
const ELSEWHERE = new Set([
  "message",
  "company_name",
  "company_domain",
  "entity_email",
  "entity_domain",
]);

test("text fields of every create operation are found", () => {
  expect(NAUGHTY.length).toBeGreaterThan(150);
  expect(new Set(NAUGHTY).size).toBe(NAUGHTY.length);
  expect(new Set(fields.map(({ operation }) => operation.id)).size).toBeGreaterThanOrEqual(6);
  expect(fields.length).toBeGreaterThan(25);
});

let kept = 0;
let refused = 0;

// The short form tries each text in some fields, and in each field some texts.
const texts = (index: number) =>
  [...NAUGHTY, ...UNSTORABLE].filter((_, i) => LONG || (i + index) % EVERY === 0);

test.each(fields.map((field, index) => ({ ...field, index })))(
  "$operation.path: $name",
  async (field) => {
    const { api } = await testWorkspace({ contacts_per_day: 100_000, activities_per_day: 100_000 });
    const { path } = field.operation;
    const wrong: string[] = [];
    const queue = texts(field.index).entries();
    const worker = async () => {
      for (const [i, text] of queue) {
        const answer = await api.post(path, field.body(text, i));
        const problem = answer.status < 300
          ? misread(answer, await api.get(`${READ_AT[path] ?? path}?id=${answer.body.data.id}`))
          : misrefused(answer);
        if (problem) wrong.push(`${problem}: ${JSON.stringify(text)} gave ${answer.text}`);
        if (answer.status < 300 && UNSTORABLE.includes(text)) wrong.push(`stored ${text}`);
        function misread(made: ApiResponse, read: ApiResponse): string | null {
          kept++;
          if (read.status !== 200) return `could not be read: ${read.text}`;
          if (ELSEWHERE.has(field.name) || FORMS.has(field.name)) return null;
          const asGiven = new Set<unknown>([text, text.trim()]);
          const both = [made.body.data[field.name], read.body.data[field.name]];
          if (text.trim() === "") return both.includes(text) ? "not taken as absent" : null;
          return both.every((one) => asGiven.has(one)) ? null : "not identical";
        }
      }
    };
    await Promise.all(Array.from({ length: TOGETHER }, worker));
    expect(wrong).toEqual([]);

    function misrefused({ status, body }: ApiResponse): string | null {
      refused++;
      if (status !== 400) return `status ${status}`;
      const names = body.error.details.fields.map((one: { field: string }) => one.field);
      return names.includes(field.name) ? null : "the field is not named";
    }
  },
);

test("what was kept and refused", () => {
  expect(kept).toBeGreaterThan(refused);
  tell("naughty strings", { fields: fields.length, texts: NAUGHTY.length, kept, refused });
});
