import { LosslessNumber } from "lossless-json";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { JsonText } from "../../shared/formats/json-text.ts";
import { answer, refuse } from "../../shared/dialects/lumenbase/envelope.ts";
import { type Facts, Refusal } from "../../shared/refusals/refusal.ts";

const NOW = "2026-11-21T12:00:00.000Z";
const META = { request_id: "r1", api_version: "1", timestamp: NOW };

function success(data: unknown): string {
  return String(answer({ requestId: "r1" }, 200, data).body);
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(NOW) });
});

afterEach(() => {
  vi.useRealTimers();
});

test.each([{ id: "1", email: null }, [], null, 0])("a success with %j is data and meta", (data) => {
  const body = JSON.parse(success(data)) as unknown;
  expect(body).toEqual({ success: true, data, meta: META });
});

test("a success with JSON written already holds it as it is", () => {
  const body = success(new JsonText(`{"value":1.10}`));
  expect(body).toContain(`"data":{"value":1.10}`);
  expect(JSON.parse(body)).toEqual({ success: true, data: { value: 1.1 }, meta: META });
});

test("an amount keeps its digits, however deep it is", () => {
  const data = { items: [{ id: "1" }, { prices: [1, new LosslessNumber("1.10")] }] };
  expect(success(data))
    .toContain(`"data":{"items":[{"id":"1"},{"prices":[1,1.10]}]}`);
});

test.each<[Facts | undefined, object]>([
  [undefined, {}],
  [
    { fields: [{ field: "email", message: "x", rule: "email" }], retry_after: 3, challenge: "x" },
    { details: { fields: [{ field: "email", message: "x" }] } },
  ],
  [{ limit: "contacts_per_day" }, { details: { limit: "contacts_per_day" } }],
  [
    { fields: [{ field: "email", message: "x" }] },
    { details: { fields: [{ field: "email", message: "x" }] } },
  ],
])("an error with the details %j is error and meta", (details, expected) => {
  const refused = refuse(new Refusal("invalid", "Not valid.", details), "r1");
  expect([refused.status, refused.code]).toEqual([400, "VALIDATION_ERROR"]);
  expect(JSON.parse(refused.body)).toEqual({
    success: false,
    error: { code: "VALIDATION_ERROR", message: "Not valid.", ...expected },
    meta: META,
  });
});

test("an error shows neither headers nor cause", () => {
  const options = { cause: new Error("secret") };
  const refusal = new Refusal("failed", "x", { retry_after: 5, challenge: "Bearer" }, options);
  const body = JSON.parse(refuse(refusal, "r1").body) as { error: object };
  expect(Object.keys(body.error)).toEqual(["code", "message"]);
});
