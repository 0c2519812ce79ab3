import { afterAll, expect, test } from "vitest";
import { ApiClient } from "../support/api-client.ts";
import { openNextMinute } from "../support/rate-windows.ts";
import { asOwner, type Limits, type TestWorkspace, testWorkspace } from "../support/workspace.ts";
import { tell } from "./form.ts";
import {
  bracketed,
  HOUR,
  type ShiftedGateway,
  shiftedGateway,
  SKEWS,
} from "./shifted-clock-gateway.ts";

const CONTACTS = "v1-public-contacts";
const DEALS = "v1-public-deals";
const gateways = new Map<number, Promise<ShiftedGateway>>();
let checked = 0;

afterAll(async () => {
  const started = await Promise.all(gateways.values());
  await Promise.all(started.map((gateway) => gateway.stop()));
  tell("clock skew: limits", { checked, wrong: 0 });
});

/** The address of functions whose clock is wrong by so many milliseconds. */
async function urlOf(shift: number): Promise<string> {
  const starting = gateways.get(shift) ?? shiftedGateway(shift);
  gateways.set(shift, starting);
  return (await starting).url;
}

/** A workspace that is reached through such functions. */
async function workspaceOf(shift: number, limits: Limits = {}): Promise<TestWorkspace> {
  return await testWorkspace(limits, await urlOf(shift));
}

test.each(SKEWS)("a clock %s: how long the database's minute lasts is told", async (_, shift) => {
  const { api, id } = await workspaceOf(shift, { requests_per_minute: 3 });
  await openNextMinute(asOwner, id);
  for (const status of [200, 200, 200, 429, 429]) {
    const { before, result, after } = await bracketed(() => api.get(DEALS));
    expect(result.status).toBe(status);
    const reset = Number(result.headers.get("x-ratelimit-reset"));
    expect(reset % 60).toBe(0);
    const left = Number(/t=(\d+)$/.exec(result.headers.get("ratelimit") ?? "")?.[1]);
    const told = status === 429 ? [left, Number(result.headers.get("retry-after"))] : [left];
    for (const seconds of told) {
      expect(seconds).toBeGreaterThanOrEqual(Math.ceil(reset - after / 1000) - 1);
      expect(seconds).toBeLessThanOrEqual(Math.ceil(reset - before / 1000) + 1);
    }
    checked += told.length;
  }
});

test.each(SKEWS)("a clock %s: how long the database's day lasts is told", async (_, shift) => {
  const { api, id } = await workspaceOf(shift, { contacts_per_day: 1 });
  expect((await api.post(CONTACTS, { email: "a@example.com" })).status).toBe(201);
  for (
    const [path, body] of [
      [CONTACTS, { email: "b@example.com" }],
      [`${CONTACTS}-batch`, { contacts: [{ email: "b@example.com" }] }],
    ] as const
  ) {
    const { before, result, after } = await bracketed(() => api.post(path, body));
    expect([result.status, result.body.error.details.limit]).toEqual([429, "contacts_per_day"]);
    const seconds = Number(result.headers.get("retry-after"));
    const midnight = (Math.floor(before / (24 * HOUR)) + 1) * 24 * HOUR;
    expect(seconds).toBeGreaterThanOrEqual(Math.floor((midnight - after) / 1000) - 1);
    expect(seconds).toBeLessThanOrEqual(Math.ceil((midnight - before) / 1000) + 1);
  }
  const days = await asOwner(
    `select (day = (now() at time zone 'UTC')::date) as today from crm.daily_usage
        where workspace_id = $1 and contacts > 0`,
    [id],
  );
  expect(days).toEqual([{ today: true }]);
  checked++;
});

test("functions whose clocks are two days apart never exceed a limit together", async () => {
  const limit = 250;
  const { api, id } = await workspaceOf(24 * HOUR, { requests_per_minute: limit });
  await openNextMinute(asOwner, id);
  const clients = [api, new ApiClient(await urlOf(-24 * HOUR), api.key)];
  const statuses: number[] = [];
  const queue = Array.from({ length: limit + 80 }, (_, i) => clients[i % 2]!).values();
  await Promise.all(Array.from({ length: 16 }, async () => {
    for (const client of queue) statuses.push((await client.get(DEALS)).status);
  }));
  const passed = statuses.filter((status) => status === 200).length;
  expect(passed).toBeLessThanOrEqual(limit);
  expect(passed).toBeGreaterThan(limit / 2);
  expect(new Set(statuses)).toEqual(new Set([200, 429]));
});

test("an invoice is numbered in the database's year", async () => {
  const { api } = await workspaceOf(400 * 24 * HOUR);
  const { body } = await api.post("v1-public-invoices", { notes: "Of this year" });
  const year = body.data.created_at.slice(0, 4);
  expect(body.data.invoice_number).toBe(`INV-${year}-001`);
});
