import { describe, expect, test } from "vitest";
import { architectureProblems } from "../support/checks/architecture.ts";
import { GOOD, project } from "../support/small-project.ts";

describe("architecture", () => {
  test.each([
    ["functions/one/index.ts", `import "../../shared/db/redis.ts";`, "a function may import"],
    ["functions/one/index.ts", `import "../two/index.ts";`, "a function may import"],
    ["functions/one/index.ts", `import "../../shared/openapi/page.ts";`, "a function may import"],
    ["functions/v1-public-docs/index.ts", `import "../one/index.ts";`, "a function may import"],
    ["functions/v1-public-docs/index.ts", `import "../../shared/db/redis.ts";`, "a function may"],
    ["functions/v1-public-openapi/index.ts", `import "../../shared/db/redis.ts";`, "a function"],
    ["functions/v1-public-openapi2/index.ts", `import "../one/index.ts";`, "a function may"],
    ["shared/http/endpoint.ts", `import "../openapi/page.ts";`, "shared/http/ must not know"],
    ["functions/one/index.ts", `import { Hono } from "hono";`, "a function may import"],
    ["functions/one/index.ts", `await import("../../shared/db/redis.ts");`, "a function may"],
    ["shared/http/other.ts", `export * from "../../functions/one/index.ts";`, "functions/"],
    ["shared/http/endpoint.ts", `import "../../tests/support/deno.ts";`, "are deployed"],
    ["shared/http/endpoint.ts", `import "jsr:@std/path";`, "relative path"],
    ["shared/http/endpoint.ts", `import "npm:hono@4.1.0";`, "relative path"],
    ["shared/http/endpoint.ts", `import "/shared/db/redis.ts";`, "relative path"],
    ["shared/crm/contacts.ts", `import type { Hono } from "hono";`, "shared/crm/ must not know"],
    ["shared/crm/contacts.ts", `import { logger } from "hono/logger";`, "shared/crm/ must not"],
    ["shared/crm/contacts.ts", `import "../http/endpoint.ts";`, "shared/crm/ must not know"],
    ["shared/crm/sub/deep.ts", `import {\n  a,\n} from "../../http/endpoint.ts";`, "shared/crm/"],
    ["shared/db/pool.ts", `import "../crm/contacts.ts";`, "shared/db/ must not know"],
    ["shared/db/pool.ts", `import "../http/endpoint.ts";`, "shared/db/ must not know"],
    ["shared/http/endpoint.ts", `import "../crm/contacts.ts";`, "shared/http/ must not know"],
    ["shared/http/endpoint.ts", `import "../dialects/a/x.ts";`, "shared/http/ must not know"],
    ["shared/openapi/page.ts", `import "../dialects/a/x.ts";`, "shared/openapi/ must not know"],
    ["shared/http/endpoint.ts", `import "../operations/list.ts";`, "shared/http/ must not know"],
    ["shared/operations/list.ts", `import "../dialects/a/x.ts";`, "shared/operations/ must not"],
    ["shared/operations/list.ts", `import "../mail/send.ts";`, "shared/operations/ must not"],
    ["shared/connectors/deliver.ts", `import "../http/endpoint.ts";`, "shared/connectors/ must"],
    ["shared/connectors/deliver.ts", `import "../dialects/a/x.ts";`, "shared/connectors/ must"],
    ["shared/automations/run.ts", `import "../http/endpoint.ts";`, "shared/automations/ must"],
    ["shared/crm/contacts.ts", `import "../limits/local.ts";`, "shared/crm/ must not know"],
    ["shared/crm/contacts.ts", `import "../connectors/deliver.ts";`, "shared/crm/ must not know"],
    ["shared/providers/mail/smtp.ts", `import "../../db/redis.ts";`, "shared/providers/ must not"],
    ["shared/providers/mail/smtp.ts", `import "../../crm/contacts.ts";`, "shared/providers/ must"],
    ["shared/dialects/a/x.ts", `import "../b/y.ts";`, "one API must not know another"],
    ["shared/dialects/a/deep/x.ts", `import type { Y } from "../../b/y.ts";`, "one API must not"],
    ["shared/jobs/run.ts", `import "../webhooks/deliver.ts";`, "shared/jobs/ must not know"],
    ["shared/jobs/run.ts", `import "../crm/contacts.ts";`, "shared/jobs/ must not know"],
    ["shared/jobs/run.ts", `import "../events/lead-event.ts";`, "shared/jobs/ must not know"],
    ["shared/events/read.ts", `import "../mail/send.ts";`, "shared/events/ must not know"],
    ["shared/mail/send.ts", `import "../http/endpoint.ts";`, "shared/mail/ must not know"],
    ["shared/integrations/open.ts", `import "../dialects/a/x.ts";`, "shared/integrations/ must"],
    ["shared/crm/contacts.ts", `import "../jobs/enqueue.ts";`, "shared/crm/ must not know"],
    ["shared/crm/contacts.ts", `import "../mail/send.ts";`, "shared/crm/ must not know"],
    ["shared/http/endpoint.ts", `import "../jobs/run.ts";`, "shared/http/ must not know"],
    ["shared/db/pool.ts", `import "../jobs/run.ts";`, "shared/db/ must not know"],
    ["functions/one/index.ts", `import "../../shared/mail/send.ts";`, "a function may import"],
    ["functions/worker/index.ts", `import "../../shared/db/redis.ts";`, "a function may import"],
    ["shared/memory/lazy.ts", `import "../crm/contacts.ts";`, "shared/memory/ must not know"],
  ])("%s refuses %s", (path, statement, problem) => {
    const root = project({ [path]: `${GOOD[path] ?? ""}${statement}\n` });
    expect(architectureProblems(root)).toEqual([expect.stringContaining(problem)]);
    expect(architectureProblems(root)[0]).toMatch(new RegExp(`^${path}:\\d+ imports `));
  });
});

test("no files import each other in a circle, be it of types alone", () => {
  const root = project({
    "shared/memory/a.ts": `import { b } from "./b.ts";\n`,
    "shared/memory/b.ts": `import { c } from "./deep/c.ts";\n`,
    "shared/memory/deep/c.ts": `import type { A } from "../a.ts";\n`,
    "shared/memory/d.ts": `import "./a.ts";\n`,
  });
  expect(architectureProblems(root)).toEqual([
    "a circle: shared/memory/a.ts → shared/memory/b.ts → shared/memory/deep/c.ts → shared/memory/a.ts",
  ]);
});

test("features use jobs and events, which the worker joins with them", () => {
  const root = project({
    "shared/webhooks/listen.ts":
      `import "../events/lead-event.ts";\nimport "../jobs/enqueue.ts";\n`,
    "shared/events/dispatch.ts": `import "../jobs/enqueue.ts";\n`,
    "functions/worker/works.ts":
      `import "../../shared/jobs/run.ts";\nawait import("../../shared/webhooks/listen.ts");\n`,
  });
  expect(architectureProblems(root)).toEqual([]);
});

test("the contract may import the functions it describes, and its page the contract", () => {
  const root = project({
    "functions/v1-public-openapi/index.ts": `import one from "../one/index.ts";
` +
      `import "../../shared/openapi/document.ts";
`,
    "functions/v1-public-docs/index.ts": `import "../v1-public-openapi/index.ts";
`,
  });
  expect(architectureProblems(root)).toEqual([]);
});
