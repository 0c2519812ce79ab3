import { LosslessNumber } from "lossless-json";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { JsonText } from "../../shared/formats/json-text.ts";
import { errorBody, successBody } from "../../shared/dialects/lumenbase/envelope.ts";
import { ApiError } from "../../shared/dialects/lumenbase/errors.ts";

const NOW = "2026-11-21T12:00:00.000Z";
const META = { request_id: "r1", api_version: "1", timestamp: NOW };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(NOW) });
});

afterEach(() => {
  vi.useRealTimers();
});

test.each([{ id: "1", email: null }, [], null, 0])("a success with %j is data and meta", (data) => {
  const body = JSON.parse(successBody("r1", { status: 200, data })) as unknown;
  expect(body).toEqual({ success: true, data, meta: META });
});

test("a success with JSON written already holds it as it is", () => {
  const body = successBody("r1", { status: 200, data: new JsonText(`{"value":1.10}`) });
  expect(body).toContain(`"data":{"value":1.10}`);
  expect(JSON.parse(body)).toEqual({ success: true, data: { value: 1.1 }, meta: META });
});

test("an amount keeps its digits, however deep it is", () => {
  const data = { items: [{ id: "1" }, { prices: [1, new LosslessNumber("1.10")] }] };
  expect(successBody("r1", { status: 200, data }))
    .toContain(`"data":{"items":[{"id":"1"},{"prices":[1,1.10]}]}`);
});

test.each([
  [undefined, {}],
  [{ limit: "contacts_per_day" }, { details: { limit: "contacts_per_day" } }],
  [
    { fields: [{ field: "email", message: "x" }] },
    { details: { fields: [{ field: "email", message: "x" }] } },
  ],
])("an error with the details %j is error and meta", (details, expected) => {
  const error = new ApiError("VALIDATION_ERROR", "Not valid.", details);
  expect(JSON.parse(errorBody("r1", error))).toEqual({
    success: false,
    error: { code: "VALIDATION_ERROR", message: "Not valid.", ...expected },
    meta: META,
  });
});

test("an error shows neither headers nor cause", () => {
  const options = { cause: new Error("secret") };
  const error = new ApiError("INTERNAL_ERROR", "x", undefined, { "Retry-After": "5" }, options);
  const body = JSON.parse(errorBody("r1", error)) as { error: object };
  expect(Object.keys(body.error)).toEqual(["code", "message"]);
});
