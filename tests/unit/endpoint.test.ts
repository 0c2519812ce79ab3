import { describe, expect, test } from "vitest";
import { endpoint } from "../../shared/http/endpoint.ts";
import { type Operation, type RouteScope, scope } from "../../shared/http/operation.ts";

const METHODS = ["get", "post", "patch", "delete"] as const;

const operation: Operation = {
  kind: "read",
  run: (call) => Promise.resolve(call.answer(200, null)),
};

describe("an endpoint does not start", () => {
  test.each(METHODS)("with a %s route without a scope", (method) => {
    for (const none of [undefined, null, "contacts:read", { needed: "contacts:read" }, operation]) {
      const declare = () => endpoint("v1-public-x")[method]("/", none as RouteScope, operation);
      expect(declare).toThrow(`${method.toUpperCase()} / of v1-public-x declares no scope`);
    }
  });

  test.each(METHODS)("with %s declared twice", (method) => {
    const once = endpoint("v1-public-x")[method]("/", scope("contacts:read"), operation);
    const twice = () => once[method]("/", scope("contacts:write"), operation);
    expect(twice).toThrow(`${method.toUpperCase()} / of v1-public-x is declared twice`);
  });
});

test("an endpoint has many methods and paths", () => {
  const app = endpoint("v1-public-x");
  for (const method of METHODS) {
    expect(app[method]("/", scope("contacts:read"), operation)).toBe(app);
    expect(app[method]("/more", scope("contacts:write"), operation)).toBe(app);
  }
});

describe("a preflight request", () => {
  const app = endpoint("v1-public-x").post("/", scope("contacts:write"), operation);

  async function preflight(id: string): Promise<Response> {
    const headers = {
      "Origin": "https://shop.example",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization,content-type,idempotency-key",
      "X-Request-Id": id,
    };
    return await app.fetch(
      new Request("http://localhost/v1-public-x", { method: "OPTIONS", headers }),
    );
  }

  test("lets any page send keys and read limits", async () => {
    const { status, headers } = await preflight("r1");
    expect(status).toBe(204);
    expect(headers.get("Access-Control-Allow-Origin")).toBe("*");
    expect(headers.get("Access-Control-Allow-Credentials")).toBeNull();
    expect(headers.get("Access-Control-Allow-Methods")).toBe("GET,POST,PATCH,DELETE,OPTIONS");
    const allowed = headers.get("Access-Control-Allow-Headers")?.toLowerCase().split(",") ?? [];
    expect(allowed).toEqual(expect.arrayContaining([
      "authorization",
      "content-type",
      "idempotency-key",
      "x-idempotency-key",
      "x-request-id",
    ]));
  });

  test("has the request id and the limits, as every answer", async () => {
    const { headers } = await preflight("r1");
    expect(headers.get("X-Request-Id")).toBe("r1");
    const limits = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "RateLimit"];
    expect(limits.filter((name) => headers.get(name) === null)).toEqual([]);
  });

  test("does not echo an id that is none", async () => {
    expect((await preflight("a b")).headers.get("X-Request-Id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});
