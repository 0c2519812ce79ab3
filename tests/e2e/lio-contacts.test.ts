import { expect, test } from "vitest";
import { expectLioError, expectLioFields, lioWorld, TIME } from "../support/lio.ts";
import { companiesOf, contactsOf, someLead } from "../support/lio-people.ts";
import { asOwner } from "../support/workspace.ts";

const MISSING = 999_999_999;

test("a contact is made, read, changed and deleted", async () => {
  const { workspace, admin: { api, number } } = await lioWorld();
  const [globex] = await companiesOf(workspace.id, "Globex");
  const made = await api.made("contact/add", {
    name: " Hank  Scorpio Jr. ",
    email: "Hank@Globex.com",
    phone_number: "+1 555 123 4567",
    company_id: globex,
    designation: "CEO",
    linkedin_url: "https://www.linkedin.com/in/hank",
    tags: ["vip", "Küche"],
  });
  expect(made).toEqual({
    id: expect.any(Number),
    name: "Hank Scorpio Jr.",
    email: "hank@globex.com",
    phone_number: "+15551234567",
    company_id: globex,
    company_name: "Globex",
    lead_id: null,
    designation: "CEO",
    seniority: "c_level",
    decision_maker: "yes",
    linkedin_url: "https://www.linkedin.com/in/hank",
    lead_score: 0,
    status: 1,
    tags: [
      { id: expect.any(Number), name: "Küche", color_code: null },
      { id: expect.any(Number), name: "vip", color_code: null },
    ],
    owner_id: number,
    created_at: TIME,
    updated_at: TIME,
  });
  expect(await api.read(`contact/view/${made.id}`)).toEqual(made);
  // As it was read, it can be sent back.
  expect(await api.done(`contact/update/${made.id}`, made)).toEqual(made);
  const changed = await api.done(`contact/update/${made.id}`, {
    name: "Hank",
    email: null,
    lead_score: 70,
    status: 2,
    tags: [made.tags[1].id, "new"],
    seniority: null,
    designation: "Head of Sales",
    decision_maker: "unknown",
  });
  expect(changed).toMatchObject({
    name: "Hank",
    email: null,
    lead_score: 70,
    status: 2,
    tags: [{ name: "new" }, { name: "vip" }],
    seniority: "director",
    decision_maker: "unknown",
  });
  const [stored] = await asOwner(
    "select first_name, last_name, status from crm.contacts where number = $1",
    [
      made.id,
    ],
  );
  expect(stored).toEqual({ first_name: "Hank", last_name: null, status: "inactive" });
  const { status, body } = await api.delete(`contact/delete/${made.id}`);
  expect([status, body.data]).toEqual([200, { deleted: 1, not_found: [] }]);
  expectLioError(await api.get(`contact/view/${made.id}`), 404, "not_found");
  expectLioError(await api.delete(`contact/delete/${made.id}`), 404, "not_found");
});

test.each([
  ["Vice President", "c_level", "yes"],
  ["SVP Sales", "vp", "yes"],
  ["head of IT", "director", "yes"],
  ["Leading Engineer", "other", "unknown"],
  ["Lead Engineer", "manager", "unknown"],
  [null, null, "unknown"],
])("the title %s tells the seniority %s", async (designation, seniority, decision_maker) => {
  const { workspace, admin: { api } } = await lioWorld();
  const [company_id] = await companiesOf(workspace.id, "Globex");
  const made = await api.made("contact/add", { name: "Ann", company_id, designation });
  expect(made).toMatchObject({ seniority, decision_maker });
  const given = { seniority: "vp", decision_maker: "no" };
  expect(await api.done(`contact/update/${made.id}`, given)).toMatchObject(given);
});

test("every mistake in a body is told at once, by its field", async () => {
  const { workspace, admin: { api } } = await lioWorld();
  const [company_id] = await companiesOf(workspace.id, "Globex");
  const made = await api.made("contact/add", { name: "Ann", company_id });
  expectLioFields(await api.post("contact/add", {}), 422, "name", "company_id");
  const wrong = {
    email: "no mail",
    lead_score: 101,
    seniority: "boss",
    decision_maker: "maybe",
    linkedin_url: "https://example.com/in/ann",
    company_id: "1",
    tags: [true],
    status: 0,
    nmae: "Ann",
  };
  const fields = ["email", "seniority", "decision_maker", "linkedin_url", "lead_score"]
    .concat("company_id", "status", "tags[0]", "nmae");
  const refused = await api.post(`contact/update/${made.id}`, wrong);
  const named = refused.body.error.fields.map(({ field }: { field: string }) => field);
  expect(named.toSorted()).toEqual(fields.toSorted());
  const nowhere = { company_id: MISSING, lead_id: MISSING, status: 99, tags: [MISSING] };
  const all = ["company_id", "lead_id", "status", "tags"];
  expectLioFields(await api.post("contact/add", { name: "Bob", ...nowhere }), 422, ...all);
  expectLioFields(await api.post(`contact/update/${made.id}`, nowhere), 422, ...all);
  const cleared = await api.post(`contact/update/${made.id}`, { company_id: null });
  expectLioFields(cleared, 422, "company_id");
  const readOnly = { name: "Bob", company_id, owner_id: 1, id: 7, company_name: "X" };
  const told = await api.post("contact/add", readOnly);
  expectLioFields(told, 422, "owner_id", "id", "company_name");
  expectLioFields(await api.post(`contact/update/${made.id}`, {}), 422, "body");
  expectLioFields(await api.get("contact/view/abc"), 400, "id");
});

test("of many who make a contact with one email at once, one does, and the others are told which", async () => {
  const { workspace, admin: { api } } = await lioWorld();
  const [company_id] = await companiesOf(workspace.id, "Globex");
  const body = { name: "Ann", email: "Ann@x.com", company_id };
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => api.post("contact/add", body)),
  );
  const [made, ...others] = answers.toSorted((a, b) => a.status - b.status);
  expect(made?.status, made?.text).toBe(201);
  for (const other of others) {
    expectLioError(other, 409, "conflict", "duplicate");
    expect(other.body.error.existing_id).toBe(made?.body.data.id);
  }
  const [bob] = await contactsOf(api, Number(company_id), "Bob");
  const taken = await api.post(`contact/update/${bob.id}`, { email: "ann@x.com" });
  expectLioError(taken, 409, "conflict", "duplicate");
  expect(taken.body.error.existing_id).toBe(made?.body.data.id);
});

test("what another organisation has is not found, and not linked to", async () => {
  const [mine, theirs] = [await lioWorld(), await lioWorld()];
  const [own] = await companiesOf(mine.workspace.id, "Globex");
  const [foreign] = await companiesOf(theirs.workspace.id, "Globex");
  const [ann] = await contactsOf(theirs.admin.api, Number(foreign), "Ann");
  const lead = await someLead(theirs.workspace.id);
  const { api } = mine.admin;
  const missing = (await api.get(`contact/view/${MISSING}`)).body;
  for (const path of [`contact/view/${ann.id}`, `contact/view/${MISSING}`]) {
    const answer = await api.get(path);
    expectLioError(answer, 404, "not_found");
    expect(answer.body.error.message.replace(String(ann.id), String(MISSING)))
      .toBe(missing.error.message);
  }
  expectLioError(await api.post(`contact/update/${ann.id}`, { name: "B" }), 404, "not_found");
  expectLioError(await api.delete(`contact/delete/${ann.id}`), 404, "not_found");
  const linked = await api.post("contact/add", { name: "B", company_id: foreign });
  expectLioFields(linked, 422, "company_id");
  const tied = await api.post("contact/add", { name: "B", company_id: own, lead_id: lead });
  expectLioFields(tied, 422, "lead_id");
  expect(await theirs.admin.api.read(`contact/view/${ann.id}`)).toEqual(ann);
});
