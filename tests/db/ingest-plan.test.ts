import { beforeAll, expect, test } from "vitest";
import { ingestContacts, type IngestInput } from "../../shared/crm/contact-ingest.ts";
import type { Statement } from "../../shared/db/wire/pipeline.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownCluster();

const MANY = 20_000;
const MERGED = 2_000;
const SMALL_WORKSPACES = 300;
/** The rows of each table that were read, from end to end and by index. */
const READ: Statement = {
  text:
    `select relname as table, seq_tup_read::int as whole, coalesce(idx_tup_fetch, 0)::int as rows
    from pg_stat_xact_user_tables
    where relname in ('contacts', 'companies', 'contact_addresses', 'daily_usage', 'rate_windows')
    order by 1`,
  values: [],
};

let known: string;
let unknown: string;

async function fill(workspaces: string, count: number): Promise<void> {
  await asOwner(
    `insert into crm.companies (workspace_id, name, domain)
      select id, 'Company ' || i, 'c' || i || '.example.com'
      from crm.workspaces, generate_series(1, ${count}) i where ${workspaces}`,
  );
  await asOwner(
    `insert into crm.contacts (workspace_id, email, first_name)
      select id, 'p' || i || '@example.com', 'P'
      from crm.workspaces, generate_series(1, ${count}) i where ${workspaces}`,
  );
  await asOwner(
    `insert into crm.contact_addresses (workspace_id, contact_id, email)
      select c.workspace_id, c.id, 'merged-' || c.email
      from (select id from crm.workspaces where ${workspaces}) workspace
        cross join generate_series(1, ${Math.min(count, MERGED)}) i
        join crm.contacts c on c.workspace_id = workspace.id and c.email = 'p' || i || '@example.com'`,
  );
}

// The statistics know of one large workspace and of many small ones; the other large one they take for
// one of those, whose contacts it would cost little to read all.
beforeAll(async () => {
  [known, unknown] = [(await testWorkspace()).id, (await testWorkspace()).id];
  await asOwner(
    `insert into crm.workspaces (slug, name)
      select 'small-' || i, 'Small' from generate_series(1, ${SMALL_WORKSPACES}) i`,
  );
  await fill("slug like 'small-%'", 3);
  await fill(`id = '${known}'`, MANY);
  await asOwner("analyze crm.contacts, crm.companies, crm.contact_addresses");
  await fill(`id = '${unknown}'`, MANY);
  // So that they are known to be empty, when nothing is read faster than all of them.
  await asOwner("vacuum crm.daily_usage, crm.rate_windows");
});

const person = (call: number, i: number): IngestInput => ({
  email: i % 2 ? `p${i * 7}@example.com` : `new-${call}-${i}@example.com`,
});
const merged = (_: number, i: number): IngestInput => ({ email: `merged-p${i * 7}@example.com` });
const more = (call: number, i: number): IngestInput => ({
  ...person(call, i),
  company_name: `COMPANY ${i * 3 + 1}`,
  company_domain: i % 3 ? `c${i * 3 + 1}.example.com` : `made-${call}-${i}.example.com`,
  message: "hello",
});
const KINDS = [
  ["a new contact", person, [0]],
  ["a contact that exists", person, [1]],
  ["a contact with company and message", more, [2]],
  ["a contact that was merged", merged, [1]],
  ["a hundred contacts", person, Array.from({ length: 100 }, (_, i) => i)],
  ["a hundred that were merged", merged, Array.from({ length: 100 }, (_, i) => i + 1)],
  ["a hundred with company and message", more, Array.from({ length: 100 }, (_, i) => i)],
] as const;

test.each(KINDS)("ingest reads by index, whatever the statistics say: %s", async (_, make, of) => {
  for (const id of [known, unknown]) {
    const database = apiDatabase({ size: 1 });
    // The sixth call of a session may use a plan that is made for any values.
    for (let call = 0; call < 7; call++) {
      const inputs = of.map((i) => make(call, i));
      const count = { text: "select app.count_request($1, 100)", values: [id] };
      const [, , read = []] = await database.write(claimsOf(id), [
        count,
        ingestContacts(inputs),
        READ,
      ]);
      for (const { whole, rows, table } of read) {
        // The counts may be those of all the calls, and the triggers and keys of a row read some too.
        const few = Number(rows) <= (call + 1) * (20 + 12 * of.length);
        expect({ table, whole, few, rows, call }).toEqual({
          table,
          whole: 0,
          few: true,
          rows,
          call,
        });
      }
    }
  }
});

test("near a cap, too", async () => {
  const { id } = await testWorkspace({ contacts_per_day: 1000 });
  await fill(`id = '${id}'`, MANY);
  const database = apiDatabase({ size: 1 });
  for (let call = 0; call < 7; call++) {
    const inputs = Array.from({ length: 100 }, (_, i) => person(call, i));
    const [, read = []] = await database.write(claimsOf(id), [ingestContacts(inputs), READ]);
    for (const { whole, rows } of read) {
      expect({ whole, few: Number(rows) <= (call + 1) * 1000 }).toEqual({ whole: 0, few: true });
    }
  }
});
