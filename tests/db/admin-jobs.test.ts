import { expect, test } from "vitest";
import { type JobFilter, listJobs } from "../../supabase/local/admin/jobs.ts";
import { admin, adminJson } from "../support/admin-cli.ts";
import { session } from "../support/as-role.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { asOwner, databaseUrl, testWorkspace } from "../support/workspace.ts";

// A worker would do those that are retried.
ownMigratedDatabase();

/** A workspace with jobs, by kind. */
async function someJobs() {
  const { id, slug } = await testWorkspace();
  const rows = await asOwner<{ id: string; kind: string }>(
    `insert into crm.jobs
        (workspace_id, kind, status, payload, priority, attempts, run_at, last_error, lease, lease_until)
      select $1, kind, status, '{"deliveryId": 7, "Ключ": [null]}', 3, attempts, '2999-01-01T00:00:00Z',
        error, case status when 'running' then gen_random_uuid() end,
        case status when 'running' then '2999-01-01'::timestamptz end
      from (values (1, 'mail.send', 'waiting', 0, null), (2, 'a.run', 'running', 1, null),
        (3, 'mail.send', 'dead', 5, E'It answered\\n550.'), (4, 'a.run', 'dead', 9, null)
      ) given (place, kind, status, attempts, error) order by place
      returning id, kind`,
    [id],
  );
  const [waiting, running, mail, run] = rows.map((row) => row.id) as [
    string,
    string,
    string,
    string,
  ];
  return { id, slug, waiting, running, mail, run };
}

const list = async (filter: JobFilter, most = 1000): Promise<string[]> =>
  (await listJobs(await session(databaseUrl("adminUrl")), filter, most)).map(({ id }) => id);

test("jobs are listed, newest first, by workspace, status and kind", async () => {
  const { slug, waiting, running, mail, run } = await someJobs();
  const workspace = slug;
  expect(await list({ workspace })).toEqual([run, mail, running, waiting]);
  expect(await list({ workspace }, 2)).toEqual([run, mail]);
  expect(await list({ workspace, status: "dead" })).toEqual([run, mail]);
  expect(await list({ workspace, kind: "mail.send" })).toEqual([mail, waiting]);
  expect(await list({ workspace, kind: "mail.send", status: "running" })).toEqual([]);
  expect(await list({ kind: "a.run" })).toEqual(expect.arrayContaining([run, running]));
  const of = ["--workspace", slug];
  const { jobs } = await adminJson(["jobs", "list", ...of, "--limit", "1"]);
  expect(jobs).toMatchObject([{ id: run, workspace, kind: "a.run", status: "dead", attempts: 9 }]);
  const { stdout } = await admin(["jobs", "list", ...of, "--status", "dead"]);
  const [heading, ...lines] = stdout.trimEnd().split("\n");
  expect(heading).toMatch(/^DUE +WORKSPACE +KIND +STATUS +ATTEMPTS +LAST ERROR +ID$/);
  // What a terminal would obey is not printed as it is.
  expect(lines[1]).toMatch(/^2999-01-01T00:00:00Z .* mail\.send  dead +5 +It answered.550\. +\S+$/);
  expect((await admin(["jobs", "list", ...of, "--kind", "none"])).stdout).toBe(
    "There are no such jobs.\n",
  );
  expect(await admin(["jobs", "list", "--workspace", "nowhere"])).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^There is no workspace "nowhere"/),
  });
});

test("a job is shown with its payload, as it is, and why it failed", async () => {
  const { slug, mail } = await someJobs();
  const { job } = await adminJson(["jobs", "show", mail.toUpperCase()]);
  expect(job).toEqual({
    id: mail,
    workspace: slug,
    kind: "mail.send",
    status: "dead",
    priority: 3,
    attempts: 5,
    run_at: "2999-01-01T00:00:00.000000Z",
    lease_until: null,
    last_error: "It answered\n550.",
    created_at: expect.stringMatching(/Z$/),
    updated_at: expect.stringMatching(/Z$/),
    payload: { deliveryId: 7, "Ключ": [null] },
  });
  const { stdout } = await admin(["jobs", "show", mail]);
  expect(stdout).toMatch(/^payload +\{"Ключ":\[null\],"deliveryId":7\}$/m);
  const gone = "01a2269a-2df4-7e8b-a3df-efc69f969b11";
  const refused = await admin(["jobs", "show", gone, "--json"]);
  expect([refused.code, JSON.parse(refused.stderr).error.code]).toEqual([1, "not_found"]);
});

test("a dead job is retried, and no other", async () => {
  const { id, mail, waiting, running } = await someJobs();
  for (const [one, why] of [[waiting, "waits for its turn already"], [running, "is running"]]) {
    const refused = await admin(["jobs", "retry", one!, "--json"]);
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stderr).error).toMatchObject({
      code: "conflict",
      message: expect.stringContaining(why!),
    });
  }
  const { job } = await adminJson(["jobs", "retry", mail]);
  expect(job).toMatchObject({ id: mail, status: "waiting", attempts: 0, lease_until: null });
  const text = "select run_at < now() + interval '1 hour' as due from crm.jobs where id = $1";
  expect(await asOwner(text, [mail])).toEqual([{ due: true }]);
  expect(await asOwner("select from crm.jobs where workspace_id = $1 and status = 'dead'", [id]))
    .toHaveLength(1);
});

test("all dead jobs of a workspace are retried, or those of a kind", async () => {
  const { id, slug } = await someJobs();
  const other = await someJobs();
  const all = ["jobs", "retry", "--all-dead", "--workspace", slug];
  expect(await adminJson([...all, "--kind", "mail.send"])).toEqual({ retried: 1 });
  expect((await admin(all)).stdout).toBe("1 dead job is due again.\n");
  expect((await admin(all)).stdout).toBe("0 dead jobs are due again.\n");
  // What is told as failed is begun anew, as the API says.
  const [told] = await asOwner<{ id: string }>(
    "insert into crm.jobs (workspace_id, kind, status) values ($1, 'leads.import', 'dead') returning id",
    [id],
  );
  expect((await admin(all)).stdout).toBe("0 dead jobs are due again.\n");
  for (const asked of [[...all, "--kind", "leads.import"], ["jobs", "retry", String(told?.id)]]) {
    const refused = await admin(asked);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("begin it anew")]);
  }
  expect(await list({ workspace: other.slug, status: "dead" })).toHaveLength(2);
});
