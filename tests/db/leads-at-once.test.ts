import { expect, test } from "vitest";
import { leadsImported } from "../../shared/crm/import-jobs.ts";
import { statement } from "../../shared/db/sql.ts";
import { Workspace } from "../../shared/db/workspace.ts";
import { apiDatabase } from "../support/as-role.ts";
import { seeded } from "../support/contract-values.ts";
import { lioUser } from "../support/lio.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

type Row = Record<string, unknown>;
type Existing = "refuse" | "merge" | "duplicate";

/** A workspace whose Admin imports rows, in calls of so many. */
async function importer() {
  const { id } = await testWorkspace();
  const user = await lioUser({ id }, "admin");
  const workspace = new Workspace(apiDatabase(), {
    workspaceId: id,
    actor: { kind: "user", id: user.id },
    scopes: [],
    requestId: id,
  });
  await asOwner(
    "insert into crm.tags (workspace_id, name, is_active) values ($1, 'old', false)",
    [id],
  );
  return {
    id,
    user: user.number,
    async imported(rows: Row[], how: Existing, size: number): Promise<Row[]> {
      const answers: Row[] = [];
      for (let at = 0; at < rows.length; at += size) {
        const batch = leadsImported(rows.slice(at, at + size), how);
        const [done = []] = await workspace.write([statement(batch)]);
        answers.push(...done);
      }
      return answers;
    },
  };
}

/** All that an import leaves in a workspace, under names rather than ids. */
async function left(id: string) {
  const leads = await asOwner(
    `select l.first_name, l.last_name, l.email, l.phone, l.linkedin_url, l.status, l.source, l.priority, l.city,
       l.estimated_value, l.custom_fields, l.notes, c.name as company, u.name as assigned,
       p.email as contact, s.name as stage, array(select t.name from crm.lead_tags lt
         join crm.tags t on t.id = lt.tag_id where lt.lead_id = l.id order by t.name) as tags,
       (select count(*)::int from crm.events e where e.workspace_id = $1 and e.record_id = l.id
         and e.resource = 'leads' and e.action = 'created' and e.actor ->> 'kind' = 'user') as told
     from crm.leads l left join crm.companies c on c.id = l.company_id
       left join crm.users u on u.id = l.assigned_to left join crm.contacts p on p.id = l.contact_id
       join crm.stages s on s.id = l.stage_id
     where l.workspace_id = $1 order by l.number`,
    [id],
  );
  const contacts = await asOwner(
    `select p.email, p.first_name, p.last_name, p.phone, c.name as company,
       array(select mc.name || ' ' || m.is_primary from crm.company_memberships m
         join crm.companies mc on mc.id = m.company_id where m.contact_id = p.id order by 1) as memberships
     from crm.contacts p left join crm.companies c on c.id = p.company_id
     where p.workspace_id = $1 order by p.email`,
    [id],
  );
  const companies = await asOwner(
    "select name, domain from crm.companies where workspace_id = $1 order by name, domain",
    [id],
  );
  const [counts] = await asOwner(
    `select (select coalesce(sum(contacts), 0)::int from crm.daily_usage where workspace_id = $1) as used,
       (select sum(records)::int from crm.record_counts
         where workspace_id = $1 and resource = 'leads' and field = '') as leads`,
    [id],
  );
  return { leads, contacts, companies, counts };
}

/** A row of few values, so that rows meet each other, and what is there, in every way. */
function someRow(random: () => number, user: number): Row {
  const given = (share: number, make: () => Row) => random() < share ? make() : {};
  const n = () => Math.floor(random() * 20);
  const one = <T>(...choices: T[]) => choices[Math.floor(random() * choices.length)];
  const at = n();
  return {
    ...given(0.8, () => ({ email: `p${at}@firm${at % 5}.example` })),
    ...given(0.3, () => ({
      linkedin_url: `${one("https://www.", "http://")}linkedin.com/in/p${n()}`,
    })),
    ...given(0.5, () => ({ first_name: `First ${n()}` })),
    ...given(0.5, () => ({ last_name: `Last ${n()}` })),
    ...given(0.3, () => ({ phone: `+49301000${n()}` })),
    ...given(0.6, () => ({
      company: one("Acme", "ACME", "acme", "Globex", "Initech", "Umbrella"),
      company_domain: one("firm1.example", "firm2.example", "firm3.example", null),
    })),
    ...given(0.3, () => ({ tags: one(["vip"], ["VIP", "new"], ["fair", "vip"], [], ["Old"]) })),
    ...given(0.2, () => ({ status: one(1, 2, 3), lead_source: one(1, 2) })),
    ...given(0.3, () => ({ city: "Köln", custom_fields: { plan: `${n()}` }, priority: 3 })),
    ...given(0.2, () => ({ assigned_to: one(user, user, user, 999_999_999) })),
    ...given(0.05, () => ({ estimated_value: "-1" })),
  };
}

for (const how of ["refuse", "merge", "duplicate"] as const) {
  test(`rows at once become what they do one by one, when a lead that is there is to ${how}`, async () => {
    for (let round = 0; round < 3; round++) {
      const [once, singly] = [await importer(), await importer()];
      const rowsFor = (user: number, count: number, text: string) => {
        const random = seeded(`${how} ${round} ${text}`);
        return Array.from({ length: count }, () => someRow(random, user));
      };
      for (const [count, text] of [[8, "before"], [40, "after"]] as const) {
        const size = text === "before" ? 1 : 40;
        const together = await once.imported(rowsFor(once.user, count, text), how, size);
        const apart = await singly.imported(rowsFor(singly.user, count, text), how, 1);
        expect(together).toEqual(apart);
      }
      expect(await left(once.id)).toEqual(await left(singly.id));
    }
  });
}

test("a row that fails among many that are new costs none of them", async () => {
  const { id, imported, user } = await importer();
  const rows = Array.from({ length: 100 }, (_, n) => ({
    email: `p${n}@acme.example`,
    company: "Acme",
    company_domain: "acme.example",
    tags: ["vip"],
    assigned_to: n % 33 === 32 ? 999_999_999 : user,
  }));
  const answers = await imported(rows, "refuse", 100);
  expect(answers.flatMap(({ outcome }, n) => outcome === "created" ? [] : [[n, outcome]]))
    .toEqual([[32, "failed"], [65, "failed"], [98, "failed"]]);
  const { leads, companies, counts } = await left(id);
  expect(leads.map(({ email }) => email))
    .toEqual(rows.flatMap(({ email, assigned_to }) => assigned_to === user ? [email] : []));
  expect(companies).toEqual([{ name: "Acme", domain: "acme.example" }]);
  expect(counts).toMatchObject({ used: 97, leads: 97 });
});

test("rows make as many contacts as the day has left, to the last", async () => {
  const { id, imported } = await importer();
  await asOwner("update crm.workspaces set contacts_per_day = 2150 where id = $1", [id]);
  const rows = (from: number) =>
    Array.from({ length: 100 }, (_, n) => ({ email: `p${from + n}@acme.example` }));
  expect(await imported(rows(0), "refuse", 100)).toHaveLength(100);
  expect(await imported(rows(100), "refuse", 100)).toHaveLength(100);
  await asOwner("update crm.workspaces set contacts_per_day = 230 where id = $1", [id]);
  expect(await imported(rows(200), "refuse", 100)).toHaveLength(30);
  // Who has a contact takes none of them.
  expect(await imported(rows(150), "merge", 100)).toHaveLength(80);
  expect((await left(id)).counts).toMatchObject({ used: 230, leads: 230 });
});
