import { expect, test } from "vitest";
import { classify, DatabaseUnavailable } from "../../shared/db/errors.ts";

const coded = (code: string) => Object.assign(new Error("failed"), { code });

test.each(["EPIPE", "ECONNRESET", "UNKNOWN", "57P01", "53300", "25006", "55P03", "08006"])(
  "%s means that PostgreSQL is away",
  (code) => {
    expect(classify(coded(code))).toBeInstanceOf(DatabaseUnavailable);
  },
);

test.each(["23505", "42703", "ENOENT"])("%s stays what it is", (code) => {
  const error = coded(code);
  expect(classify(error)).toBe(error);
});
