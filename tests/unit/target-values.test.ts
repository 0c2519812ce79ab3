import { expect, test } from "vitest";
import { NobodyIdentified, targetValues } from "../../shared/connectors/target-values.ts";
import { loadRegistries } from "../../shared/crm/values/registries.ts";
import { mistakes } from "../support/mistakes.ts";

await loadRegistries();

const FORM = { target: "contact" as const, defaults: { source: "form" } };
const ANN = { email: "ann@example.com" };

test("what a field cannot take is a warning and a line of the message, and its default stands in", () => {
  expect(targetValues(FORM, { ...ANN, source: { a: "x" }, phone: "after six", message: "Hi" }))
    .toEqual({
      mapped: { ...ANN, source: "form", message: "Hi\nSource: x\nPhone: after six" },
      defaulted: ["source"],
      warnings: [
        { field: "source", message: "Must be a string; it is an object." },
        { field: "phone", message: expect.stringContaining("country code") },
      ],
    });
});

test("what the message tells already is not told twice", () => {
  const { mapped } = targetValues(FORM, { ...ANN, phone: "after six", message: "Tel: after six" });
  expect(mapped).toEqual({ ...ANN, message: "Tel: after six" });
});

test.each([
  ["+49 30 901820 or at home", "phone", "+4930901820"],
  ["ann@example.com (work)", "email", "ann@example.com"],
])("what can be read of %j is read, and told", (given, field, value) => {
  const { mapped, warnings } = targetValues(FORM, { last_name: "Lee", [field]: given });
  expect(mapped).toMatchObject({ [field]: value });
  expect(warnings).toEqual([{ field, message: `Was read as ${value}.` }]);
});

test("an amount goes with its currency", () => {
  const given = { ...ANN, deal_title: "D", deal_value: 5, deal_currency: "Taler" };
  expect(targetValues(FORM, given).mapped)
    .toEqual({ ...ANN, deal_title: "D", message: "Deal currency: Taler\nDeal value: 5" });
});

test("nobody is identified by what cannot be read", () => {
  expect(() => targetValues(FORM, { email: "nobody@", phone: "-", source: "form" }))
    .toThrow(NobodyIdentified);
  expect(mistakes(() => targetValues({ target: "activity", defaults: {} }, { type: "No Type" })))
    .toMatchObject([{ field: "type" }]);
});
