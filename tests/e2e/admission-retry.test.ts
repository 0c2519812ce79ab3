import { expect, test } from "vitest";
import { testGateway } from "../support/gateway.ts";
import { migratedDatabase } from "../support/own-migrated-database.ts";
import { dealsOf, requestsOf, useRequests, WRITES } from "../support/counted-writes.ts";
import { afterwards, asOwner, testWorkspace, useDatabase } from "../support/workspace.ts";

const LIMIT = 100;
const DEALS = "v1-public-deals";

/**
 * A workspace with a deal in a database of its own, where the next changes of deals fail as writes do that
 * met another one (SQLSTATE 40001). A sequence counts them: a rollback does not take that back.
 */
async function meetingOthers(failures: number) {
  const { owner, ownerUrl, apiUrl, drop } = await migratedDatabase();
  afterwards(drop);
  afterwards(useDatabase(ownerUrl, apiUrl));
  const { url } = await testGateway({}, apiUrl);
  const workspace = await testWorkspace({ requests_per_minute: LIMIT }, url);
  const { body } = await workspace.api.post(DEALS, { title: "There" });
  await owner.query(`
    create sequence public.tries;
    grant usage on sequence public.tries to lumenbase_api;
    create function public.meet_others() returns trigger language plpgsql as $$
    begin
      if nextval('public.tries') <= ${failures} then
        raise exception 'another write came first' using errcode = '40001';
      end if;
      return null;
    end $$;
    create trigger meet_others after insert or update or delete on crm.deals
      for each statement execute function public.meet_others()`);
  await useRequests(workspace.id, 10);
  return { ...workspace, deal: String(body.data.id) };
}

test.each(WRITES)("$name that is tried again is counted once, and done once", async (write) => {
  const { api, id, deal } = await meetingOthers(1);
  const answer = await write.send(api, deal);
  expect(answer.status < 300, answer.text).toBe(true);
  expect(answer.headers.get("x-ratelimit-remaining")).toBe(String(LIMIT - 11));
  const [tries] = await asOwner<{ last_value: string }>("select last_value from public.tries");
  expect(Number(tries?.last_value)).toBe(2);
  expect([await requestsOf(id), await dealsOf(id)]).toEqual([11, 1 + write.made]);
});

test("a write that meets others each time is counted once, and changes nothing", async () => {
  const { api, id, deal } = await meetingOthers(1_000);
  const answer = await api.patch(`${DEALS}?id=${deal}`, { title: "Changed" });
  expect([answer.status, await requestsOf(id), await dealsOf(id, "There")]).toEqual([503, 11, 1]);
});
