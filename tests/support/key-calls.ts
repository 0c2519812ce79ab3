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

/** The functions behind API keys and the log of requests, each with what would reach a neighbour. */
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
};
