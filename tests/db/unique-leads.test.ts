import { describe, expect, test } from "vitest";
import { apiDatabase, attempt, claimsOf } from "../support/as-role.ts";
import { leadWorld } from "../support/lead-world.ts";

const JANE = { first_name: "Jane", last_name: "Roe", email: "jane@acme.com" };
const PROFILE = "https://www.linkedin.com/in/Jane-Roe/?trk=x";

test("a lead is made of numbers, and stored in the words of the other APIs", async () => {
  const { call, rows, create, insert } = await leadWorld();
  await create({ tags: ["vip"] });
  const [tag] = await rows("select id, number from crm.tags");
  const user = await insert("users", { name: "Rita", email: "rita@acme.com" });
  const company = await insert("companies", { name: "Acme" });
  const made = await call("create_unique_lead", {
    ...JANE,
    status: 3,
    lead_source: 1,
    priority: 4,
    assigned_to: user.number,
    company_id: company.number,
    tags: [tag?.number, "new one", "VIP"],
    estimated_value: 1000.1,
  } as object);
  expect(made).toMatchObject([{
    status: "qualified",
    source: "website",
    priority: 4,
    assigned_to: user.id,
    company_id: company.id,
    tags: ["new one", "vip"],
  }]);
});

test("all that leads to nothing is told at once", async () => {
  const { id, insert, rows, create } = await leadWorld();
  await create({ tags: ["old"] });
  await rows("update crm.tags set is_active = false");
  await rows("update crm.lookups set is_active = false where type = 'source' and number = 2");
  const away = await insert("users", { name: "A", email: "a@acme.com", status: "inactive" });
  const given = {
    status: 99,
    lead_source: 2,
    assigned_to: away.number,
    company_id: 99,
    tags: [7, "Old"],
  };
  const told = apiDatabase().write(claimsOf(id), [
    { text: "select app.create_unique_lead($1)", values: [JSON.stringify({ ...JANE, ...given })] },
  ]);
  const message = await told.then(() => "", (error: Error) => error.message);
  expect(JSON.parse(message)).toEqual([
    { field: "status", message: "No active status with this id." },
    { field: "lead_source", message: "No active source with this id." },
    { field: "assigned_to", message: "No active user with this id." },
    { field: "company_id", message: "No company with this id." },
    { field: "tags", message: "No active tag: 7, Old." },
  ]);
});

describe("another lead with the same email or profile", () => {
  test("is refused with the number of the first, the email's before the profile's", async () => {
    const { call, create, refusal, id } = await leadWorld();
    const [first] = await call("create_unique_lead", {
      ...JANE,
      email: null,
      linkedin_url: PROFILE,
    });
    const second = await create({ email: JANE.email });
    const also = { ...JANE, linkedin_url: "http://linkedin.com/in/jane-roe" };
    const tell = async (given: object) => {
      const text = "select app.create_unique_lead($1)";
      const write = apiDatabase().write(claimsOf(id), [{ text, values: [JSON.stringify(given)] }]);
      return await write.then(() => "", (error: Error) => error.message);
    };
    expect(await tell(also)).toBe(String(second.number));
    expect(await tell({ ...also, email: "other@acme.com" })).toBe(String(first?.number));
    expect(await refusal("create_unique_lead", also)).toBe("LB081");
  });

  test("of ten at once one is made", async () => {
    const { id, rows } = await leadWorld();
    const database = apiDatabase({ size: 10 });
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        attempt(database, claimsOf(id), {
          text: "select * from app.create_unique_lead($1)",
          values: [JSON.stringify({
            ...JANE,
            email: n % 2 === 0 ? JANE.email : null,
            linkedin_url: PROFILE,
          })],
        })),
    );
    expect(answers.filter((answer) => answer === "LB081")).toHaveLength(9);
    expect(await rows("select id from crm.leads")).toHaveLength(1);
  });

  test("may be there when a lead is changed and keeps its email", async () => {
    const { call, create, refusal } = await leadWorld();
    const first = await create({ email: JANE.email });
    await create({ email: JANE.email });
    const other = await create({});
    const change = (number: unknown, given: object) =>
      call("change_unique_lead", Number(number), given);
    expect(await change(first.number, { email: JANE.email, city: "Berlin" }))
      .toMatchObject([{ city: "Berlin" }]);
    expect(await refusal("change_unique_lead", Number(other.number), { email: JANE.email }))
      .toBe("LB081");
    await change(first.number, { linkedin_url: PROFILE });
    expect(await change(first.number, { linkedin_url: PROFILE })).toHaveLength(1);
    expect(await refusal("change_unique_lead", Number(other.number), { linkedin_url: PROFILE }))
      .toBe("LB081");
  });
});

describe("the company of a lead", () => {
  test("is found by name in any case, else made with a domain that is free", async () => {
    const { call, rows } = await leadWorld();
    const given = { ...JANE, company: "Acme", company_domain: "acme.com" };
    const [lead] = await call("create_unique_lead", given);
    expect(await rows("select name, domain from crm.companies")).toEqual([
      { name: "Acme", domain: "acme.com" },
    ]);
    await call("create_unique_lead", { ...given, email: "b@acme.com", company: "ACME" });
    await call("create_unique_lead", { ...given, email: "c@acme.com", company: "Other" });
    expect(await rows("select name, domain from crm.companies order by number")).toEqual([
      { name: "Acme", domain: "acme.com" },
      { name: "Other", domain: null },
    ]);
    expect(await call("change_unique_lead", Number(lead?.number), { company: null }))
      .toMatchObject([{ company: null, company_id: null }]);
  });

  test("is one, if given both by name and by number", async () => {
    const { call, insert, refusal } = await leadWorld();
    const { number } = await insert("companies", { name: "Acme" });
    const both = { ...JANE, company: "acme", company_id: number } as object;
    expect(await call("create_unique_lead", both)).toMatchObject([{ company: "Acme" }]);
    const wrong = { ...both, email: "b@acme.com", company: "Other" };
    expect(await refusal("create_unique_lead", wrong)).toBe("LB080");
  });
});

test("a change merges what is known of a lead, and clears no name", async () => {
  const { call, create, refusal, change } = await leadWorld();
  const lead = await create({ last_name: "Roe" });
  await change(lead, { ai_information: { a: 1 } });
  const number = Number(lead.number);
  expect(await call("change_unique_lead", number, { ai_information: { b: 2 }, priority: 1 }))
    .toMatchObject([{ ai_information: { a: 1, b: 2 }, priority: 1 }]);
  expect(await refusal("change_unique_lead", number, { last_name: null })).toBe("LB080");
  const nameless = await create({ first_name: null, email: "n@acme.com" });
  expect(await call("change_unique_lead", Number(nameless.number), { first_name: null, city: "B" }))
    .toHaveLength(1);
  expect(await call("change_unique_lead", 999_999_999, { city: "B" })).toEqual([]);
});

test("words are searched in the lead and in its company's name", async () => {
  const { create, rows } = await leadWorld();
  const { id } = await create({ first_name: "Jane", last_name: "Roe", company: "Globex Corp" });
  const other = await create({ first_name: "Jane", last_name: "Doe", company: "Acme" });
  const found = async (...words: string[]) => {
    const [longest, ...others] = words.map((word) => `%${word}%`);
    const hits = await rows(
      "select id from app.search_leads_and_companies($1, array(select jsonb_array_elements_text($2)))  id",
      String(longest),
      others,
    );
    return hits.map((hit) => hit.id).sort();
  };
  expect(await found("globex")).toEqual([id]);
  expect(await found("GLOBEX", "jane")).toEqual([id]);
  expect(await found("jane")).toEqual([id, other.id].sort());
  expect(await found("jane", "doe", "acme")).toEqual([other.id]);
  expect(await found("globex", "doe")).toEqual([]);
});
