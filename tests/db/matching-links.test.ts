import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { besides } from "../support/as-role.ts";
import { landings } from "../support/landings.ts";

const JANE = { email: "jane@acme.com" };
const NONE = { company: null, deal: null };

describe("a contact's company", () => {
  test("is found by its domain, then by its name in any case, the oldest first", async () => {
    const { contact, insert } = await landings();
    const oldest = await insert("companies", { name: "Acme", domain: "acme.org" });
    await insert("companies", { name: "Acme" });
    const byDomain = await insert("companies", { name: "Other", domain: "acme.com" });
    const given = { ...JANE, company_name: "ACME" };
    expect(await contact({ ...given, company_domain: "https://www.acme.com" })).toMatchObject({
      contact: { company_id: byDomain },
      company: { id: byDomain, name: "Other", domain: "acme.com", created: false },
      matched_by: { company: "domain" },
    });
    expect(await contact({ ...given, company_domain: "acme.net" })).toMatchObject({
      contact: { company_id: oldest },
      company: { id: oldest, domain: "acme.org" },
      matched_by: { company: "name" },
    });
    expect(await contact({ ...given, company_domain: "acme.com" }, { company: ["name", "domain"] }))
      .toMatchObject({ company: { id: oldest }, matched_by: { company: "name" } });
  });

  test("is found by its id, and by what else is given when there is no such id", async () => {
    const { contact, insert } = await landings();
    const id = await insert("companies", { name: "Acme" });
    const rules = { company: ["id" as const, "name" as const] };
    expect(await contact({ ...JANE, company_id: id, company_name: "Umbrella" }, rules))
      .toMatchObject({ company: { id, name: "Acme" }, matched_by: { company: "id" } });
    expect(await contact({ ...JANE, company_id: randomUUID(), company_name: "acme" }, rules))
      .toMatchObject({ company: { id }, matched_by: { company: "name" } });
  });

  test("takes a domain it lacks when it is found by name, unless another has it", async () => {
    const { contact, insert } = await landings();
    const id = await insert("companies", { name: "Acme" });
    await insert("companies", { name: "Other", domain: "other.com" });
    const rules = { company: ["name" as const] };
    const given = { ...JANE, company_name: "acme" };
    expect(await contact({ ...given, company_domain: "other.com" }, rules))
      .toMatchObject({ company: { id, domain: null }, matched_by: { company: "name" } });
    expect(await contact({ ...given, company_domain: "acme.com" }, rules))
      .toMatchObject({ company: { id, domain: "acme.com" }, matched_by: { company: "name" } });
    expect(await contact({ ...given, company_domain: "acme.org" }, rules))
      .toMatchObject({ company: { id, domain: "acme.com" } });
  });

  test("is made when none is found, named by its domain when it has no name", async () => {
    const { contact, stored } = await landings();
    expect(await contact({ ...JANE, company_domain: "acme.com" })).toMatchObject({
      company: { name: "acme.com", domain: "acme.com", created: true },
      matched_by: { company: null },
    });
    expect(await contact({ ...JANE, company_name: "Umbrella" }, { company: ["domain"] }))
      .toMatchObject({ company: { name: "Umbrella", domain: null, created: true } });
    expect(await stored("companies")).toHaveLength(2);
  });

  test("is found by a domain that no rule looks for, rather than made twice", async () => {
    const { contact, insert } = await landings();
    const id = await insert("companies", { name: "Acme", domain: "acme.com" });
    const given = { ...JANE, company_name: "Umbrella", company_domain: "acme.com" };
    expect(await contact(given, { company: ["name"] }))
      .toMatchObject({ company: { id, name: "Acme" }, matched_by: { company: "domain" } });
  });

  test("is made anew when the one that was found is deleted meanwhile", async () => {
    const { id, contact, insert, stored } = await landings();
    const gone = await insert("companies", { name: "Acme", domain: "acme.com" });
    const landed = await besides(
      id,
      ["delete from crm.companies where id = $1", gone],
      () => contact({ ...JANE, company_domain: "acme.com", deal_title: "Licence" }),
    );
    const [company, ...more] = await stored("companies");
    expect([company!.id === gone, more]).toEqual([false, []]);
    expect(landed).toMatchObject({ contact: { company_id: company!.id } });
    expect(await stored("deals")).toMatchObject([{ company_id: company!.id }]);
  });

  test("stays when none is named, and is told", async () => {
    const { contact } = await landings();
    const first = await contact({ ...JANE, company_name: "Acme" });
    expect(first.company).toMatchObject({ created: true });
    const second = await contact({ ...JANE, title: "Head of Sales" });
    expect(second.company).toEqual({ ...first.company, created: false });
    expect(second.matched_by.company).toBeNull();
  });
});

describe("a contact's deal", () => {
  test("is found by its title in any case: an open one first, then the newest", async () => {
    const { contact, insert } = await landings();
    const deal = async () => (await contact({ ...JANE, deal_title: "LICENCE" })).deal?.id;
    await insert("deals", { title: "Licence", status: "won" });
    const closed = await insert("deals", { title: "licence", status: "lost" });
    expect(await deal()).toBe(closed);
    await insert("deals", { title: "Licence" });
    const open = await insert("deals", { title: "Licence" });
    await insert("deals", { title: "Licence", status: "lost" });
    expect(await deal()).toBe(open);
  });

  test("is found by its id first, and keeps what it has", async () => {
    const { contact, insert, stored } = await landings();
    const deal_id = await insert("deals", { title: "Old", value: 5, currency: "EUR" });
    const given = { ...JANE, company_name: "Acme", deal_id, deal_title: "New", deal_value: 7 };
    const landed = await contact(given);
    expect(landed).toMatchObject({
      deal: { id: deal_id, title: "Old", created: false },
      matched_by: { deal: "id" },
    });
    const links = { contact_id: landed.contact?.id, company_id: landed.company?.id };
    expect(await stored("deals")).toMatchObject([{ value: "5", currency: "EUR", ...links }]);

    await contact({ email: "joe@acme.com", company_name: "Umbrella", deal_id });
    expect(await stored("deals")).toMatchObject([links]);
  });

  test("keeps its contact when it takes a company", async () => {
    const { contact, insert, stored } = await landings();
    const contact_id = await insert("contacts", { email: "joe@acme.com" });
    const deal_id = await insert("deals", { title: "Licence", contact_id });
    const { company } = await contact({ ...JANE, company_name: "Acme", deal_id });
    expect(await stored("deals")).toMatchObject([{ contact_id, company_id: company?.id }]);
  });

  test("is made at the first stage of the default pipeline, linked to both", async () => {
    const { contact, insert, stored } = await landings();
    const company_id = await insert("companies", { name: "Acme" });
    const contact_id = await insert("contacts", { ...JANE, company_id });
    const money = { deal_value: 1234.5, deal_currency: "eur" };
    const landed = await contact({ ...JANE, deal_title: " Licence ", ...money });
    expect(landed).toMatchObject({
      deal: { title: "Licence", created: true },
      matched_by: { deal: null },
    });
    await contact({ ...JANE, deal_title: "Order", deal_stage: "won" });
    const [pipeline] = await stored("pipelines");
    const links = { pipeline_id: pipeline?.id, contact_id, company_id };
    expect(await stored("deals")).toMatchObject([
      { value: "1234.5", currency: "EUR", stage: "Lead", status: "open", ...links },
      { value: null, currency: "USD", stage: "Won", status: "won", ...links },
    ]);
  });

  test("needs a title to be made", async () => {
    const { contact, stored } = await landings();
    expect(await contact({ ...JANE, deal_value: 5 })).toMatchObject(NONE);
    expect(await stored("deals")).toEqual([]);
  });
});

test.each(["company", "deal"] as const)(
  "a %s of an id that is none costs no contact",
  async (kind) => {
    const [{ contact, stored, insert }, theirs] = [await landings(), await landings()];
    const record = kind === "company" ? { name: "Acme" } : { title: "Licence" };
    const table = kind === "company" ? "companies" : "deals";
    const [foreign, own] = [await theirs.insert(table, record), await insert(table, record)];
    const field = `${kind}_id`;
    for (const id of [foreign, randomUUID()]) {
      expect(await contact({ ...JANE, [field]: id }, { [kind]: ["id"] })).toMatchObject({
        contact: { ...JANE, company_id: null },
        ...NONE,
        warnings: [{ field, message: `No ${kind} with this id.` }],
      });
    }
    const other = kind === "company" ? ["name" as const] : ["title" as const];
    const message = `No ${kind} is looked for by id; add the rule "id" to matching.${kind}.`;
    expect(await contact({ ...JANE, [field]: own }, { [kind]: other }))
      .toMatchObject({ ...NONE, warnings: [{ field, message }] });
    expect(await contact({ ...JANE, [field]: own }, { [kind]: ["id"] }))
      .toMatchObject({ [kind]: { id: own }, warnings: [] });
    expect(await stored("contacts")).toHaveLength(1);
  },
);

test("without create_missing, neither a company nor a deal is made", async () => {
  const { contact, insert, stored } = await landings();
  await insert("contacts", JANE);
  const given = { ...JANE, company_name: "Acme", deal_title: "Licence" };
  expect(await contact(given, { create_missing: false }))
    .toMatchObject({ outcome: "updated", contact: { company_id: null }, ...NONE });
  expect([await stored("companies"), await stored("deals")]).toEqual([[], []]);
});
