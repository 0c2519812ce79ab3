import { beforeEach, expect, test } from "vitest";
import type { Database } from "../../shared/db/database.ts";
import { connectApp } from "../support/connected-accounts.ts";
import { apiDatabase } from "../support/as-role.ts";
import { runOne } from "../support/hubspot-imports.ts";
import { endLeases, jobsOf, noJobs, taken } from "../support/jobs.ts";
import { lioUser } from "../support/lio.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { ratelimited, SLACK_TOKEN, slackApi } from "../support/providers/slack-api.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownMigratedDatabase();
beforeEach(noJobs);

/** A workspace of two users whose organisation has connected Slack, in a channel unless told otherwise. */
async function slackWorld(settings: Record<string, unknown> = { channel: "#general" }) {
  const api = await slackApi();
  const { id } = await testWorkspace();
  const users = [(await lioUser({ id })).id, (await lioUser({ id }, "rep")).id];
  await connectApp(id, "slack", { credentials: { access_token: SLACK_TOKEN }, settings });
  const database = apiDatabase();
  const tell = (title: string, body: string | null = null) =>
    asOwner(
      `insert into crm.notifications (workspace_id, user_id, type, title, body)
       select $1, unnest($2::uuid[]), 'system', $3, $4`,
      [id, users, title, body],
    );
  const next = async () => {
    await asOwner("update crm.jobs set run_at = now() where status = 'waiting'");
    return (await taken(database))[0];
  };
  const run = async (at: Database = database, job = next()) =>
    await runOne(at, await job, { SLACK_API_URL: api.url });
  const waiting = async () => (await asOwner(
    "select title, begun_at from crm.slack_messages where workspace_id = $1",
    [id],
  ));
  const app = async () =>
    (await asOwner("select status from crm.connected_accounts where workspace_id = $1", [id]))[0];
  return { api, id, tell, next, run, waiting, app };
}

/** A database that is gone once a run has written so often. */
function goneAfter(database: Database, writes: number): Database {
  let left = writes;
  return new Proxy(database, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== "function") return value;
      return (...given: unknown[]) => {
        if (name === "write" && left-- <= 0) return Promise.reject(new Error("killed"));
        return value.apply(target, given);
      };
    },
  });
}

test("who are told the same at once are told in one message, as it is", async () => {
  const { api, id, tell, run, waiting } = await slackWorld();
  await tell("Jane <jane@acme.com> & Co. asked for a demo", "Now *here*");
  expect(await run()).toBe("done");
  const text =
    "Jane Roe, Jane Roe: Jane &lt;jane@acme.com&gt; &amp; Co. asked for a demo\nNow *here*";
  expect(api.posts).toMatchObject([{ channel: "C012AB3CD", text }]);
  expect(await jobsOf(id)).toEqual([]);
  expect(await waiting()).toEqual([]);
});

test("without a channel, or with a token that is refused, nobody is told in Slack", async () => {
  const silent = await slackWorld({});
  await silent.tell("Hello");
  expect(await jobsOf(silent.id)).toEqual([]);

  const { api, id, tell, run, app } = await slackWorld();
  api.tokens.clear();
  await tell("Hello");
  expect(await run()).toBe("done");
  expect(await app()).toEqual({ status: "error" });
  await tell("Hello again");
  expect(await jobsOf(id)).toEqual([]);
});

test("a message that Slack has no time for is posted later, once", async () => {
  const { api, tell, run, waiting } = await slackWorld();
  api.mishaps.push(ratelimited(30));
  await tell("Hello");
  expect(await run()).toBe("retry");
  expect(await waiting()).toEqual([{ title: "Hello", begun_at: null }]);
  expect(await run()).toBe("done");
  expect(api.posts).toHaveLength(1);
});

test.each([["cut off", { cut: "after" }], ["status 500", { after: { status: 500 } }]] as const)(
  "a message that Slack may have is not posted again: %s",
  async (_, mishap) => {
    const { api, id, tell, run, waiting } = await slackWorld();
    api.mishaps.push(mishap);
    await tell("Hello");
    expect(await run()).toBe("done");
    expect([api.posts.length, await waiting(), await jobsOf(id)]).toEqual([1, [], []]);
  },
);

test("a process that ends between Slack's answer and its writing doubles nothing", async () => {
  const { api, id, tell, next, run, waiting } = await slackWorld();
  await tell("Hello");
  const job = await next();
  // Its first write is that the message is begun.
  await expect(run(goneAfter(apiDatabase(), 1), Promise.resolve(job))).rejects.toThrow("killed");
  expect(api.posts).toHaveLength(1);
  await endLeases();
  expect(await run()).toBe("done");
  expect([api.posts.length, await waiting(), await jobsOf(id)]).toEqual([1, [], []]);
});
