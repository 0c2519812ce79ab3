import {
  Conflict,
  DailyLimitReached,
  type FieldError,
  InvalidInput,
  RecordNotFound,
} from "../../refusals/errors.ts";
import { DatabaseUnavailable, isDataError } from "../../db/errors.ts";
import type { RateWindow } from "../../limits/rate-limiter.ts";
import { ApiError } from "./errors.ts";
import { secondsUntil } from "../../http/rate-headers.ts";

const RETRY_SECONDS = "5";
const MAX_MISTAKES = 100;

/** The answer to an error: what the domain refused as 4xx, the database away as 503, else 500. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof InvalidInput) {
    return new ApiError("VALIDATION_ERROR", error.message, { fields: firstOf(error.fields) });
  }
  if (error instanceof RecordNotFound) return new ApiError("NOT_FOUND", error.message);
  if (error instanceof Conflict) {
    return new ApiError("CONFLICT", error.message, { fields: error.fields });
  }
  if (error instanceof DailyLimitReached) return dailyLimitReached(error);
  if (isDataError(error)) {
    const fields = [{ field: "request", message: "A value cannot be stored or compared." }];
    return new ApiError("VALIDATION_ERROR", "A value is out of range.", { fields });
  }
  if (error instanceof DatabaseUnavailable) {
    return new ApiError(
      "SERVICE_UNAVAILABLE",
      "The service is briefly unavailable; try again.",
      undefined,
      { "Retry-After": RETRY_SECONDS },
      { cause: error },
    );
  }
  return new ApiError(
    "INTERNAL_ERROR",
    "Something went wrong on our side; the request id helps us find out what.",
    undefined,
    {},
    { cause: error },
  );
}

// A hostile body can hold a mistake for every few bytes of it.
function firstOf(fields: readonly FieldError[]): readonly FieldError[] {
  if (fields.length <= MAX_MISTAKES) return fields;
  const more = `And ${fields.length - MAX_MISTAKES} more mistakes.`;
  return [...fields.slice(0, MAX_MISTAKES), { field: "body", message: more }];
}

function dailyLimitReached(error: DailyLimitReached): ApiError {
  return new ApiError("RATE_LIMIT_EXCEEDED", error.message, { limit: error.limit });
}

/** The refusal of a request over the limit of this name, at a time (Unix milliseconds) of the store. */
export function overLimit({ limit: most, resetAt }: RateWindow, limit: string, now: number) {
  const seconds = secondsUntil(resetAt, now);
  const message = `More than ${most} requests in a minute; try again in ${seconds} s.`;
  const wait = { "Retry-After": String(seconds) };
  return new ApiError("RATE_LIMIT_EXCEEDED", message, { limit }, wait);
}

/**
 * How long to wait for room in a daily limit, at a time (Unix milliseconds) of the database. A limit of
 * the minute has told its own wait.
 */
export function waitForDay({ code, headers }: ApiError, now: number): Record<string, string> {
  if (code !== "RATE_LIMIT_EXCEEDED" || "Retry-After" in headers) return {};
  return { "Retry-After": String(secondsToMidnight(now)) };
}

/** Seconds until the next UTC day, at least 1. */
export function secondsToMidnight(now: number): number {
  const day = 86_400_000;
  return Math.max(1, Math.ceil((day - (now % day)) / 1000));
}
