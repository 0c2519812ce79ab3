import { expect } from "vitest";
import type { ApiResponse } from "./api-client.ts";

/** Asserts an error answer: status, code, the whole envelope and the headers of every answer. */
export function expectError(
  { status, headers, body }: ApiResponse,
  expected: number,
  code: string,
): void {
  expect([status, body.error?.code]).toEqual([expected, code]);
  expect(body).toEqual({
    success: false,
    error: expect.objectContaining({ code, message: expect.stringMatching(/\S.{10,}/) }),
    meta: {
      request_id: headers.get("x-request-id"),
      api_version: "1",
      timestamp: expect.any(String),
    },
  });
  for (const name of ["x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"]) {
    expect(headers.get(name), name).toMatch(/^\d+$/);
  }
  expect(headers.get("ratelimit")).toMatch(/^"(workspace|connector|user)";r=\d+;t=\d+$/);
  expect(headers.get("ratelimit-policy")).toMatch(/^"(workspace|connector|user)";q=\d+;w=60$/);
  expect(headers.get("access-control-allow-origin")).toBe("*");
}
