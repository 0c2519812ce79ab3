import { describe, expect, test } from "vitest";
import {
  Conflict,
  DailyLimitReached,
  InvalidInput,
  RecordNotFound,
} from "../../shared/refusals/errors.ts";
import { DatabaseUnavailable } from "../../shared/db/errors.ts";
import { ApiError, ERROR_STATUS, type ErrorCode } from "../../shared/dialects/lumenbase/errors.ts";
import {
  overLimit,
  secondsToMidnight,
  toApiError,
  waitForDay,
} from "../../shared/dialects/lumenbase/known-errors.ts";

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

test.each(Object.entries(ERROR_STATUS))("%s has the status %d", (code, status) => {
  expect(new ApiError(code as ErrorCode, "x").status).toBe(status);
});

describe("toApiError", () => {
  test.each<[string, unknown, object]>([
    [
      "invalid input",
      new InvalidInput(FIELDS),
      {
        code: "VALIDATION_ERROR",
        message: "The request is not valid.",
        details: { fields: FIELDS },
      },
    ],
    [
      "a record that is not there",
      new RecordNotFound("contact", "x"),
      { code: "NOT_FOUND", message: "No contact with id x.", details: undefined },
    ],
    [
      "a conflict",
      new Conflict(FIELDS),
      { code: "CONFLICT", message: "Must be an email address.", details: { fields: FIELDS } },
    ],
    [
      "the daily limit of contacts",
      new DailyLimitReached("contacts_per_day"),
      { code: "RATE_LIMIT_EXCEEDED", details: { limit: "contacts_per_day" } },
    ],
    [
      "the daily limit of activities",
      new DailyLimitReached("activities_per_day"),
      { code: "RATE_LIMIT_EXCEEDED", details: { limit: "activities_per_day" } },
    ],
    [
      "a database that is away",
      new DatabaseUnavailable("connect ECONNREFUSED 10.0.0.1:5432"),
      { code: "SERVICE_UNAVAILABLE", headers: { "Retry-After": "5" }, details: undefined },
    ],
  ])("of %s", (_, error, expected) => {
    expect(toApiError(error)).toMatchObject(expected);
  });

  test("says when the day's limit ends", () => {
    const noon = Date.UTC(2026, 10, 21, 12);
    const reached = toApiError(new DailyLimitReached("contacts_per_day"));
    expect(waitForDay(reached, noon)).toEqual({ "Retry-After": "43200" });
    const several = new ApiError(reached.code, reached.message, { results: [] }, reached.headers);
    expect(waitForDay(several, noon)).toEqual({ "Retry-After": "43200" });
    const window = { limit: 1, used: 2, resetAt: noon / 1000 + 60 };
    expect(waitForDay(overLimit(window, "requests_per_minute", noon), noon)).toEqual({});
    expect(waitForDay(new ApiError("FORBIDDEN", "x"), noon)).toEqual({});
  });

  test("leaves an answer as it is", () => {
    const error = new ApiError("FORBIDDEN", "x");
    expect(toApiError(error)).toBe(error);
  });

  test.each<[string, unknown]>([
    ["an error of ours", new TypeError("cannot read properties of secret")],
    ["an error of PostgreSQL", Object.assign(new Error("column secret"), { code: "42703" })],
    ["a text", "secret"],
    ["nothing", undefined],
    ["null", null],
  ])("tells nothing of %s, and keeps it for the log", (_, error) => {
    const answer = toApiError(error);
    expect(answer).toMatchObject({ code: "INTERNAL_ERROR", headers: {}, details: undefined });
    expect(answer.message).not.toContain("secret");
    expect(answer.cause).toBe(error);
  });

  test("tells nothing of where the database is, and keeps it for the log", () => {
    const error = new DatabaseUnavailable("connect ECONNREFUSED 10.0.0.1:5432");
    expect(toApiError(error).message).not.toContain("10.0.0.1");
    expect(toApiError(error).cause).toBe(error);
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
