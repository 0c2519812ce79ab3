import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { crmHttp } from "../support/crm-http.ts";
import { asOwner } from "../support/workspace.ts";

test("what one API made, the others have with the same values", async () => {
  const { api, native, leadhub, slug } = await crmHttp();
  const nativeOf = async (path: string) => {
    const { status, body, text } = await native.get(path);
    expect(status, text).toBe(200);
    return body.data;
  };

  const intake = await leadhub.send("POST", `../inbound/leads?tenant=${slug}`, {
    body: { first_name: "Ada", last_name: "Byron", email: "ADA@acme.example", company: "Acme" },
  });
  expect(intake.status, intake.text).toBe(201);
  const person = (await leadhub.get(`leads/${intake.body.lead_id}`)).body.data;
  const [contact] = await api.listed("contacts?search=ada@acme.example");
  expect(contact).toMatchObject({
    firstName: "Ada",
    lastName: "Byron",
    email: "ada@acme.example",
  });
  const [company] = await api.listed("companies?search=acme");
  expect(company.name).toBe("Acme");
  const [row] = await asOwner<{ number: string }>("select number from crm.contacts where id = $1", [
    contact.id,
  ]);
  expect(person).toMatchObject({ contact_id: Number(row!.number), company: "Acme" });
  expect(await nativeOf(`v1-public-contacts-crud?id=${contact.id}`)).toMatchObject({
    first_name: contact.firstName,
    last_name: contact.lastName,
    email: contact.email,
    phone: contact.phone,
    company_id: contact.companyId,
    source: contact.source,
  });

  const { body: { data: deal } } = await native.post("v1-public-deals", {
    title: "Licence",
    value: 1234.5,
    currency: "EUR",
    stage: "Proposal",
    contact_id: contact.id,
    company_id: company.id,
    expected_close_date: "2026-12-31",
  });
  const lead = await api.read(`leads/${deal.id}`);
  expect(await api.listed(`leads?contactId=${contact.id}`)).toEqual([lead]);
  const made = await api.made("leads", { ...lead, title: "Renewal", probabilityPct: 5 });
  for (const one of [lead, made]) {
    expect(await nativeOf(`v1-public-deals?id=${one.id}`)).toMatchObject({
      title: one.title,
      value: 1234.5,
      currency: "EUR",
      stage: one.stage,
      pipeline_id: one.pipelineId,
      status: one.status,
      expected_close_date: "2026-12-31",
      contact_id: contact.id,
      company_id: company.id,
      created_at: one.createdAt,
    });
  }
  const [pipeline] = await leadhub.listed("pipelines");
  const { id: stage } = pipeline.stages.find(({ name }: Json) => name === "Proposal");
  const left = await leadhub.delete(`pipelines/${pipeline.id}/stages/${stage}`);
  expect(left.body.errors.move_to[0]).toContain("2 deals");

  await api.made(`leads/${deal.id}/activities`, { type: "call", subject: "Intro" });
  const { items } = await nativeOf(`v1-public-activities-crud?contact_id=${contact.id}&type=call`);
  expect(items).toMatchObject([{ title: "Intro", deal_id: deal.id, company_id: company.id }]);
});

const COMPANY = "8bb73d03-06b4-47c7-80c7-59301f770eda";
const LIST = "9fc6ad7d-902a-4834-b161-a4911b883d44";
const STAGE = "ef8acdf2-9c60-4264-8296-0d97712d5691";
const ANY = "497f6eca-6276-4993-bfeb-53cbbbba6f08";

/** The requests of the reference, but for mail; `:id` is its id of anything. */
const REQUESTS: [status: number, method: string, path: string, body?: string][] = [
  [200, "POST", "prospecting/add-to-marketing-list", `{ "listId": "${LIST}" }`],
  [200, "GET", "dashboard"],
  [200, "GET", "companies"],
  [201, "POST", "companies", '{ "name": "string" }'],
  [200, "GET", "companies/:id"],
  [200, "PATCH", "companies/:id", "{}"],
  [200, "GET", "companies/:id/contacts"],
  [200, "GET", "contacts"],
  [201, "POST", "contacts", "{}"],
  [200, "GET", "contacts/:id"],
  [200, "PATCH", "contacts/:id", "{}"],
  [204, "DELETE", "contacts/:id"],
  [200, "GET", "contacts/:id/company-memberships"],
  [201, "POST", "contacts/:id/company-memberships", `{ "companyId": "${COMPANY}" }`],
  [200, "PATCH", "contacts/:id/company-memberships/:id", "{}"],
  [204, "DELETE", "contacts/:id/company-memberships/:id"],
  [200, "GET", "pipeline-stages"],
  [201, "POST", "pipeline-stages", '{ "name": "string" }'],
  [200, "POST", "pipeline-stages/reorder", `{ "stageIds": [ "${STAGE}" ] }`],
  [200, "PATCH", "pipeline-stages/:id", "{}"],
  [204, "DELETE", "pipeline-stages/:id", "{}"],
  [200, "GET", "leads"],
  [201, "POST", "leads", '{ "title": "string" }'],
  [200, "GET", "leads/:id"],
  [200, "PATCH", "leads/:id", "{}"],
  [204, "DELETE", "leads/:id"],
  [200, "GET", "leads/:id/timeline"],
  [200, "PATCH", "leads/:id/stage", "{}"],
  [201, "POST", "leads/:id/activities", '{ "type": "call", "subject": "string" }'],
  [200, "GET", "activities"],
  [201, "POST", "activities", '{ "type": "call", "subject": "string" }'],
  [200, "GET", "tasks"],
];

/** What is there under the ids that the reference uses: one for a record of every kind. */
const THERE = [
  `insert into crm.companies (workspace_id, id, name)
    values ($1, '${ANY}', 'Acme'), ($1, '${COMPANY}', 'Other')`,
  `insert into crm.contacts (workspace_id, id) values ($1, '${ANY}')`,
  `insert into crm.company_memberships (workspace_id, id, contact_id, company_id)
    values ($1, '${ANY}', '${ANY}', '${ANY}')`,
  "insert into crm.deals (workspace_id, id, title) values ($1, '" + ANY + "', 'D')",
  `with made as (
      insert into crm.pipelines (workspace_id, name) values ($1, 'R') returning id, workspace_id)
    insert into crm.stages (workspace_id, pipeline_id, id, name, position)
      select workspace_id, id, '${STAGE}', 'Due', 1 from made`,
  `insert into crm.stages (workspace_id, pipeline_id, id, name, position)
    select $1, id, '${ANY}', 'S', 7 from crm.pipelines where workspace_id = $1 and is_default`,
  `insert into crm.marketing_lists (workspace_id, id, name) values ($1, '${LIST}', 'Spring')`,
];

test.each(REQUESTS)("of the reference: %i %s %s", async (expected, method, path, body) => {
  const { api, id } = await crmHttp();
  for (const text of THERE) await asOwner(text, [id]);
  const at = `${path.replaceAll(":id", ANY)}?entityId=${id}`;
  // The reference sends a body with its type, and nothing else without one.
  const { status, text } = await api.send(method, at, body === undefined ? {} : { raw: body });
  expect(status, text).toBe(expected);
});
