import { expect, inject, test } from "vitest";
import { begin, session, untilItWaits } from "../support/as-role.ts";
import { crmHttp, type CrmWorld } from "../support/crm-http.ts";
import { asOwner } from "../support/workspace.ts";

const ROUNDS = 12;

interface Membership {
  id: string;
  contact_id: string;
  company_id: string;
}

const pick = <T>(some: readonly T[]): T => some[Math.floor(Math.random() * some.length)]!;

async function idsOf(workspace: string, table: string, where = "true"): Promise<string[]> {
  const rows = await asOwner<{ id: string }>(
    `select id from crm.${table} where workspace_id = $1 and ${where}`,
    [workspace],
  );
  return rows.map(({ id }) => id);
}

/** Contacts whose memberships break the rules: one primary of those that are current, the contact's. */
function broken(workspace: string) {
  return asOwner(
    `select c.id, c.company_id, m.* from crm.contacts c,
      lateral (
        select count(*) filter (where ended_at is null) as current, count(*) filter (where is_primary) as firsts,
          (array_agg(company_id) filter (where is_primary))[1] as company
        from crm.company_memberships where workspace_id = c.workspace_id and contact_id = c.id) m
      where c.workspace_id = $1
        and (firsts <> least(current, 1) or company is distinct from c.company_id)`,
    [workspace],
  );
}

/** One change by some API of somebody, whom others change meanwhile. */
async function change({ id, api, native }: CrmWorld): Promise<number> {
  const [contacts, companies] = [await idsOf(id, "contacts"), await idsOf(id, "companies")];
  const memberships = await asOwner<Membership>(
    "select * from crm.company_memberships where workspace_id = $1",
    [id],
  );
  const [contact, company] = [pick(contacts), pick(companies)];
  // Not those that ingest names.
  const dying = await idsOf(id, "companies", "name like 'C%'");
  const some = memberships.length > 0 ? pick(memberships) : null;
  const path = `contacts/${some?.contact_id ?? contact}/company-memberships`;
  const known = `${path}/${some?.id ?? contact}`;
  const changes = [
    () => api.post(`contacts/${contact}/company-memberships`, { companyId: company }),
    () => api.post(path, { companyId: company, isPrimary: true }),
    () => api.patch(known, { isPrimary: true }),
    () => api.patch(known, { endedAt: new Date().toISOString() }),
    () => api.patch(known, { endedAt: null }),
    () => api.delete(known),
    () => api.patch(`contacts/${contact}`, { companyId: company, email: `${contact}@example.com` }),
    () => api.patch(`contacts/${contact}`, { companyId: null }),
    () => native.patch(`v1-public-contacts-crud?id=${contact}`, { company_id: company }),
    () => native.patch(`v1-public-contacts-crud?id=${contact}`, { company_id: null }),
    () => native.delete(`v1-public-companies?id=${pick(dying) ?? company}`),
    () => native.post("v1-public-companies", { name: "C new" }),
    () =>
      native.post("v1-public-contacts", {
        email: `${contact}@example.com`,
        company_name: pick(["One more", "Another"]),
      }),
  ];
  const { status, text } = await pick(changes)();
  expect([200, 201, 204, 400, 404, 409], text).toContain(status);
  return status;
}

test("a contact has one primary membership, whatever is changed at once by whatever API", async () => {
  const world = await crmHttp();
  await asOwner(
    `with company as (
      insert into crm.companies (workspace_id, name) select $1, 'C' || n from generate_series(1, 8) n)
    insert into crm.contacts (workspace_id, last_name) select $1, 'N' || n from generate_series(1, 3) n`,
    [world.id],
  );
  for (let round = 0; round < ROUNDS; round++) {
    await Promise.all(Array.from({ length: 12 }, () => change(world)));
    expect(await broken(world.id)).toEqual([]);
  }
  const [{ changed }] = await asOwner<{ changed: number }>(
    `select count(*)::int as changed from crm.events
      where workspace_id = $1 and resource = 'company_memberships'`,
    [world.id],
  ) as [{ changed: number }];
  expect(changed).toBeGreaterThan(3 * ROUNDS);
});

test("a company is deleted while somebody joins it: who is left has another company, or none", async () => {
  const { id, api, native } = await crmHttp();
  const company = async (name: string) => (await api.made("companies", { name })).id;
  const [kept, gone] = [await company("Kept"), await company("Gone")];
  const contact = (await api.made("contacts", { companyId: kept })).id;
  const path = `contacts/${contact}/company-memberships`;
  const deleting = await session(inject("apiUrl"));
  await begin(deleting, id);
  await deleting.query("delete from crm.companies where id = $1", [gone]);
  const joining = api.post(path, { companyId: gone, isPrimary: true });
  const setting = native.patch(`v1-public-contacts-crud?id=${contact}`, { company_id: gone });
  await deleting.query("commit");
  expect([(await joining).status, (await setting).status]).toEqual([400, 400]);
  expect(await broken(id)).toEqual([]);

  const another = await company("Another");
  await api.made(path, { companyId: another, isPrimary: true });
  const changing = await session(inject("apiUrl"));
  await begin(changing, id);
  await changing.query("select app.lock_contact($1)", [contact]);
  const other = await session(inject("apiUrl"));
  await begin(other, id);
  const deleted = other.query("delete from crm.companies where id = $1", [another]);
  await untilItWaits(other);
  await changing.query("commit");
  await deleted;
  await other.query("commit");
  expect(await broken(id)).toEqual([]);
  expect((await api.read(`contacts/${contact}`)).companyId).toBe(kept);
});

test("the memberships of contacts are looked at when their company changes, and once for all that are made", async () => {
  const { id } = await crmHttp();
  const client = await session(inject("apiUrl"));
  await begin(client, id);
  const callsOf = async (text: string): Promise<[string, number][]> => {
    const { rows } = await client.query(`explain (analyze, format json) ${text}`);
    const [{ Triggers }] = rows[0]["QUERY PLAN"];
    return Triggers.map((one: Record<string, string>) => [one["Trigger Name"], one.Calls]);
  };
  const triggersOf = async (text: string) => (await callsOf(text)).map(([name]) => name);
  await client.query("insert into crm.contacts (last_name) values ('N')");
  expect(await triggersOf("update crm.contacts set title = 'T', company_id = null"))
    .not.toContain("follow_company");
  const company = "insert into crm.companies (name) values ('C') returning id";
  const { rows: [{ id: companyId }] } = await client.query(company);
  expect(await triggersOf(`update crm.contacts set company_id = '${companyId}'`))
    .toContain("follow_company");
  const made = await callsOf(
    `insert into crm.contacts (company_id) select '${companyId}' from generate_series(1, 3)`,
  );
  expect(made).toContainEqual(["follow_first_company", 1]);
  expect(await triggersOf("update crm.contacts set title = 'U'")).not.toContain("follow_company");
  await client.query("rollback");
});
