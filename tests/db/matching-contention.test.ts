import { expect, test } from "vitest";
import { ingestContacts, ingestedContacts } from "../../shared/crm/contact-ingest.ts";
import type { Fields } from "../../shared/crm/plan.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { landings } from "../support/landings.ts";
import { ownCluster } from "../support/own-cluster.ts";
import { asOwner, eventually } from "../support/workspace.ts";

// Its count of deadlocks is of these tests alone.
ownCluster();

const STORM = 16;
const PHONE = "+15551234567";
const NOTE = { type: "note" };
const storm = <T>(one: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: STORM }, (_, i) => one(i)));
const phone = (i: number) => `+1555123${4000 + i}`;

test("deliveries at once with the same phone make one contact", async () => {
  const { contact, stored } = await landings({}, 4);
  const rules = { contact: ["email" as const, "phone" as const] };
  const landed = await storm((i) => contact({ phone: PHONE, title: `${i}` }, rules));
  expect(await stored("contacts")).toHaveLength(1);
  expect(landed.filter(({ outcome }) => outcome === "created")).toHaveLength(1);
  expect(new Set(landed.map((one) => one.contact?.id)).size).toBe(1);
});

test("deliveries at once with the same phone in many spellings make one contact", async () => {
  const { contact, stored } = await landings({ default_country: "DE" }, 4);
  const rules = { contact: ["email" as const, "phone" as const] };
  const spelled = ["+4930901820", "(030) 90 18 20", "0049 30 901820"];
  await storm((i) => contact({ phone: spelled[i % 3], title: `${i}` }, rules));
  expect(await stored("contacts")).toHaveLength(1);
});

test("deliveries at once with the same email make one contact, also for activities", async () => {
  const { contact, activity, stored, attempts } = await landings({}, 4);
  const email = "jane@acme.com";
  const rules = { contact: ["phone" as const] };
  await storm((i) =>
    i % 2
      ? activity({ ...NOTE, entity_email: email, contact_phone: phone(i) }, rules)
      : contact({ email, phone: phone(i) }, rules)
  );
  expect(await stored("contacts")).toMatchObject([{ email }]);
  expect(await stored("activities")).toHaveLength(STORM / 2);
  expect(attempts()).toBe(STORM);
});

test.each([
  ["company name", { company_name: "Acme" }, "companies"],
  ["company domain", { company_domain: "acme.com" }, "companies"],
  ["deal title", { deal_title: "Licence" }, "deals"],
])("deliveries at once with the same %s make one", async (_, fields: Fields, table) => {
  const { contact, activity, stored } = await landings({}, 4);
  const { company_domain: entity_domain, ...rest } = fields;
  await storm((i) =>
    i % 2
      ? contact({ email: `person-${i}@acme.com`, ...fields })
      : activity({ ...NOTE, contact_phone: phone(i), ...rest, entity_domain })
  );
  const [only, ...more] = await stored(table);
  expect(more).toEqual([]);
  const link = table === "companies" ? { company_id: only?.id } : { deal_id: only?.id };
  expect(await stored("activities")).toMatchObject(Array(STORM / 2).fill(link));
});

test("a company named by many at once takes one domain", async () => {
  const { contact, insert, stored } = await landings({}, 4);
  await insert("companies", { name: "Acme" });
  const rules = { company: ["name" as const] };
  const given = (i: number) => ({ company_name: "ACME", company_domain: `acme-${i % 3}.com` });
  const landed = await storm((i) => contact({ email: `p-${i}@acme.com`, ...given(i) }, rules));
  const domains = new Set(landed.map(({ company }) => company?.domain));
  expect([...domains]).toEqual([expect.stringMatching(/^acme-\d\.com$/)]);
  expect(await stored("companies")).toMatchObject([{ name: "Acme", domain: [...domains][0] }]);
});

test("deliveries of all kinds and ingest at once all succeed", async () => {
  const { id, contact, activity, stored } = await landings({}, 4);
  const database = apiDatabase({ size: 10 });
  const shared = (i: number) => ({ deal_title: `Deal ${i % 3}`, company_name: `Company ${i % 4}` });
  const person = (i: number) => ({ email: `p-${i % 5}@acme.com`, phone: phone(i % 5) });
  const domain = (i: number) => `company-${i % 4}.com`;
  const makers = [
    (i: number) =>
      contact({ ...person(i), ...shared(i), company_domain: domain(i), message: "Hello" }),
    (i: number) => contact({ phone: phone(i % 7), ...shared(i) }, { contact: ["phone", "email"] }),
    (i: number) =>
      activity({ ...NOTE, entity_email: person(i).email, entity_domain: domain(i), ...shared(i) }),
    (i: number) =>
      database.write(claimsOf(id), [ingestContacts([
        { ...person(i), company_name: `Company ${i % 4}`, company_domain: domain(i) },
        { ...person(i + 1), message: "Hello" },
      ])]),
  ];
  const all = Array.from({ length: 3 * STORM }, (_, i) => makers[i % makers.length]!(i));
  expect((await Promise.allSettled(all)).filter(({ status }) => status === "rejected")).toEqual([]);
  expect(await stored("companies")).toHaveLength(4);
  expect(await stored("deals")).toHaveLength(3);
});

test("deliveries and ingest at once fill the caps exactly", async () => {
  const { id, contact, activity, stored } = await landings({
    contacts_per_day: 10,
    activities_per_day: 15,
  }, 4);
  const database = apiDatabase({ size: 10 });
  const outcomes = await Promise.allSettled(Array.from({ length: 3 * STORM }, async (_, i) => {
    if (i % 3 === 0) await contact({ phone: phone(i) }, { contact: ["phone"] });
    else if (i % 3 === 1) await activity({ ...NOTE, contact_phone: phone(i) });
    else {
      const item = { email: `p-${i}@acme.com`, message: "Hello" };
      const [rows = []] = await database.write(claimsOf(id), [ingestContacts([item])]);
      if (typeof ingestedContacts([item], rows)[0] === "string") {
        throw new Error("DailyLimitReached");
      }
    }
  }));
  const refusals = outcomes.flatMap((one) => one.status === "rejected" ? [String(one.reason)] : []);
  expect(refusals.filter((refusal) => !/DailyLimitReached/.test(refusal))).toEqual([]);
  const [contacts, activities] = [await stored("contacts"), await stored("activities")];
  expect(contacts).toHaveLength(10);
  expect(activities.length).toBeLessThanOrEqual(15);
  const used = `select sum(contacts)::int as contacts, sum(activities)::int as activities
    from crm.daily_usage where workspace_id = $1`;
  expect(await asOwner(used, [id])).toEqual([{ contacts: 10, activities: activities.length }]);
});

test("none of these waited in a circle", async () => {
  // A session tells what it met when it ends, at the latest.
  await eventually(async () => {
    const left = await asOwner("select from pg_stat_activity where usename = 'lumenbase_api'");
    return left.length === 0;
  });
  const counted = "select deadlocks::int from pg_stat_database where datname = current_database()";
  expect(await asOwner(counted)).toEqual([{ deadlocks: 0 }]);
});
