import { describe, expect, test } from "vitest";
import type { LumenbaseOperation } from "../../shared/dialects/lumenbase/contract.ts";
import { endpoint } from "../../shared/dialects/lumenbase/endpoint.ts";
import { publicRoute, type RouteScope, scope } from "../../shared/http/operation.ts";

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

const operation: LumenbaseOperation = {
  kind: "read",
  run: () => Promise.resolve({ status: 200, body: "null" }),
};

describe("an endpoint does not start", () => {
  test.each(METHODS)("with a %s route without a scope", (method) => {
    for (const none of [undefined, null, "contacts:read", { needed: "contacts:read" }, operation]) {
      const declare = () => endpoint("v1-public-x")[method]("/", none as RouteScope, operation);
      expect(declare).toThrow(`${method.toUpperCase()} / declares no scope`);
    }
  });

  test.each(METHODS)("with %s declared twice", (method) => {
    const once = endpoint("v1-public-x")[method]("/", scope("contacts:read"), operation);
    const twice = () => once[method]("/", scope("contacts:write"), operation);
    expect(twice).toThrow(`${method.toUpperCase()} / is declared twice`);
  });
});

describe("a public route", () => {
  const document = {
    id: "getText",
    summary: "A text",
    contentType: "text/plain",
    text: () => "for everybody",
  };
  const open = () => endpoint("v1-public-x").get("/", publicRoute, document);

  test("answers anybody, and nothing but GET", async () => {
    const app = open();
    const ask = (method: string) =>
      app.fetch(new Request("http://localhost/v1-public-x", { method }));
    const answer = await ask("GET");
    expect([answer.status, await answer.text()]).toEqual([200, "for everybody"]);
    const head = await ask("HEAD");
    expect([head.status, head.headers.get("etag"), await head.text()])
      .toEqual([200, answer.headers.get("etag"), ""]);
    const refused = await ask("POST");
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, OPTIONS"]);
    expect(refused.headers.get("cache-control")).toBe("no-store");
  });

  test("is alone on its path", () => {
    const twice = "GET / is declared twice";
    expect(() => open().get("/", publicRoute, document)).toThrow(twice);
    expect(() => open().get("/", scope("read"), operation)).toThrow(twice);
    expect(() => open().post("/", scope("contacts:write"), operation)).toThrow("declared twice");
    const scoped = endpoint("v1-public-x").post("/", scope("contacts:write"), operation);
    expect(() => scoped.get("/", publicRoute, document)).toThrow(twice);
  });

  test("is declared by its own word alone", () => {
    for (const word of ["public", "publicRoute", true, Symbol("public route"), {}]) {
      const declare = () => endpoint("v1-public-x").get("/", word as typeof publicRoute, document);
      expect(declare).toThrow("GET / declares no scope");
    }
  });

  test("tries again when its text could not be made", async () => {
    let tries = 0;
    const app = endpoint("v1-public-x").get("/", publicRoute, {
      ...document,
      text() {
        if (tries++ === 0) throw new Error("not yet");
        return "made";
      },
    });
    const ask = () => app.fetch(new Request("http://localhost/v1-public-x"));
    expect((await ask()).status).toBe(500);
    expect(await (await ask()).text()).toBe("made");
  });
});

test("an endpoint tells its routes", async () => {
  const document = { id: "getText", summary: "A text", contentType: "text/plain", text: () => "" };
  const app = endpoint("v1-public-x").get("/", publicRoute, document)
    .post("/more", scope("contacts:write"), operation);
  expect(await app.routes()).toEqual([
    { method: "GET", path: "/v1-public-x", access: "public", document },
    { method: "POST", path: "/v1-public-x/more", access: scope("contacts:write"), operation },
  ]);
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
