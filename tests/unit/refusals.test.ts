import { describe, expect, test } from "vitest";
import { DatabaseUnavailable } from "../../shared/db/errors.ts";
import { CODES, ERROR_STATUS } from "../../shared/dialects/lumenbase/errors.ts";
import { secondsToMidnight } from "../../shared/http/seconds.ts";
import {
  Conflict,
  DailyLimitReached,
  InvalidInput,
  RecordNotFound,
} from "../../shared/refusals/errors.ts";
import { refusalOf } from "../../shared/refusals/known.ts";
import { Refusal } from "../../shared/refusals/refusal.ts";

const FIELDS = [{ field: "email", message: "Must be an email address." }];

test("the codes and statuses are those of the spec and its decisions", () => {
  expect(ERROR_STATUS).toEqual({
    VALIDATION_ERROR: 400,
    UNAUTHORIZED: 401,
    FORBIDDEN: 403,
    NOT_FOUND: 404,
    METHOD_NOT_ALLOWED: 405,
    CONFLICT: 409,
    IDEMPOTENCY_KEY_REUSED: 409,
    PAYLOAD_TOO_LARGE: 413,
    UNSUPPORTED_MEDIA_TYPE: 415,
    RATE_LIMIT_EXCEEDED: 429,
    INTERNAL_ERROR: 500,
    SERVICE_UNAVAILABLE: 503,
  });
});

test("every kind of refusal that the native API gives has a code of its own", () => {
  const { payment_required: _, provider_failed: __, ...given } = CODES;
  expect(new Set(Object.values(given))).toEqual(new Set(Object.keys(ERROR_STATUS)));
  expect(Object.keys(given)).toHaveLength(Object.keys(ERROR_STATUS).length);
});

describe("the refusal", () => {
  test.each<[string, unknown, object]>([
    [
      "invalid input",
      new InvalidInput(FIELDS),
      { kind: "invalid", message: "The request is not valid.", facts: { fields: FIELDS } },
    ],
    [
      "a record that is not there",
      new RecordNotFound("contact", "x"),
      { kind: "not_found", message: "No contact with id x.", facts: {} },
    ],
    [
      "a conflict",
      new Conflict(FIELDS),
      { kind: "conflict", message: "Must be an email address.", facts: { fields: FIELDS } },
    ],
    [
      "the daily limit of contacts",
      new DailyLimitReached("contacts_per_day"),
      { kind: "limited", facts: { limit: "contacts_per_day" } },
    ],
    [
      "the daily limit of activities",
      new DailyLimitReached("activities_per_day"),
      { kind: "limited", facts: { limit: "activities_per_day" } },
    ],
    [
      "a database that is away",
      new DatabaseUnavailable("connect ECONNREFUSED 10.0.0.1:5432"),
      { kind: "unavailable", facts: { retry_after: 5 } },
    ],
  ])("of %s", (_, error, expected) => {
    expect(refusalOf(error)).toMatchObject(expected);
  });

  test("is itself", () => {
    const refusal = new Refusal("forbidden", "x");
    expect(refusalOf(refusal)).toBe(refusal);
  });

  test("of very many mistakes names the first hundred, and how many more", () => {
    const fields = Array.from({ length: 1_234 }, (_, n) => ({ field: `f${n}`, message: "No." }));
    const told = refusalOf(new InvalidInput(fields)).fields;
    expect(told).toHaveLength(101);
    expect(told.at(-1)).toEqual({ field: "body", message: "And 1134 more mistakes." });
  });

  test.each<[string, unknown]>([
    ["an error of ours", new TypeError("cannot read properties of secret")],
    ["an error of PostgreSQL", Object.assign(new Error("column secret"), { code: "42703" })],
    ["a text", "secret"],
    ["nothing", undefined],
    ["null", null],
  ])("tells nothing of %s, and keeps it for the log", (_, error) => {
    const refusal = refusalOf(error);
    expect([refusal.kind, refusal.facts]).toEqual(["failed", {}]);
    expect(refusal.message).not.toContain("secret");
    expect(refusal.cause).toBe(error);
  });

  test("tells nothing of where the database is, and keeps it for the log", () => {
    const error = new DatabaseUnavailable("connect ECONNREFUSED 10.0.0.1:5432");
    expect(refusalOf(error).message).not.toContain("10.0.0.1");
    expect(refusalOf(error).cause).toBe(error);
  });
});

test.each([
  ["2026-11-21T00:00:00.000Z", 86_400],
  ["2026-11-21T00:00:00.001Z", 86_400],
  ["2026-11-21T00:00:01.000Z", 86_399],
  ["2026-11-21T12:00:00.000Z", 43_200],
  ["2026-11-21T23:59:59.000Z", 1],
  ["2026-11-21T23:59:59.999Z", 1],
  ["2028-02-29T23:00:00.000Z", 3_600],
])("from %s it is %d s to midnight UTC", (now, seconds) => {
  expect(secondsToMidnight(Date.parse(now))).toBe(seconds);
});
