import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { crmHttp, type CrmWorld, expectRefused } from "../support/crm-http.ts";
import { asOwner } from "../support/workspace.ts";

const ADD = "prospecting/add-to-marketing-list";

interface ListWorld extends CrmWorld {
  listId: string;
  contact(email: string | null, more?: object): Promise<string>;
  /** Adds to the list; the counts without the list's id. */
  add(selection: object): Promise<object>;
}

async function listWorld(): Promise<ListWorld> {
  const world = await crmHttp();
  const [list] = await asOwner<{ id: string }>(
    "insert into crm.marketing_lists (workspace_id, name) values ($1, 'Spring') returning id",
    [world.id],
  );
  const listId = list!.id;
  return {
    ...world,
    listId,
    contact: async (email, more = {}) => (await world.api.made("contacts", { email, ...more })).id,
    async add(selection) {
      const { status, body, text } = await world.api.post(ADD, { listId, ...selection });
      expect(status, text).toBe(200);
      const { listId: told, ...counts } = body;
      expect(told).toBe(listId);
      expect(Object.keys(counts))
        .toEqual(["added", "alreadyOnList", "suppressed", "notFound", "total"]);
      return counts;
    },
  };
}

const counts = (added: number, alreadyOnList: number, suppressed: number, total: number) => ({
  added,
  alreadyOnList,
  suppressed,
  notFound: [],
  total,
});

test("nobody is selected by nothing, and all is added once", async () => {
  const { api, contact, add } = await listWorld();
  expect(await add({})).toEqual(counts(0, 0, 0, 0));
  expect(await add({ contactIds: null, leadIds: [], filter: null })).toEqual(counts(0, 0, 0, 0));
  const [ada, bob, cy, dee] = [
    await contact("ada@example.com"),
    await contact("bob@example.com"),
    await contact(null),
    await contact("dee@example.com", { unsubscribed: true }),
  ];
  const lead = async (contactId: string | null) =>
    (await api.made("leads", { title: "D", contactId })).id;
  const contactIds = [ada, ada, cy, dee];
  expect(await add({ contactIds })).toEqual(counts(1, 0, 2, 1));
  expect(await add({ contactIds })).toEqual(counts(0, 1, 2, 1));
  const leadIds = [await lead(ada), await lead(bob), await lead(bob), await lead(null)];
  expect(await add({ contactIds, leadIds })).toEqual(counts(1, 1, 2, 2));
  expect(await add({ contactIds, leadIds })).toEqual(counts(0, 2, 2, 2));
  await api.changed(`contacts/${dee}`, { unsubscribed: false });
  expect(await add({ contactIds: [dee] })).toEqual(counts(1, 0, 0, 3));
  await api.delete(`contacts/${ada}`);
  expect(await add({ contactIds: [bob] })).toEqual(counts(0, 1, 0, 2));
});

test("ids that lead nowhere are told, each once, and the others added", async () => {
  const [{ api, contact, add }, other] = [await listWorld(), await listWorld()];
  const ada = await contact("ada@example.com");
  const foreign = await other.contact("eve@example.com");
  const [none, gone] = [randomUUID(), randomUUID()];
  const lead = (await other.api.made("leads", { title: "D" })).id;
  expect(await add({ contactIds: [none, ada, foreign, none], leadIds: [gone, lead] }))
    .toEqual({ ...counts(1, 0, 0, 1), notFound: [none, foreign, gone, lead] });
  expect((await api.read("contacts")).total).toBe(1);
});

test("a filter selects by words, company and what that is", async () => {
  const { api, contact, add } = await listWorld();
  const company = async (name: string, relationship: string) =>
    (await api.made("companies", { name, relationship })).id;
  const [acme, zeta] = [await company("Acme", "customer"), await company("Zeta", "both")];
  await contact("ada@x.com", { firstName: "Ada", companyId: acme, phone: "+14155550100" });
  await contact("bob@x.com", { firstName: "Bob 100%", companyId: zeta });
  await contact("cy@x.com", { firstName: "Cy" });
  const filtered = (filter: object) => add({ filter });
  expect(await filtered({ search: "nobody" })).toEqual(counts(0, 0, 0, 0));
  expect(await filtered({ search: "4155550100" })).toEqual(counts(0, 0, 0, 0));
  expect(await filtered({ companyId: randomUUID() })).toEqual(counts(0, 0, 0, 0));
  expect(await filtered({ relationship: "vendor" })).toEqual(counts(0, 0, 0, 0));
  expect(await filtered({ companyId: acme, relationship: "both" })).toEqual(counts(0, 0, 0, 0));
  expect(await filtered({ search: "ADA x.com", companyId: acme, relationship: "customer" }))
    .toEqual(counts(1, 0, 0, 1));
  expect(await filtered({ search: "100%", companyId: null })).toEqual(counts(1, 0, 0, 2));
  expect(await filtered({ search: "x.com" })).toEqual(counts(1, 2, 0, 3));
});

test("what is wrong is told, and a list that is not there", async () => {
  const { api, listId } = await listWorld();
  const none = randomUUID();
  expectRefused(await api.post(ADD, { listId: none }), 404, `No marketing list with id ${none}.`);
  expect((await api.post(ADD, {})).body.error).toMatch(/^listId: /);
  const { status, body } = await api.post(ADD, {
    listId: 5,
    contactIds: ["x"],
    leadIds: "x",
    filter: { search: 5, companyId: "x", relationship: "friend", word: "x" },
    list: 1,
  });
  expect(status).toBe(400);
  const fields = ["listId", "contactIds[0]", "leadIds", "list"];
  const inFilter = ["search", "companyId", "relationship", "word"].map((one) => `filter.${one}`);
  for (const field of [...fields, ...inFilter]) expect(body.error).toContain(`${field}: `);
  const ids = (n: number) => Array.from({ length: n }, () => randomUUID());
  const { body: { notFound } } = await api.post(ADD, {
    listId,
    contactIds: ids(600),
    leadIds: ids(400),
  });
  expect(notFound).toHaveLength(1_000);
  const most = "contactIds: Must be at most 1000 contactIds and leadIds together.";
  expectRefused(
    await api.post(ADD, { listId, contactIds: ids(601), leadIds: ids(400) }),
    400,
    most,
  );
});

test("whoever adds at once adds each contact once, while some are deleted", async () => {
  const { api, id, listId, add } = await listWorld();
  const contacts = await asOwner<{ id: string }>(
    `insert into crm.contacts (workspace_id, email)
      select $1, n || '@example.com' from generate_series(1, 120) n returning id`,
    [id],
  );
  const ids = contacts.map((one) => one.id);
  const answers = await Promise.all([
    ...Array.from(
      { length: 12 },
      (_, i) => api.post(ADD, { listId, contactIds: ids.slice(i * 5, i * 5 + 60) }),
    ),
    ...ids.slice(0, 30).map((one) => api.delete(`contacts/${one}`)),
  ]);
  const added = answers.slice(0, 12);
  for (const { status, text } of answers) expect([200, 204], text).toContain(status);
  const members = await asOwner(
    "select from crm.marketing_list_members where workspace_id = $1 and list_id = $2",
    [id, listId],
  );
  const sum = added.reduce((all, { body }) => all + body.added, 0);
  expect(sum).toBeGreaterThanOrEqual(members.length);
  expect(members).toHaveLength(85);
  expect(await add({ contactIds: ids.slice(30, 115) })).toEqual(counts(0, 85, 0, 85));
});
