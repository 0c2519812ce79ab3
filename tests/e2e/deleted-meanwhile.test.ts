import { describe, expect, test } from "vitest";
import type { ApiResponse, Json } from "../support/api-client.ts";
import { besides } from "../support/as-role.ts";
import { crmHttp, expectGone, expectRefused } from "../support/crm-http.ts";
import { asOwner } from "../support/workspace.ts";

const EMAIL = "jane@acme.com";
const DOMAIN = "acme.com";

type Acme = Awaited<ReturnType<typeof acme>>;
type Sends = [how: string, send: (world: Acme) => Promise<ApiResponse>][];

/** A workspace with a company and a contact in it, either of which others can delete meanwhile. */
async function acme() {
  const world = await crmHttp();
  const company = await world.native.post("v1-public-companies", { name: "Acme", domain: DOMAIN });
  const companyId: string = company.body.data.id;
  const contactId: string = (await world.api.made("contacts", { email: EMAIL, companyId })).id;
  const without = (table: "companies" | "contacts", work: () => Promise<ApiResponse>) =>
    besides(world.id, [
      `delete from crm.${table} where id = $1`,
      table === "companies" ? companyId : contactId,
    ], work);
  const rows = (text: string) => asOwner<Json>(text, [world.id]);
  return { ...world, companyId, contactId, without, rows };
}

/** What names the company, and the company that is made when it is gone. */
const NAMINGS: [by: string, given: object, company: object][] = [
  ["domain", { company_domain: DOMAIN }, { name: DOMAIN, domain: DOMAIN }],
  ["name", { company_name: "ACME" }, { name: "ACME", domain: null }],
  ["both", { company_name: "A", company_domain: DOMAIN }, { name: "A", domain: DOMAIN }],
];

describe.each(NAMINGS)(
  "a company found by %s and deleted meanwhile is made anew",
  (_by, given, company) => {
    const joe = { email: "joe@acme.com", ...given };
    const jane = { email: EMAIL, ...given };
    const message = "Hello";
    const ingest = "v1-public-contacts";
    const batch = "v1-public-contacts-batch";
    const sends: Sends = [
      ["somebody new", ({ native }) => native.post(ingest, joe)],
      ["somebody known", ({ native }) => native.post(ingest, jane)],
      ["somebody known with a message", ({ native }) => native.post(ingest, { ...jane, message })],
      [
        "a batch",
        ({ native }) =>
          native.post(batch, { contacts: [{ email: "x@x.example" }, { ...jane, message }, joe] }),
      ],
    ];

    test.each(sends)("for %s", async (_, send) => {
      const world = await acme();
      const { status, text, body } = await world.without("companies", () => send(world));
      expect(status, text).toBeLessThan(300);
      expect(body.data.summary?.failed ?? 0, text).toBe(0);
      const companies = await world.rows("select * from crm.companies where workspace_id = $1");
      expect(companies).toMatchObject([company]);
      expect(companies[0].id).not.toBe(world.companyId);
      const people = await world.rows(
        "select company_id from crm.contacts where workspace_id = $1 and email ~ '(jane|joe)@'",
      );
      expect(people.map(({ company_id }) => company_id)).toContain(companies[0].id);
    });
  },
);

test("a message of somebody whose company is deleted meanwhile is kept without it", async () => {
  const { native, without, rows } = await acme();
  const { status, text } = await without(
    "companies",
    () => native.post("v1-public-contacts", { email: EMAIL, message: "Hello" }),
  );
  expect(status, text).toBe(200);
  expect(await rows("select title, company_id from crm.activities where workspace_id = $1"))
    .toEqual([{ title: "Message", company_id: null }]);
});

describe("a company of LeadHub's that is deleted meanwhile is made anew", () => {
  const lead = { first_name: "Jane", email: EMAIL, company: "Acme" };
  const inbound = ({ native, leadhub, slug }: Acme) =>
    native.withKey(leadhub.key).post(`leadhub/api/inbound/leads?tenant=${slug}`, lead);
  const sends: Sends = [
    ["for a lead that is made", ({ leadhub }) => leadhub.post("leads", lead)],
    ["for a lead that is changed", async ({ leadhub, rows }) => {
      const [{ number }] = await rows("select number from crm.leads where workspace_id = $1") as [
        Json,
      ];
      return await leadhub.put(`leads/${number}`, { company: "Acme" });
    }],
    ["by the intake", inbound],
  ];

  test.each(sends)("%s", async (_, send) => {
    const world = await acme();
    await world.leadhub.made("leads", { first_name: "Ann" });
    const { status, text } = await world.without("companies", () => send(world));
    expect(status, text).toBeLessThan(300);
    const companies = await world.rows(
      "select id, name from crm.companies where workspace_id = $1",
    );
    expect(companies).toEqual([{ id: expect.not.stringMatching(world.companyId), name: "Acme" }]);
    const [{ linked }] = await world.rows(
      "select count(company_id)::int as linked from crm.leads where workspace_id = $1",
    ) as [Json];
    expect(linked).toBe(1);
  });
});

describe("what is logged on a lead is kept without the link that is deleted meanwhile", () => {
  const bodies = [["activity", { type: "call" }], ["task", { type: "task" }]] as const;
  const tables = [["companies", "companyId"], ["contacts", "contactId"]] as const;

  describe.each(bodies)("an %s", (_what, body) => {
    test.each(tables)("to %s", async (table, field) => {
      const { api, companyId, contactId, without } = await acme();
      const { id } = await api.made("leads", { title: "D", companyId, contactId });
      const { status, text, body: logged } = await without(
        table,
        () => api.post(`leads/${id}/activities`, { subject: "S", ...body }),
      );
      expect(status, text).toBe(201);
      expect(logged).toMatchObject({ leadId: id, companyId, contactId, [field]: null });
    });
  });
});

describe("a link that was given and is deleted meanwhile is refused by its name", () => {
  const company = ({ companyId }: Acme) => ({ companyId });
  const contact = ({ contactId }: Acme) => ({ contactId });
  const places: [path: string, body: object, link: typeof company | typeof contact][] = [
    ["leads", { title: "D" }, company],
    ["leads", { title: "D" }, contact],
    ["activities", { type: "call", subject: "S" }, company],
    ["activities", { type: "call", subject: "S" }, contact],
    ["activities", { type: "task", subject: "S" }, company],
    ["activities", { type: "task", subject: "S" }, contact],
    ["contacts", {}, company],
  ];

  test.each(places)("POST %s %o", async (path, body, link) => {
    const world = await acme();
    const given = link(world);
    const [field = ""] = Object.keys(given);
    const table = field === "companyId" ? "companies" : "contacts";
    const refused = await world.without(table, () => world.api.post(path, { ...body, ...given }));
    expectRefused(refused, 400, `${field}: No ${field.slice(0, -2)} with this id.`);
  });

  test("a contact's company, and a membership's", async () => {
    for (const membership of [false, true]) {
      const world = await acme();
      const { id } = await world.api.made("contacts", {});
      const path = `contacts/${id}`;
      const refused = await world.without(
        "companies",
        () =>
          membership
            ? world.api.post(`${path}/company-memberships`, { companyId: world.companyId })
            : world.api.patch(path, { companyId: world.companyId }),
      );
      expectRefused(refused, 400, "companyId: No company with this id.");
    }
  });
});

test("a primary membership goes to the next one when the first to follow is deleted meanwhile", async () => {
  const { id, api, companyId, contactId } = await acme();
  const company = async (name: string) => (await api.made("companies", { name })).id;
  const [first, second] = [await company("Second"), await company("First")];
  const path = `contacts/${contactId}/company-memberships`;
  await api.made(path, { companyId: first, startedAt: "2026-01-01" });
  await api.made(path, { companyId: second, startedAt: "2026-01-02" });
  const { memberships } = await api.read(path);
  const primary = memberships.find((one: Json) => one.companyId === companyId);
  const removed = await besides(
    id,
    ["delete from crm.companies where id = $1", second],
    () => api.delete(`${path}/${primary.id}`),
  );
  expectGone(removed);
  expect((await api.read(`contacts/${contactId}`)).companyId).toBe(first);
});
