import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectLioError, expectLioFields, type LioClient, lioWorld } from "../support/lio.ts";
import { creditsOf } from "../support/lio-enrichment.ts";
import { leadOf } from "../support/lio-leads.ts";
import { eventually } from "../support/workspace.ts";

const BULK = "lead-enrichment/enrich/bulk";
const profile = () => `https://www.linkedin.com/in/${randomUUID()}`;

/** Enriches entries, and waits until that is done. */
async function enriched(api: LioClient, leads: object[], more: object = {}): Promise<Json> {
  const { job_id, ...begun } = await api.made(BULK, { leads, ...more });
  expect(begun).toEqual({ status: "pending", total: leads.length });
  return await eventually(async () => {
    const job = await api.read(`lead-enrichment/job/${job_id}`);
    return ["completed", "failed"].includes(job.status) && job;
  });
}

test("entries are enriched in their order: leads that are there filled, those of profiles made", async () => {
  const { workspace, admin: { api, number } } = await lioWorld();
  const known = await leadOf(api, { email: `jane.roe@${randomUUID()}.example.com`, city: "Rome" });
  const found = await leadOf(api, { linkedin_url: profile(), first_name: "Zoë" });
  const [linkedin_url, nobody] = [profile(), randomUUID()];
  const group_id = "Messe 2026 日本";
  // The service knows who is called Jane Roe.
  const job = await enriched(api, [
    { email: known.email.toUpperCase(), name: "Jane Roe" },
    { email: `${nobody}@example.com` },
    { linkedin_url: `${found.linkedin_url}/?trk=1`, name: "Jane Roe" },
    { linkedin_url, name: "Jane Roe", company: "Acme", email: `jane.roe@${nobody}.example.com` },
    { linkedin_url: linkedin_url.toUpperCase() },
    { name: "hank scorpio", domain: `${nobody}.example.com` },
  ], { group_id });
  const jane = { first_name: "Jane", last_name: "Roe", job_title: "Head of Sales", city: "Berlin" };
  const made = job.results[3].lead_id;
  const at = (index: number, status: string, lead_id: number | null, data: object) => ({
    index,
    status,
    lead_id,
    data,
    error: null,
  });
  expect(job).toEqual({
    job_id: expect.any(Number),
    status: "completed",
    group_id,
    total: 6,
    processed: 6,
    enriched: 4,
    not_found: 2,
    failed: 0,
    results: [
      at(0, "enriched", known.id, jane),
      at(1, "not_found", null, {}),
      at(2, "enriched", found.id, jane),
      at(3, "enriched", expect.any(Number) as number, jane),
      at(4, "not_found", made, {}),
      at(5, "enriched", null, { first_name: "Hank", last_name: "Scorpio", company: "Acme" }),
    ],
  });
  expect(await api.read(`lead/view/${known.id}`))
    .toMatchObject({ city: "Rome", job_title: "Head of Sales" });
  expect(await api.read(`lead/view/${found.id}`))
    .toMatchObject({ first_name: "Zoë", city: "Berlin", job_title: "Head of Sales" });
  expect(await api.read(`lead/view/${made}`)).toMatchObject({
    ...jane,
    linkedin_url,
    lead_source: 3,
    company: "Acme",
    email: `jane.roe@${nobody}.example.com`,
    ai_information: { enrichment: { sources: { city: "provider" } } },
  });
  expect(await creditsOf(workspace.id)).toEqual([97, 0]);
  const [listed] = await api.read("import-job/list?type=enrichment");
  expect(listed).toMatchObject({
    id: job.job_id,
    total_rows: 6,
    processed_rows: 6,
    created_rows: 1,
    updated_rows: 2,
    skipped_rows: 3,
    failed_rows: 0,
    created_by: number,
  });
  const [told] = await api.read("notification/list?type_id=4");
  expect(told).toMatchObject({ title: `The enrichment of ${group_id} is finished` });
});

test("a Rep enriches and makes their own leads, and sees no others' enrichments", async () => {
  const { admin, user } = await lioWorld();
  const rep = await user("rep");
  const theirs = await leadOf(admin.api, { assigned_to: admin.number, linkedin_url: profile() });
  const { results, job_id } = await enriched(rep.api, [
    { email: theirs.email, name: "Jane Roe" },
    { linkedin_url: theirs.linkedin_url, name: "Jane Roe" },
    { linkedin_url: profile(), name: "Jane Roe" },
  ]);
  const [first, second, third] = results;
  expect([first.lead_id, second.lead_id]).toEqual([null, null]);
  expect(await rep.api.read(`lead/view/${third.lead_id}`))
    .toMatchObject({ assigned_to: rep.number, first_name: "Jane" });
  expect(await admin.api.read(`lead/view/${theirs.id}`)).toMatchObject({ job_title: null });
  expect(await admin.api.read(`lead-enrichment/job/${job_id}`)).toMatchObject({ results });
  const others = await enriched(admin.api, [{ email: theirs.email }]);
  const at = `lead-enrichment/job/${others.job_id}`;
  expectLioError(await rep.api.get(at), 404, "not_found");
  const { admin: stranger } = await lioWorld();
  expectLioError(await stranger.api.get(at), 404, "not_found");
});

test("entries that cannot be are told by their index", async () => {
  const { admin: { api }, user } = await lioWorld();
  const { api: viewer } = await user("viewer");
  const send = (body: object) => api.post(BULK, body);
  const good = { email: "jane@example.com" };
  expectLioFields(await send({}), 422, "leads");
  expectLioFields(await send({ leads: [] }), 422, "leads");
  expectLioFields(await send({ leads: Array(501).fill(good) }), 422, "leads");
  expectLioFields(await send({ leads: [good, {}, { email: null }] }), 422, "leads[1]", "leads[2]");
  expectLioFields(
    await send({ leads: [{ email: "x" }, { phone: "1" }, 7], group_id: "x".repeat(101) }),
    422,
    "leads[0].email",
    "leads[1].phone",
    "leads[1]",
    "leads[2]",
    "group_id",
  );
  expectLioFields(await api.get("lead-enrichment/job/x"), 400, "jobId");
  expectLioError(await api.get("lead-enrichment/job/999999999"), 404, "not_found");
  expectLioError(await viewer.post(BULK, { leads: [good] }), 403, "permission_error", "role");
});

test("what is sent again under its key is charged once", async () => {
  const { workspace, admin: { api } } = await lioWorld();
  const { id } = await leadOf(api);
  const send = () =>
    api.send("POST", "lead-enrichment/enrich", {
      body: { lead_id: id },
      headers: { "idempotency-key": "one" },
    });
  const answers = await Promise.all([send(), send(), send()]);
  answers.push(await send());
  const [first] = answers;
  expect(first?.body.data).toMatchObject({ provider: "found", credits_used: 1 });
  expect(answers.map(({ status, text }) => [status, text]))
    .toEqual(answers.map(() => [200, first?.text]));
  expect(await creditsOf(workspace.id)).toEqual([99, 0]);
});
