import { expect, test } from "vitest";
import { logRequests } from "../support/logged.ts";
import { openNextMinute } from "../support/rate-windows.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

type Limit = Record<string, unknown>;

async function usageOf(api: Awaited<ReturnType<typeof testWorkspace>>["api"]) {
  const { status, body, text } = await api.get("v1-public-usage");
  expect(status, text).toBe(200);
  return body.data as { limits: Limit[]; hours: Limit[] };
}

test("each limit is told with what is used of it", async () => {
  const workspace = await testWorkspace({ requests_per_minute: 500, contacts_per_day: 40 });
  const { api, id } = workspace;
  await openNextMinute(asOwner, id, 30);
  const connector = await api.post("v1-public-connectors", {
    name: "Form",
    target: "contact",
    field_map: { email: "email" },
    requests_per_minute: 7,
  });
  const website = await workspace.newKey({ api: "leadhub", name: "Website", rateLimit: 50 });
  const sales = await workspace.newKey({ api: "crm", name: "Sales" });
  await workspace.key({ api: "crm", name: "Over", expiresAt: new Date(Date.now() - 1_000) });
  // A window that is under way, and one that has ended.
  await asOwner(
    `insert into crm.rate_windows (subject, window_start, seconds, requests)
      values ($1, now(), 3600, 9), ($2, now() - interval '1 hour', 60, 5)`,
    [website.id, sales.id],
  );
  await workspace.key({ api: "crm", name: "Gone", revokedAt: new Date() });
  const contacts = [{ email: "a@example.com" }, { email: "b@example.com" }];
  await api.post("v1-public-contacts-batch", { contacts });
  const { limits } = await usageOf(api);
  const told = limits.map(({ kind, name, api: of, limit, seconds }) =>
    [kind, name, of, limit, seconds].join(" ")
  );
  expect(told.toSorted()).toEqual([
    "connector Form  7 60",
    "key Sales crm 600 60",
    "key Website leadhub 50 3600",
    "workspace activities_per_day  50000 86400",
    "workspace contacts_per_day  40 86400",
    "workspace requests_per_minute  500 60",
  ]);
  const used = Object.fromEntries(limits.map(({ name, used: n }) => [name, n]));
  expect(used).toMatchObject({
    contacts_per_day: 2,
    activities_per_day: 0,
    Form: 0,
    Website: 9,
    Sales: 0,
  });
  expect(used.requests_per_minute).toBeGreaterThan(30);
  expect(limits.find(({ kind }) => kind === "connector")?.id).toBe(connector.body.data.id);
});

test("the requests of each hour of 7 days are counted", async () => {
  const { api, id } = await testWorkspace();
  const [{ hour, minutes }] = await asOwner<{ hour: string; minutes: number }>(
    `select to_char(date_trunc('hour', now() at time zone 'UTC') - interval '2 hours',
        'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as hour,
      extract(minute from now())::int as minutes`,
  ) as [{ hour: string; minutes: number }];
  const hours = 2 + (minutes - 30) / 60;
  await logRequests(id, [
    { hours, status: 200 },
    { hours, status: 404 },
    { hours, status: 500 },
    { hours: 24 * 9 },
  ]);
  const { hours: told } = await usageOf(api);
  expect(told.filter(({ at }) => at === hour)).toEqual([{ at: hour, requests: 3, errors: 2 }]);
  const oldest = Date.now() - 7.1 * 86_400_000;
  expect(told.every(({ at }) => Date.parse(String(at)) > oldest)).toBe(true);
});
