import { readdirSync } from "node:fs";
import { describe, expect, inject, test } from "vitest";
import { SCOPES } from "../../shared/dialects/lumenbase/scopes.ts";
import { ApiClient } from "../support/api-client.ts";
import { callEndpoint as call, endpoints, KEYLESS } from "../support/endpoints.ts";
import { expectError } from "../support/expect-error.ts";
import { openNextMinute } from "../support/rate-windows.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const NOBODY = "01890a5d-ac96-774b-bcce-b302099a8057";

test("the matrix knows every deployed function", () => {
  const covered = new Set(endpoints.map(({ path }) => path(NOBODY).split(/[/?]/)[0]));
  const deployed = readdirSync("functions").filter((name) => !KEYLESS.includes(name));
  expect(deployed.sort()).toEqual([...covered].sort());
});

describe.each(endpoints)("$name", (endpoint) => {
  test("works with exactly its scope", async () => {
    const workspace = await testWorkspace();
    const id = await endpoint.existing(workspace);
    const response = await call(
      await workspace.apiWith({ scopes: [endpoint.scope] }),
      endpoint,
      id,
    );
    expect(response.status).toBe(endpoint.status);
    expect(response.body?.success ?? response.text).toBe(endpoint.text ?? true);
  });

  test("refuses no key, a mistyped key and an unknown key with 401", async () => {
    const { key } = await testWorkspace();
    const real = await key();
    const unknown = new ApiClient(inject("gatewayUrl"), null);
    const { generateApiKey } = await import("../../shared/auth/api-key.ts");
    const headers = [
      {},
      { authorization: `Basic ${btoa("user:password")}` },
      { authorization: `Bearer ${real.slice(0, -1)}${real.endsWith("0") ? "1" : "0"}` },
      { authorization: `Bearer ${generateApiKey().key}` },
      { authorization: "Bearer" },
    ];
    for (const header of headers) {
      const response = await call(unknown, endpoint, NOBODY, header as Record<string, string>);
      expectError(response, 401, "UNAUTHORIZED");
      expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
    }
  });

  test("refuses a revoked and an expired key with 401", async () => {
    const workspace = await testWorkspace();
    const past = new Date(Date.now() - 1000);
    expectError(
      await call(await workspace.apiWith({ revokedAt: past }), endpoint, NOBODY),
      401,
      "UNAUTHORIZED",
    );
    expectError(
      await call(await workspace.apiWith({ expiresAt: past }), endpoint, NOBODY),
      401,
      "UNAUTHORIZED",
    );
  });

  test("refuses an address the key does not allow with 403, also a forged one", async () => {
    const workspace = await testWorkspace();
    const elsewhere = await workspace.apiWith({ allowedIps: ["203.0.113.0/24", "2001:db8::/32"] });
    expectError(await call(elsewhere, endpoint, NOBODY), 403, "FORBIDDEN");
    const forged = { "x-forwarded-for": "203.0.113.7" };
    expectError(await call(elsewhere, endpoint, NOBODY, forged), 403, "FORBIDDEN");
    const here = await workspace.apiWith({ allowedIps: ["127.0.0.1/32"] });
    expect((await call(here, endpoint, await endpoint.existing(workspace))).status).toBe(
      endpoint.status,
    );
  });

  test("refuses a key with every other scope with 403 that names the scope", async () => {
    const workspace = await testWorkspace();
    const scopes = SCOPES.filter((scope) => scope.includes(":") && scope !== endpoint.scope);
    const response = await call(await workspace.apiWith({ scopes }), endpoint, NOBODY);
    expectError(response, 403, "FORBIDDEN");
    expect(response.body.error.details).toEqual({ required_scope: endpoint.scope });
  });

  test("scope read opens what is read, and nothing else", async () => {
    const workspace = await testWorkspace();
    const id = await endpoint.existing(workspace);
    const { status } = await call(await workspace.apiWith({ scopes: ["read"] }), endpoint, id);
    expect(status).toBe(endpoint.scope.endsWith("read") ? 200 : 403);
  });

  test("refuses other methods with 405 and says which it takes", async () => {
    const workspace = await testWorkspace();
    const path = endpoint.path(NOBODY);
    const allowed = endpoints.filter((other) =>
      other.path(NOBODY).split("?")[0] === path.split("?")[0]
    )
      .map(({ method }) => method);
    const response = await workspace.api.send("PUT", path, { body: {} });
    expectError(response, 405, "METHOD_NOT_ALLOWED");
    const named = response.headers.get("allow")?.split(", ");
    expect(named?.sort()).toEqual([...new Set([...allowed, "OPTIONS"])].sort());
  });

  test("refuses once over the limit with 429, before looking at the request", async () => {
    const workspace = await testWorkspace({ requests_per_minute: 1 });
    await openNextMinute(asOwner, workspace.id, 1);
    const response = await workspace.api.send(endpoint.method, `${endpoint.path("nonsense")}`, {
      body: endpoint.body === undefined ? undefined : { nonsense: true },
    });
    expectError(response, 429, "RATE_LIMIT_EXCEEDED");
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(response.headers.get("x-ratelimit-limit")).toBe("1");
    expect(response.headers.get("x-ratelimit-remaining")).toBe("0");
  });

  test("gives every request an id and keeps a valid one of the client", async () => {
    const { api } = await testWorkspace();
    const kept = await call(api, endpoint, NOBODY, { "x-request-id": "trace.42:a_b-c" });
    expect(kept.headers.get("x-request-id")).toBe("trace.42:a_b-c");
    expect(kept.body.meta.request_id).toBe("trace.42:a_b-c");
    const replaced = await call(api, endpoint, NOBODY, { "x-request-id": "no spaces" });
    expect(replaced.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe.each(endpoints.filter(({ limit }) => limit !== undefined))("$name", (endpoint) => {
  test("takes a body up to its limit and refuses one byte more with 413", async () => {
    const workspace = await testWorkspace();
    const id = await endpoint.existing(workspace);
    const padded = (bytes: number) => JSON.stringify(endpoint.body).padEnd(bytes, " ");
    const send = (raw: string) => workspace.api.send(endpoint.method, endpoint.path(id), { raw });
    expect((await send(padded(endpoint.limit!))).status).toBe(endpoint.status);
    expectError(await send(padded(endpoint.limit! + 1)), 413, "PAYLOAD_TOO_LARGE");
  });

  test("refuses what is not JSON with 415", async () => {
    const { api } = await testWorkspace();
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
      const response = await api.send(endpoint.method, endpoint.path(NOBODY), {
        body: endpoint.body,
        headers: { "content-type": type },
      });
      expectError(response, 415, "UNSUPPORTED_MEDIA_TYPE");
    }
  });
});

describe.each(endpoints.filter(({ byId }) => byId))("$name", (endpoint) => {
  test("answers a record of another workspace like one that does not exist", async () => {
    const [mine, theirs] = [await testWorkspace(), await testWorkspace()];
    const id = await endpoint.existing(theirs);
    const read = (endpoint.readAt ?? endpoint.path)(id);
    const before = await theirs.api.get(read);
    expect(before.status).toBe(200);
    const foreign = await call(mine.api, endpoint, id);
    const missing = await call(mine.api, endpoint, NOBODY);
    expectError(foreign, 404, "NOT_FOUND");
    expectError(missing, 404, "NOT_FOUND");
    expect(foreign.body.error.message.replace(id, "")).toBe(
      missing.body.error.message.replace(NOBODY, ""),
    );
    expect((await theirs.api.get(read)).body.data).toEqual(before.body.data);
  });

  test("refuses an id that is not a UUID and a missing one with 400", async () => {
    const { api } = await testWorkspace();
    for (const id of ["42", "", "'; drop table crm.contacts; --", `${NOBODY}0`]) {
      const response = await call(api, endpoint, encodeURIComponent(id));
      expectError(response, 400, "VALIDATION_ERROR");
      expect(response.body.error.details.fields).toEqual([
        { field: "id", message: expect.stringContaining("UUID") },
      ]);
    }
  });
});
