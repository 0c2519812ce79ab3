import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import type { FunctionCall } from "./connector-calls.ts";

const given: FunctionCall["given"] = (ids) => ({
  workspace_id: ids["crm.workspaces"],
  name: "Web forms",
  api: "lumenbase",
  public_id: randomUUID(),
  key_hash: "00".repeat(32),
  scopes: ["read"],
});

/** The functions behind API keys, the log of requests and roles, each with what would reach a neighbour. */
export const KEY_CALLS: Record<string, FunctionCall> = {
  create_api_key: {
    text: "select app.create_api_key($1) as id",
    given,
    answer: [{ id: expect.any(String) }],
  },
  revoke_api_key: {
    text: "select app.revoke_api_key(($1::jsonb ->> 'workspace_id')::uuid) as done",
    given,
    answer: [{ done: null }],
  },
  rotate_api_key: {
    text: `select app.rotate_api_key(($1::jsonb ->> 'workspace_id')::uuid, 'id', '\\x00', 0) as id`,
    given,
    answer: [{ id: null }],
  },
  used_limits: {
    text: "select kind, name, used from app.used_limits() order by name",
    answer: [
      { kind: "workspace", name: "activities_per_day", used: 0 },
      { kind: "workspace", name: "contacts_per_day", used: 0 },
      { kind: "workspace", name: "requests_per_minute", used: 0 },
    ],
  },
  lock_role: {
    text: "select app.lock_role(($1::jsonb ->> 'role')::uuid) as number",
    given: (ids) => ({ role: ids["crm.roles"] }),
    answer: [{ number: null }],
  },
  delete_role: {
    text: "select app.delete_role(($1::jsonb ->> 'role')::uuid, null) as id",
    given: (ids) => ({ role: ids["crm.roles"] }),
    answer: [{ id: null }],
  },
  change_users_of_role: {
    text: `select app.change_users_of_role(number, null, 'viewer') as done
      from generate_series(101, 120) number limit 1`,
    answer: [{ done: "" }],
  },
};
