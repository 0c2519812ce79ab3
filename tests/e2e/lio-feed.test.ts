import { expect, test } from "vitest";
import { expectLioError, expectLioFields, TIME } from "../support/lio.ts";
import { signalWorld } from "../support/lio-signals.ts";
import { withClaims } from "../support/acting-user.ts";

interface Item {
  id: number;
  event: string;
  model_type: string;
  model_id: number;
}

async function feedWorld() {
  const world = await signalWorld();
  const { id } = world.workspace;
  const { key } = await world.workspace.newKey({ api: "leadhub" });
  const leadhub = world.workspace.api.withKey(key);
  return {
    ...world,
    leadhub,
    feed: async (query = "", { api } = world.admin): Promise<Item[]> =>
      (await api.read(`feed/list${query}`)) as Item[],
    /** Runs a statement as the admin. */
    as: (text: string, ...values: unknown[]) => withClaims(id, world.admin.id, text, values),
  };
}

const events = (items: Item[]) => items.map(({ event }) => event);

test("the feed of a lead tells what its users and other APIs do, the newest first", async () => {
  const { admin, leadhub, lead, feed, as, user } = await feedWorld();
  const rep = await user("rep");
  const jane = await lead({ first_name: "Jane" });
  await as("update crm.leads set status = 'qualified' where number = $1", jane);
  await as("update crm.leads set assigned_to = $2 where number = $1", jane, rep.id);
  const path = `leadhub/api/v1/leads/${jane}`;
  expect((await leadhub.patch(path, { phone: "+4930123456" })).status).toBe(200);
  expect((await leadhub.post(`${path}/tags`, { tag: "vip" })).status).toBe(200);
  expect((await leadhub.delete(`${path}/tags/vip`)).status).toBe(200);
  await admin.api.made("v1/intent-signal", { lead_id: jane, signal_type: "link_clicked" });
  await admin.api.made("v1/intent-signal", { lead_id: jane, signal_type: "manual" });
  const { body } = await admin.api.get(`feed/list?model_type=lead&model_id=${jane}`);
  expect(body).toMatchObject({ success: true, total: 8, page: 1, limit: 10 });
  const of = { model_type: "lead", model_id: jane, created_at: TIME, id: expect.any(Number) };
  const ours = { ...of, user_id: admin.number, user_name: "Jane Roe" };
  const theirs = { ...of, user_id: null, user_name: null };
  expect(body.data).toEqual([
    { ...ours, event: "signal", title: "Signal: manual", changes: {} },
    { ...ours, event: "link_clicked", title: "Signal: link_clicked", changes: {} },
    {
      ...theirs,
      event: "updated",
      title: "Tag removed: vip",
      changes: { tags: { from: "vip", to: null } },
    },
    {
      ...theirs,
      event: "tagged",
      title: "Tag added: vip",
      changes: { tags: { from: null, to: "vip" } },
    },
    {
      ...theirs,
      event: "updated",
      title: "Updated: phone_number",
      changes: { phone_number: { from: null, to: "+4930123456" } },
    },
    {
      ...ours,
      event: "assigned",
      title: "Assigned to Jane Roe",
      changes: { assigned_to: { from: null, to: rep.number } },
    },
    {
      ...ours,
      event: "status_changed",
      title: "Status: New → Qualified",
      changes: { status: { from: 1, to: 3 } },
    },
    { ...theirs, event: "created", title: "Lead created", changes: {} },
  ]);
  const older = await feed(`?model_type=lead&model_id=${jane}&limit=3&page=3`);
  expect(events(older)).toEqual(["status_changed", "created"]);
});

test("contacts, companies and deals have a feed, with what is added to them", async () => {
  const { feed, as, workspace } = await feedWorld();
  const { api } = workspace;
  const { body } = await api.post("v1-public-contacts", { email: "hank@globex.com" });
  expect(body.success).toBe(true);
  await as("update crm.contacts set title = 'CEO'");
  await as(
    "insert into crm.activities (type, title, contact_id) select 'note', 'Called', id from crm.contacts",
  );
  await as(
    "insert into crm.activities (type, title, contact_id) select 'call', 'No note', id from crm.contacts",
  );
  await as("insert into crm.companies (name) values ('Globex')");
  await as("update crm.companies set name = 'Globex Corp'");
  await as("insert into crm.deals (title) values ('Licence')");
  await as(
    "update crm.deals set stage_id = (select s.id from crm.stages s where s.pipeline_id = deals.pipeline_id and s.id <> deals.stage_id order by s.position limit 1)",
  );
  expect(events(await feed())).toEqual([
    "stage_changed",
    "created",
    "updated",
    "created",
    "note_added",
    "updated",
    "created",
  ]);
  const contact = await feed("?model_type=contact");
  expect(events(contact)).toEqual(["note_added", "updated", "created"]);
  expect(contact[1]).toMatchObject({ changes: { designation: { from: null, to: "CEO" } } });
  const all = {
    contact,
    company: await feed("?model_type=company"),
    deal: await feed("?model_type=deal"),
  };
  for (const [model, items] of Object.entries(all)) {
    const id = items[0]?.model_id;
    expect(await feed(`?model_type=${model}&model_id=${id}`), model).toEqual(items);
  }
  expect(events(all.deal)).toEqual(["stage_changed", "created"]);
});

test("a deleted lead is told by the number that it had", async () => {
  const { feed, as, lead } = await feedWorld();
  const jane = await lead({ first_name: "Jane" });
  await as("delete from crm.leads where number = $1", jane);
  expect(await feed("?model_type=lead")).toMatchObject([
    { event: "deleted", model_id: jane },
    { event: "created", model_id: jane },
  ]);
});

test("a Rep is told of the leads that they see, and their number is theirs", async () => {
  const { admin, user, lead, feed } = await feedWorld();
  const [rep, other] = [await user("rep"), await user("rep")];
  const own = await lead({ first_name: "Own", assigned_to: rep.number });
  const hidden = await lead({ first_name: "Other", assigned_to: other.number });
  for (const lead_id of [own, hidden]) {
    await admin.api.made("v1/intent-signal", { lead_id, signal_type: "manual" });
  }
  const seen = await feed("?model_type=lead", rep);
  expect(seen.map(({ event, model_id }) => [event, model_id])).toEqual([
    ["signal", own],
    ["created", own],
  ]);
  expect((await rep.api.get("feed/list?model_type=lead")).body.total).toBe(2);
  expect(await feed(`?model_type=lead&model_id=${hidden}`, rep)).toEqual([]);
});

test("days bound the feed; what cannot be is refused, by field", async () => {
  const { admin, lead, feed, keyed } = await feedWorld();
  await lead({ first_name: "Jane" });
  const day = (ahead: number) =>
    new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  expect(events(await feed(`?start_date=${day(-1)}&end_date=${day(1)}`))).toEqual(["created"]);
  expect(await feed(`?end_date=${day(-2)}`)).toEqual([]);
  expect(await feed(`?start_date=${day(2)}`)).toEqual([]);
  const list = (query: string) => admin.api.get(`feed/list?${query}`);
  expectLioFields(await list("model_id=1"), 400, "model_type");
  expectLioFields(await list("model_type=task&model_id=x"), 400, "model_type", "model_id");
  expectLioFields(await list("page=0&sort=id"), 400, "page", "sort");
  expectLioError(
    await (await keyed()).get("feed/list"),
    401,
    "authentication_error",
    "token_missing",
  );
});
