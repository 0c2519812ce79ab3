import { beforeAll, describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { proxiedGateway } from "../support/gateway.ts";
import { testConnector } from "../support/connector.ts";
import { type LioRole, lioUser } from "../support/lio.ts";
import {
  calling,
  callTool,
  mcpClient,
  sendMessage,
  toolError,
  toolResult,
} from "../support/mcp.ts";
import { openNextMinute } from "../support/rate-windows.ts";
import { NOBODY } from "../support/records.ts";
import { grants, type Scope, SCOPES } from "../../shared/crm/scopes.ts";
import { snapshotOf } from "../support/snapshot.ts";
import { asOwner, type TestWorkspace, testWorkspace } from "../support/workspace.ts";

const LIST = { jsonrpc: "2.0", id: 1, method: "tools/list" };
const EMAIL = "jane.secret@example.com";

/** What each tool needs, and what it is asked of a workspace's records. */
const TOOLS: Record<string, { scope: Scope; given(of: Records): object }> = {
  find_people: { scope: "contacts:read", given: () => ({ query: EMAIL }) },
  person_history: { scope: "contacts:read", given: ({ contact }) => ({ contact_id: contact }) },
  log_activity: {
    scope: "activities:write",
    given: ({ deal }) => ({ type: "call", entity_email: EMAIL, entity_id: deal }),
  },
  move_deal: { scope: "deals:write", given: ({ deal }) => ({ deal_id: deal, stage: "Won" }) },
  list_overdue: { scope: "tasks:read", given: () => ({}) },
  why_lead_missing: { scope: "admin", given: () => ({ email: EMAIL }) },
};

interface Records {
  contact: string;
  deal: string;
}

let theirs: TestWorkspace;
let records: Records;

beforeAll(async () => {
  theirs = await testWorkspace();
  const { api } = theirs;
  const make = async (path: string, fields: object) =>
    (await api.post(`v1-public-${path}`, fields)).body.data.id;
  const contact = await make("contacts", { email: EMAIL, first_name: "Secret" });
  const late = "2020-01-01";
  await make("tasks", { title: "Secret", due_date: late, contact_id: contact });
  await make("invoices", { issue_date: late, due_date: late, status: "sent", total: 1 });
  const deal = await make("deals", { title: "Secret", expected_close_date: late });
  const connector = await testConnector(theirs, { name: "Secret" });
  await connector.send({ phone: "7", message: EMAIL });
  records = { contact, deal };
});

test("the table has every tool, and each is annotated", async () => {
  const { tools } = await (await mcpClient(theirs.api)).listTools();
  expect(tools.map(({ name }) => name)).toEqual(Object.keys(TOOLS));
  for (const { name, annotations, inputSchema } of tools) {
    const isWrite = TOOLS[name]?.scope.endsWith(":write");
    expect([name, annotations?.readOnlyHint]).toEqual([name, !isWrite]);
    for (const hint of ["destructiveHint", "idempotentHint", "openWorldHint"]) {
      expect(annotations).toHaveProperty(hint, expect.any(Boolean));
    }
    expect(JSON.stringify(inputSchema)).not.toContain("$ref");
    expect("idempotency_key" in (inputSchema.properties ?? {})).toBe(isWrite);
  }
});

describe.each(Object.entries(TOOLS))("%s", (name, { scope, given }) => {
  test("works with exactly its scope, and with none of the others is unlisted and refused", async () => {
    const mine = await mcpClient(await theirs.apiWith({ scopes: [scope] }));
    expect((await mine.listTools()).tools.map((one) => one.name)).toContain(name);
    const dry = scope.endsWith(":write") ? { dry_run: true } : {};
    const told = await callTool(mine, name, { ...given(records), ...dry });
    expect(told.isError, told.text).toBe(false);
    expect(told.text).toMatch(/Secret|secret|call|Won/);

    const scopes = SCOPES.filter((one) => !grants([one], scope));
    const before = await snapshotOf(theirs.id);
    const others = await mcpClient(await theirs.apiWith({ scopes }));
    expect((await others.listTools()).tools.map((one) => one.name)).not.toContain(name);
    expect(await toolError(others, name, given(records)))
      .toMatchObject({ code: "forbidden", required_scope: scope });
    expect(await snapshotOf(theirs.id)).toEqual(before);
  });

  test("finds and changes nothing of another workspace, as of none", async () => {
    const { api } = await testWorkspace();
    const client = await mcpClient(api);
    const before = await snapshotOf(theirs.id);
    const foreign = await callTool(client, name, given(records));
    const missing = await callTool(client, name, given({ contact: NOBODY, deal: NOBODY }));
    expect(plainly(foreign.data)).toEqual(plainly(missing.data));
    expect(foreign.text).not.toContain("Secret");
    expect(await snapshotOf(theirs.id)).toEqual(before);
  });
});

test("while the database is away tools are answered with 503, and work again after", async () => {
  const { url, proxy } = await proxiedGateway();
  const { api } = await testWorkspace({}, url);
  const message = calling("find_people", { query: "x" });
  expect((await sendMessage(api, message)).status).toBe(200);
  proxy.cut();
  const { status, headers, body } = await sendMessage(api, message);
  expect([status, body.error.code, body.error.data.code]).toEqual([503, -32603, "unavailable"]);
  expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
  proxy.restore();
  expect((await sendMessage(api, message)).status).toBe(200);
});

test(
  "requests count towards the workspace's limit: 429 once it is used up",
  async () => {
    const { api, id } = await testWorkspace({ requests_per_minute: 3 });
    await openNextMinute(asOwner, id);
    const find = calling("find_people", { query: "x" });
    for (const message of [LIST, find, find]) {
      expect((await sendMessage(api, message)).status).toBe(200);
    }
    const { status, headers, body } = await sendMessage(api, find);
    expect([status, body.error.data.code]).toEqual([429, "limited"]);
    expect(Number(headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    expect(headers.get("x-ratelimit-limit")).toBe("3");
  },
);

test("a tool that finds the limit used up elsewhere is answered with 429 as well", async () => {
  const { api, id } = await testWorkspace({ requests_per_minute: 3 });
  await openNextMinute(asOwner, id, 3);
  const { status, headers, body } = await sendMessage(api, calling("find_people", { query: "x" }));
  expect([status, body.error.data.code]).toEqual([429, "limited"]);
  expect(headers.get("x-ratelimit-remaining")).toBe("0");
});

// Without ids and times, which differ anyway.
function plainly(data: Json): string {
  return JSON.stringify(data)
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-][\d:]+)/g, "TIME");
}

describe("with the token of a user", () => {
  const clientOf = async (role: LioRole) => {
    const { api } = await lioUser(theirs, role);
    return await mcpClient(theirs.api.withKey(String(api.key)));
  };

  test.each(
    Object.entries<(scope: Scope) => boolean>({
      admin: () => true,
      manager: (scope) => scope !== "admin",
      rep: (scope) => scope !== "admin",
      viewer: (scope) => scope.endsWith(":read"),
    }),
  )("a %s is listed the tools that the role covers", async (role, covers) => {
    const { tools } = await (await clientOf(role as LioRole)).listTools();
    const expected = Object.keys(TOOLS).filter((name) => covers(TOOLS[name]?.scope ?? "admin"));
    expect(tools.map(({ name }) => name)).toEqual(expected);
  });

  test("a Rep sees and moves no deal of a Manager", async () => {
    const manager = await lioUser(theirs, "manager");
    const [deal] = await asOwner<{ id: string }>(
      `insert into crm.deals (workspace_id, title, expected_close_date, assigned_to)
        values ($1, 'Hidden deal', '2020-01-01', $2) returning id`,
      [theirs.id, manager.id],
    );
    const rep = await clientOf("rep");
    const { deals, not_covered } = await toolResult(rep, "list_overdue");
    expect(JSON.stringify(deals)).toContain("Secret");
    expect(JSON.stringify(deals)).not.toContain("Hidden deal");
    expect(not_covered).toEqual(["invoices:read"]);
    expect(await toolError(rep, "move_deal", { deal_id: deal?.id, stage: "Won" }))
      .toMatchObject({ code: "not_found" });
  });

  test("one that has ended says so", async () => {
    const { api } = await lioUser(theirs, "admin", { ended: true });
    const answer = await sendMessage(theirs.api.withKey(String(api.key)), LIST);
    expect([answer.status, answer.body.error.message]).toEqual([
      401,
      expect.stringMatching(/revoked/),
    ]);
  });
});
