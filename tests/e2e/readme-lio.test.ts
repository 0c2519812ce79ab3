import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Gateway, startGateway } from "../../supabase/local/gateway-process.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { printedDocuments } from "../support/run-example.ts";

let gateway: Gateway;

beforeAll(async () => {
  const env = { ...process.env, ...FUNCTIONS_ENVIRONMENT };
  gateway = await startGateway({ apiUrl: inject("apiUrl"), port: 0, env });
});
afterAll(() => gateway?.stop());

test("LIO's examples make an Admin, log them in, make keys and hand in a lead", async () => {
  const [made, me, key, lead] = await printedDocuments("lio", gateway, `acme-${randomUUID()}`);
  expect(made.user).toMatchObject({ role: "admin", role_name: "Admin" });
  expect(me).toMatchObject({ success: true, data: { id: made.user.number, role_id: 1 } });
  expect(key.api_key).toMatchObject({
    api: "lio",
    scopes: ["leads:write", "leads:read", "web_forms"],
    allowed_domains: ["acme.com", "*.acme.com"],
  });
  expect(lead.data).toMatchObject({ email: "jane@acme.com", custom_fields: { plan: "Pro" } });
});
