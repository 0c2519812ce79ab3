import { expect, test } from "vitest";
import { ingestContacts, type IngestInput } from "../../shared/crm/contact-ingest.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

ownCluster();

const READ_WHOLE = {
  text: `select relname, seq_tup_read::int from pg_stat_xact_user_tables
    where relname in ('contacts', 'companies') and seq_tup_read > 1000`,
  values: [],
};

test("ingest reads by index, however many contacts and companies there are", async () => {
  const { id } = await testWorkspace();
  await asOwner(
    `insert into crm.companies (workspace_id, name, domain)
      select $1, 'Company ' || i, 'c' || i || '.example.com' from generate_series(1, 20000) i`,
    [id],
  );
  await asOwner(
    `insert into crm.contacts (workspace_id, email, first_name)
      select $1, 'p' || i || '@example.com', 'P' from generate_series(1, 20000) i`,
    [id],
  );
  await asOwner("analyze crm.contacts");
  await asOwner("analyze crm.companies");
  const inputs = Array.from({ length: 100 }, (_, i): IngestInput => ({
    email: i % 2 ? `p${i * 7}@example.com` : `new${i}@example.com`,
    company_name: `COMPANY ${i * 3 + 1}`,
    company_domain: i % 3 ? `c${i * 3 + 1}.example.com` : `made${i}.example.com`,
    message: "hello",
  }));
  const database = apiDatabase();
  const [, readWhole] = await database.write(claimsOf(id), [ingestContacts(inputs), READ_WHOLE]);
  expect(readWhole).toEqual([]);
});
