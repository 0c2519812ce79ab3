import { expect, test } from "vitest";
import { expectError } from "../support/expect-error.ts";
import { asOwner, type TestWorkspace, testWorkspace } from "../support/workspace.ts";

const JOBS = "v1-public-jobs";

/** Makes jobs as they are left by what went before; answers their ids, the oldest first. */
async function jobsIn({ id }: TestWorkspace, ...jobs: { kind: string; status?: string }[]) {
  const made: string[] = [];
  for (const { kind, status = "dead" } of jobs) {
    const [row] = await asOwner<{ id: string }>(
      `insert into crm.jobs (workspace_id, kind, status, attempts, run_at, last_error)
        values ($1, $2, $3, 5, now() + interval '1 hour', 'No such server: ünï') returning id`,
      [id, kind, status],
    );
    made.push(String(row?.id));
  }
  return made;
}

const ids = (items: { id: string }[]) => items.map(({ id }) => id);

test("jobs are listed newest first, by status and kind, without what they were given", async () => {
  const workspace = await testWorkspace();
  const [first, second, third] = await jobsIn(
    workspace,
    { kind: "mail.send" },
    { kind: "webhooks.deliver" },
    { kind: "mail.send", status: "waiting" },
  );
  const { api } = workspace;
  const all = await api.get(JOBS);
  expect(ids(all.body.data.items)).toEqual([third, second, first]);
  expect(all.body.data.pagination).toEqual({ per_page: 25, next_cursor: null });
  expect(all.body.data.items[2]).toEqual({
    id: first,
    kind: "mail.send",
    status: "dead",
    attempts: 5,
    run_at: expect.any(String),
    last_error: "No such server: ünï",
    created_at: expect.any(String),
    updated_at: expect.any(String),
  });
  const dead = await api.get(`${JOBS}?status=dead&kind=mail.send`);
  expect(ids(dead.body.data.items)).toEqual([first]);
});

test("a page goes on behind the one before, also when jobs are made meanwhile", async () => {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const made = await jobsIn(workspace, ...Array.from({ length: 3 }, () => ({ kind: "a.kind" })));
  const first = await api.get(`${JOBS}?per_page=2`);
  const { next_cursor } = first.body.data.pagination;
  await jobsIn(workspace, { kind: "a.kind" });
  const next = await api.get(`${JOBS}?per_page=2&cursor=${next_cursor}`);
  expect([...ids(first.body.data.items), ...ids(next.body.data.items)]).toEqual(made.toReversed());
  expect(next.body.data.pagination.next_cursor).toBeNull();
  const other = await api.get(`${JOBS}?per_page=2&kind=a.kind&cursor=${next_cursor}`);
  expectError(other, 400, "VALIDATION_ERROR");
  expect(other.body.error.details.fields).toMatchObject([{ field: "cursor" }]);
});

test("each wrong parameter is named", async () => {
  const { api } = await testWorkspace();
  const answer = await api.get(`${JOBS}?status=deed&kind=&per_page=0&page=2`);
  expectError(answer, 400, "VALIDATION_ERROR");
  expect(answer.body.error.details.fields.map(({ field }: { field: string }) => field).sort())
    .toEqual(["kind", "page", "per_page", "status"]);
});

test("a dead job is due again with all its attempts, once", async () => {
  const workspace = await testWorkspace();
  const { api } = workspace;
  const [job, other] = await jobsIn(workspace, { kind: "a.kind" }, { kind: "a.kind" });
  // Due is what a worker may take at once, so it is told by the answers alone.
  const retries = await Promise.all(
    [1, 2, 3].map(() => api.send("POST", `${JOBS}/retry?id=${job}`, {})),
  );
  expect(retries.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  const done = retries.find(({ status }) => status === 200);
  const { updated_at: run_at } = done?.body.data ?? {};
  expect(done?.body.data).toMatchObject({ id: job, status: "waiting", attempts: 0, run_at });
  const refused = retries.find(({ status }) => status === 409);
  expect(refused?.body.error.details.fields).toMatchObject([{
    field: "status",
    message: expect.stringMatching(/waiting|running/),
  }]);
  expect((await api.get(`${JOBS}?status=dead`)).body.data.items).toMatchObject([{ id: other }]);
});

test("another workspace's jobs are neither listed nor retried", async () => {
  const [workspace, stranger] = [await testWorkspace(), await testWorkspace()];
  const [job] = await jobsIn(workspace, { kind: "a.kind" });
  expect((await stranger.api.get(JOBS)).body.data.items).toEqual([]);
  const answer = await stranger.api.send("POST", `${JOBS}/retry?id=${job}`, {});
  expectError(answer, 404, "NOT_FOUND");
  expect((await workspace.api.get(JOBS)).body.data.items).toMatchObject([{ status: "dead" }]);
});

test("a dead job whose work is told as failed is not run again for nothing", async () => {
  const workspace = await testWorkspace();
  const [job] = await jobsIn(workspace, { kind: "leads.import" });
  const answer = await workspace.api.send("POST", `${JOBS}/retry?id=${job}`, {});
  expectError(answer, 409, "CONFLICT");
  expect(answer.body.error.message).toContain("begin it anew");
  const { body } = await workspace.api.get(JOBS);
  expect(body.data.items).toMatchObject([{ id: job, status: "dead" }]);
});
