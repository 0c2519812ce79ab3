import { beforeEach, expect, test } from "vitest";
import { hubspotWorld } from "../support/hubspot-imports.ts";
import { noJobs } from "../support/jobs.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { hubspotContacts } from "../support/providers/hubspot-account.ts";
import { asOwner } from "../support/workspace.ts";

ownMigratedDatabase();
beforeEach(noJobs);

const GOOD = { status: "completed", updated: 0, skipped: 0, failed: 0, errors: [] };

test("contacts become leads with their companies, and a second import makes nothing twice", async () => {
  const { api, start, finish, rows } = await hubspotWorld();
  api.companies.push(
    { id: "70", properties: { name: "Acme", domain: "acme.example", city: "Köln" } },
    { id: "71", properties: { name: "ACME", domain: null, website: "globex.example" } },
    { id: "72", properties: { name: null, domain: "initech.example" } },
  );
  api.contacts.push(...hubspotContacts(4, (n) => ({
    associatedcompanyid: n === 4 ? null : `${69 + n}`,
    hs_linkedin_url: n === 1 ? "https://www.linkedin.com/in/Jane" : null,
    email: n === 4 ? null : `P${n}@acme.example`,
    plan: "Pro",
  })));
  await start();
  const wrong = {
    row: 4,
    field: "email",
    message: "Give at least one of email, phone_number, linkedin_url.",
    hubspot_id: "4",
  };
  const counts = { ...GOOD, total: 4, processed: 4, created: 3, failed: 1, errors: [wrong] };
  expect(await finish()).toEqual(counts);
  const leads = await rows("leads", "first_name, email, linkedin_url, custom_fields");
  const lead = (n: number, linkedin_url: string | null = null) => ({
    first_name: "Jane",
    email: `p${n}@acme.example`,
    linkedin_url,
    custom_fields: { plan: "Pro" },
  });
  expect(leads).toEqual([lead(1, "https://www.linkedin.com/in/Jane"), lead(2), lead(3)]);
  const companies = await rows("companies", "name, domain, city, website");
  // The second has the name of the first, whose website it lacks, but not its domain.
  expect(companies).toEqual([
    { name: "Acme", domain: "acme.example", city: "Köln", website: "https://globex.example" },
    { name: "initech.example", domain: "initech.example", city: null, website: null },
  ]);

  await start();
  expect(await finish()).toEqual({ ...counts, created: 0, skipped: 3 });
  expect(await rows("companies", "name, domain, city, website")).toEqual(companies);
});

test("a lead that is known by id, email or profile is completed where it lacks something", async () => {
  const { api, id, start, finish, rows } = await hubspotWorld();
  api.contacts.push(...hubspotContacts(3, (n) => ({
    email: n === 2 ? null : `p${n}@acme.example`,
    hs_linkedin_url: n === 2 ? "linkedin.com/in/Two/" : null,
    firstname: "Theirs",
    jobtitle: "CTO",
    plan: "Pro",
  })));
  await asOwner(
    `insert into crm.leads (workspace_id, pipeline_id, first_name, email, linkedin_url, job_title, custom_fields)
     select $1, p.id, given.* from crm.pipelines p, (values
       ('Ours', 'p1@acme.example', null, 'CEO', '{"plan": "Free", "own": 1}'::jsonb),
       (null, null, 'https://www.linkedin.com/in/two', null, '{}')) given
     where p.workspace_id = $1 and p.is_default`,
    [id],
  );
  await start();
  const counts = { ...GOOD, total: 3, processed: 3, created: 1, updated: 1, skipped: 1 };
  expect(await finish()).toEqual(counts);
  const kept = [
    { first_name: "Ours", job_title: "CEO", custom_fields: { plan: "Free", own: 1 } },
    { first_name: "Theirs", job_title: "CTO", custom_fields: { plan: "Pro" } },
    { first_name: "Theirs", job_title: "CTO", custom_fields: { plan: "Pro" } },
  ];
  expect(await rows("leads", "first_name, job_title, custom_fields")).toEqual(kept);

  // By its id, whatever it is called by now; an email that another lead has stays with that.
  const [, , third] = api.contacts;
  if (third === undefined) throw new Error("there is no third contact");
  third.properties.email = "p1@acme.example";
  await asOwner(
    `update crm.leads set email = null, contact_id = null, job_title = null
     where workspace_id = $1 and email = 'p3@acme.example'`,
    [id],
  );
  await start();
  expect(await finish()).toEqual({ ...counts, created: 0, skipped: 2 });
  expect(await rows("leads", "first_name, job_title, custom_fields")).toEqual(kept);
});
