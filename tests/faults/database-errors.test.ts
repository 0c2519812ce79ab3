import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testGateway } from "../support/gateway.ts";
import { ownCluster } from "../support/own-cluster.ts";
import {
  asOwner,
  databaseUrl,
  eventually,
  type TestWorkspace,
  testWorkspace,
} from "../support/workspace.ts";
import { expectExactCounts, recordsOf } from "./accounting.ts";
import { tell } from "./form.ts";

ownCluster();

// A sequence keeps counting when a transaction is undone, so it counts the tries.
const TROUBLE = `
  create sequence public.tries;
  grant usage on public.tries to public;
  create function public.trouble() returns trigger language plpgsql security definer as $$
  declare
    v_asked text[] := regexp_match(to_jsonb(new) ->> tg_argv[0], '^SQLSTATE (\\S{5}) (\\d+)');
  begin
    if v_asked is not null and nextval('public.tries') <= v_asked[2]::int then
      raise exception 'secret detail of the server' using errcode = v_asked[1];
    end if;
    return null;
  end $$;
  create trigger trouble after insert on crm.deals
    for each row execute function public.trouble('title');
  create trigger trouble after insert on crm.activities
    for each row execute function public.trouble('description');`;
const ALWAYS = 99;
const DEALS = "v1-public-deals";

const told = {
  "refused whole, with 503": 0,
  "tried again at most": 0,
  "not seen by the client": 0,
};

beforeAll(async () => void await asOwner(TROUBLE));
afterAll(() => tell("errors of PostgreSQL", { "kinds of error": 9, ...told }));

async function world(): Promise<TestWorkspace> {
  const { url } = await testGateway({}, databaseUrl("apiUrl"));
  await asOwner("alter sequence public.tries restart");
  return await testWorkspace({}, url);
}

/** A contact whose message, the last thing written, fails so many times. */
const ingest = (code: string, times: number) => ({
  email: "jane@example.com",
  company_name: "Acme",
  message: `SQLSTATE ${code} ${times}`,
});
const deal = (code: string, times: number) => ({ title: `SQLSTATE ${code} ${times}` });
const NOTHING = {
  contacts: 0,
  activities: 0,
  companies: 0,
  deals: 0,
  invoices: 0,
  connector_deliveries: 0,
};

/** Expects 503 to whatever is written, nothing kept of it, and a retry of it to work. */
async function expectRefusedWhole(code: string, tries: number): Promise<void> {
  const { api, id } = await world();
  const writes = [
    ["v1-public-contacts", ingest(code, ALWAYS)],
    [DEALS, deal(code, ALWAYS)],
    ["v1-public-deals-batch", {
      items: [{ data: { title: "Good" } }, { data: deal(code, ALWAYS) }],
    }],
    ["v1-public-contacts-batch", { contacts: [{ email: "a@b.com" }, ingest(code, ALWAYS)] }],
  ] as const;
  for (const [path, body] of writes) {
    for (const headers of [undefined, { "idempotency-key": `of ${path}` }]) {
      await asOwner("alter sequence public.tries restart");
      const answer = await api.post(path, body, headers);
      expect([path, answer.status, answer.body.error.code]).toEqual(
        [path, 503, "SERVICE_UNAVAILABLE"],
      );
      expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(answer.text).not.toContain("secret detail");
      const [counted] = await asOwner("select last_value::int as tries from public.tries");
      expect([path, counted]).toEqual([path, { tries }]);
      told["refused whole, with 503"]++;
      told["tried again at most"] = Math.max(told["tried again at most"], tries - 1);
    }
  }
  expect(await recordsOf(id)).toEqual(NOTHING);
  await expectExactCounts(id);
  await asOwner("select setval('public.tries', $1)", [ALWAYS]);
  const retried = await api.post(DEALS, deal(code, ALWAYS), {
    "idempotency-key": "of v1-public-deals",
  });
  expect([retried.status, retried.headers.get("idempotency-replayed")]).toEqual([201, null]);
}

test.each([
  ["53100", "disk full"],
  ["53200", "out of memory"],
  ["53300", "too many connections"],
  ["57014", "a statement that took too long"],
  ["55P03", "a lock that took too long"],
  ["58030", "an input or output error"],
  ["57P01", "a server that shuts down"],
])("%s (%s) answers 503 at once and leaves nothing behind", async (code) => {
  await expectRefusedWhole(code, 1);
});

test.each([["40001", "serialization"], ["40P01", "deadlock"]])(
  "%s (%s) is tried again twice, then answers 503 and leaves nothing behind",
  async (code) => {
    await expectRefusedWhole(code, 3);
  },
);

describe.each([["40001", "serialization"], ["40P01", "deadlock"]])("%s (%s)", (code) => {
  test.each([1, 2])("that passes after %i tries is not seen by the client", async (times) => {
    const { api, id } = await world();
    const made = await api.post(DEALS, deal(code, times));
    expect([made.status, made.body.data.title]).toEqual([201, deal(code, times).title]);
    await asOwner("alter sequence public.tries restart");
    const ingested = await api.post("v1-public-contacts", ingest(code, times));
    expect([ingested.status, ingested.body.data.created]).toEqual([201, true]);
    expect(await recordsOf(id)).toMatchObject({ contacts: 1, activities: 1, deals: 1 });
    await expectExactCounts(id);
    told["not seen by the client"] += 2;
  });
});

// Hosts make a database read-only when its disk is nearly full. Looking up a key and counting a
// request write too, so reads cannot go on.
test("a database that only reads answers 503", async () => {
  await asOwner("alter role lumenbase_api set default_transaction_read_only = on");
  try {
    const { url } = await testGateway({}, databaseUrl("apiUrl"));
    const { api } = await testWorkspace({}, url);
    for (const send of [() => api.get(DEALS), () => api.post(DEALS, { title: "Not now" })]) {
      const { status, body } = await send();
      expect([status, body.error.code]).toEqual([503, "SERVICE_UNAVAILABLE"]);
    }
  } finally {
    await asOwner("alter role lumenbase_api reset default_transaction_read_only");
  }
});

test("no connection left for the role answers 503, and the next request after it works", async () => {
  const { url } = await testGateway({ LUMENBASE_POOL_SIZE: "2" }, databaseUrl("apiUrl"));
  const { api } = await testWorkspace({}, url);
  const connected = "select from pg_stat_activity where usename = 'lumenbase_api'";
  await eventually(async () => (await asOwner(connected)).length === 0);
  await asOwner("alter role lumenbase_api connection limit 1");
  const holder = new pg.Client({ connectionString: databaseUrl("apiUrl") });
  await holder.connect();
  const refused = await api.get(DEALS);
  await holder.end();
  await asOwner("alter role lumenbase_api connection limit -1");
  expect([refused.status, refused.body.error.code]).toEqual([503, "SERVICE_UNAVAILABLE"]);
  expect((await api.get(DEALS)).status).toBe(200);
});
