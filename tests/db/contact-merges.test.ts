import { expect, test } from "vitest";
import { LEADS_OF_OTHERS } from "../../shared/db/errors.ts";
import type { Json } from "../support/api-client.ts";
import { apiDatabase, attempt, begin, besides, claimsOf, session } from "../support/as-role.ts";
import { MERGE, twoContacts } from "../support/contact-merges.ts";
import { LeadHubClient } from "../support/leadhub.ts";
import { lioUser } from "../support/lio.ts";
import { person } from "../support/lio-leads.ts";
import { asOwner, databaseUrl } from "../support/workspace.ts";

const EMAIL = "merged@person.example";
const merging = (keep: string, merge: string): [string, ...string[]] => [
  "select app.merge_contacts($1, $2, '{}')",
  keep,
  merge,
];

/** Two contacts, and what the workspace's contacts are in the end. */
async function world() {
  const made = await twoContacts();
  const contacts = () =>
    asOwner<{ id: string; email: string; title: string | null }>(
      "select id, email, title from crm.contacts where workspace_id = $1",
      [made.id],
    );
  return { ...made, contacts };
}

type World = Awaited<ReturnType<typeof world>>;

const INGESTS: Record<string, (given: World) => Promise<unknown>> = {
  "a contact": ({ api }) => api.post("v1-public-contacts", { email: EMAIL, title: "CTO" }),
  "a contact with a message": ({ api }) =>
    api.post("v1-public-contacts", { email: EMAIL, title: "CTO", message: "Hello" }),
  "a batch": ({ api }) => {
    const contacts = [{ email: EMAIL, title: "CTO" }, { email: "kept@person.example", title: "A" }];
    return api.post("v1-public-contacts-batch", { contacts });
  },
  "a lead of LeadHub": async ({ api, key }) =>
    new LeadHubClient(api.baseUrl, await key({ api: "leadhub" }))
      .post("leads", { email: EMAIL, first_name: "Jane" }),
  "a lead of LIO": async (given) =>
    (await lioUser(given)).api.post("lead/add", person({ email: EMAIL })),
};

test.each(Object.entries(INGESTS))("%s that waits for a merge goes to the kept contact", async (
  _,
  ingest,
) => {
  const given = await world();
  const { id, keep_id, merge_id, contacts } = given;
  const answer = await besides(id, merging(keep_id, merge_id), () => ingest(given));
  expect((answer as { status: number }).status).toBeOneOf([200, 201]);
  expect(await contacts()).toMatchObject([{ id: keep_id, email: "kept@person.example" }]);
});

test("a merge waits for who changes the contact, and keeps what that gave it", async () => {
  const { id, api, keep_id, merge_id, contacts } = await world();
  const change = "update crm.contacts set title = 'CTO' where workspace_id = $1 and id = $2";
  const { status } = await besides(
    id,
    [change, id, merge_id],
    () => api.post(MERGE, { keep_id, merge_id }),
  );
  expect(status).toBe(200);
  expect(await contacts()).toMatchObject([{ id: keep_id, title: "CTO" }]);
});

test("a deal that is being linked to the contact moves with it; a later link is refused", async () => {
  const { id, api, keep_id, merge_id } = await world();
  const link = "insert into crm.deals (title, contact_id) values ('Licence', $1)";
  const { body } = await besides(
    id,
    [link, merge_id],
    () => api.post(MERGE, { keep_id, merge_id }),
  );
  expect(body.data.merge.moved.deals).toBe(1);
  const late = await api.post("v1-public-deals", { title: "Late", contact_id: merge_id });
  expect([late.status, late.body.error.details.fields[0].field]).toEqual([400, "contact_id"]);
});

test("a deal that waits for a merge is told that the contact is gone", async () => {
  const { id, api, keep_id, merge_id } = await world();
  const { status } = await besides(
    id,
    merging(keep_id, merge_id),
    () => api.post("v1-public-deals", { title: "Licence", contact_id: merge_id }),
  );
  expect(status).toBe(400);
});

test("of merges of a pair from both ends at once one is done", async () => {
  const { api, id, keep_id, merge_id, contacts } = await world();
  const both = [{ keep_id, merge_id }, { keep_id: merge_id, merge_id: keep_id }];
  const bodies = Array.from({ length: 6 }, (_, i) => both[i % 2]);
  const answers = await Promise.all(bodies.map((body) => api.post(MERGE, body)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404, 404, 404, 404, 404]);
  const [only, ...more] = await contacts();
  expect(more).toEqual([]);
  const addresses = await asOwner(
    "select contact_id, email from crm.contact_addresses where workspace_id = $1",
    [id],
  );
  expect(addresses).toEqual([{
    contact_id: only?.id,
    email: expect.not.stringMatching(
      String(only?.email),
    ),
  }]);
});

test("of many undoings at once one is done", async () => {
  const { api, merge, contacts } = await world();
  const { merge: { id } } = await merge();
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => api.send("POST", `${MERGE}/undo?id=${id}`, {})),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409, 409, 409]);
  expect(await contacts()).toHaveLength(2);
});

test("a merge that breaks off half-way leaves nothing", async () => {
  const { id, keep_id, merge_id, contacts } = await world();
  const before = await contacts();
  const broken = await session(databaseUrl("adminUrl"));
  await begin(broken, id);
  await broken.query(...merged(keep_id, merge_id));
  const { rows: [{ pid }] } = await broken.query("select pg_backend_pid() as pid");
  await asOwner("select pg_terminate_backend($1, 60000)", [pid]);
  expect(await contacts()).toEqual(before);
  expect(await asOwner("select from crm.contact_merges where workspace_id = $1", [id])).toEqual([]);
});

test("a Rep merges contacts whose leads are the own or nobody's, and no others", async () => {
  const { id, keep_id, merge_id } = await world();
  const [{ api: _, ...rep }, admin] = [
    await lioUser({ id }, "rep"),
    await lioUser({ id }, "admin"),
  ];
  const claims = { ...claimsOf(id), sub: rep.id, user_role: "rep" as const };
  const [lead] = await asOwner<{ id: string }>(
    `insert into crm.leads (workspace_id, contact_id, assigned_to, pipeline_id)
     select $1, $2, $3, p.id from crm.pipelines p where p.workspace_id = $1 and p.is_default
     returning id`,
    [id, merge_id, admin.id],
  );
  const database = apiDatabase();
  const merge = {
    text: "select id, moved from app.merge_contacts($1, $2, '{}')",
    values: [keep_id, merge_id],
  };
  expect(await attempt(database, claims, merge)).toBe(LEADS_OF_OTHERS);
  await asOwner("update crm.leads set assigned_to = $2 where id = $1", [lead?.id, rep.id]);
  const [done] = await attempt(database, claims, merge) as Json[];
  expect(done?.moved.leads).toBe(1);
  await asOwner("update crm.leads set assigned_to = $2 where id = $1", [lead?.id, admin.id]);
  const undo = { text: "select id from app.undo_merge($1)", values: [done?.id] };
  expect(await attempt(database, claims, undo)).toBe(LEADS_OF_OTHERS);
});

function merged(keep: string, merge: string): [string, string[]] {
  const [text, ...values] = merging(keep, merge);
  return [text, values];
}
