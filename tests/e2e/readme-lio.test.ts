import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Gateway, startGateway } from "../../supabase/local/gateway-process.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { standInsOfAll } from "../support/providers/all.ts";
import { documentsIn, printedIn } from "../support/run-example.ts";

let gateway: Gateway;
let services: Awaited<ReturnType<typeof standInsOfAll>>;

beforeAll(async () => {
  services = await standInsOfAll();
  const env = { ...process.env, ...FUNCTIONS_ENVIRONMENT, ...services.environment };
  gateway = await startGateway({ apiUrl: inject("apiUrl"), port: 0, env });
});
afterAll(async () => {
  await gateway?.stop();
  await services?.stop();
});

/** What is HTML of what is printed. */
const HTML = /<(?:iframe|form) .*>\n/g;

test("LIO's examples make an Admin, log them in, make keys and a form, hand leads in and find the hot one", async () => {
  const output = await printedIn(`acme-${randomUUID()}`, "lio", gateway);
  const documents = documentsIn(output.replaceAll(HTML, ""));
  const [
    made,
    me,
    key,
    lead,
    submitted,
    signal,
    hot,
    won,
    account,
    engaged,
    overview,
    counted,
    dashboard,
  ] = documents;
  expect(made.user).toMatchObject({ role: "admin", role_name: "Admin" });
  expect(me).toMatchObject({ success: true, data: { id: made.user.number, role_id: 1 } });
  expect(key.api_key).toMatchObject({
    api: "lio",
    scopes: ["leads:write", "leads:read", "web_forms"],
    allowed_domains: ["acme.com", "*.acme.com"],
  });
  expect(lead.data).toMatchObject({ email: "jane@acme.com", custom_fields: { plan: "Pro" } });
  const [frame = "", form] = output.match(HTML) ?? [];
  const [, address = ""] = /src="([^"]+)"/.exec(frame) ?? [];
  expect(await (await fetch(address)).text()).toContain(form?.trim());
  expect(form).toContain('<form method="post"');
  expect(submitted.data).toEqual({ submitted: true });
  expect(signal.data).toMatchObject({ lead_id: lead.data.id, signal_type: "demo_requested" });
  expect(hot.data).toMatchObject([{ lead_id: lead.data.id, last_signal_type: "demo_requested" }]);
  expect(won.data).toMatchObject({ title: "Licence", status: "won", value: 1200.5 });
  expect(account.data).toMatchObject({ tier: 1, owner_id: made.user.number });
  expect(engaged.data).toMatchObject([{ id: account.data.id, health: "warm" }]);
  const { total } = overview.data.leads;
  expect(counted.data).toMatchObject({ query_id: "custom", rows: [{ value: total }] });
  expect(dashboard.data).toMatchObject({ dashboard_id: "sales", scope: "team" });
  const booked = documents.find(({ message }) => message === "Booking confirmed");
  expect(booked.data).toMatchObject({ status: "confirmed", title: "Meeting with Ada Admin" });
  const written = documents.find(({ message }) => message === "Email generated");
  // The job of the enrichment has taken its credit by then, or not yet.
  expect(written.data.credits_used).toBe(2);
  expect([597, 598]).toContain(written.data.credits_balance);
  const wished = documents.find(({ message }) => message === "Dashboard generated");
  expect(wished.data.credits_used).toBe(10);
  expect([587, 588]).toContain(wished.data.credits_balance);
});
