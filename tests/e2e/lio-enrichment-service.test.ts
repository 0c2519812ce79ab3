import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { besides } from "../support/as-role.ts";
import { expectLioError, expectLioFields } from "../support/lio.ts";
import { enrichmentGateway, enrichmentWorld } from "../support/lio-enrichment.ts";
import { leadOf } from "../support/lio-leads.ts";
import { eventually } from "../support/workspace.ts";

const gateway = await enrichmentGateway();
const { service } = gateway;
beforeEach(() => void service.mishaps.splice(0));

describe("a company", () => {
  const domain = () => `n${randomUUID().slice(0, 8)}.example.com`;

  test("has what is empty filled, and what is not kept", async () => {
    const { api, knows, credits } = await enrichmentWorld(gateway);
    const [name, own] = [`Globex ${randomUUID()}`, domain()];
    const made = await api.made("company/add", { company_name: name, city: "Rome" });
    knows(name, {
      company_name: "Globex Corporation",
      industry_type: "Software",
      employee_size: 250,
      city: "Berlin",
      country: "Germany",
      website: `www.${own}`,
      phone_number: "+33123456789",
      summary: " Makes\nthings ",
      rating: 5,
    });
    const done = await api.done("company/enrich", { company_id: made.id });
    const { company } = done;
    const features = await api.read("credits/ai-features");
    expect(features).toContainEqual(
      { feature: "enrichment", name: "Enrichment", credits: 1, configured: true },
    );
    expect(done).toEqual({
      company: await api.read(`company/view/${made.id}`),
      applied: [
        "industry_type",
        "employee_size",
        "country",
        "website",
        "phone_number",
        "summary",
        "domain",
      ],
      sources: {
        company_name: "provider",
        industry_type: "provider",
        employee_size: "provider",
        city: "provider",
        country: "provider",
        website: "provider",
        phone_number: "provider",
        summary: "provider",
        domain: "derived",
      },
      provider: "found",
      credits_used: 1,
    });
    expect(company).toMatchObject({
      company_name: name,
      industry_type: "Software",
      employee_size: "250",
      city: "Rome",
      country: "DE",
      website: `https://www.${own}`,
      domain: own,
      rating: null,
    });
    expect(JSON.parse(String(service.asked?.body))).toEqual({ kind: "company", name });
    expect(await credits()).toEqual([99, 0]);
  });

  test("is not given the domain of another", async () => {
    const { api, knows } = await enrichmentWorld(gateway);
    const [name, own] = [`Globex ${randomUUID()}`, domain()];
    await api.made("company/add", { company_name: "Other", website: `https://${own}` });
    const { id } = await api.made("company/add", {
      company_name: name,
      contact_email: `info@${own}`,
      phone_number: "+81312345678",
    });
    knows(name, { website: `https://${own}/about`, city: "Berlin" });
    const done = await api.done("company/enrich", { company_id: id });
    expect(done).toMatchObject({ applied: ["city", "country"], company: { website: null } });
    expect(done.company).toMatchObject({ domain: null, country: "JP" });
    expectLioFields(
      await api.post("company/enrich", { company_id: 999_999_999 }),
      422,
      "company_id",
    );
    expectLioFields(await api.post("company/enrich", {}), 422, "company_id");
  });
});

describe("credits", () => {
  test("too few are told before the service is asked, and none are charged for nothing", async () => {
    const { api, enrich, tried, knows, credits, setCredits } = await enrichmentWorld(gateway);
    const email = `${randomUUID()}@example.com`;
    await enrich({ email });
    expect(await credits()).toEqual([100, 0]);
    knows(email, { city: "Berlin" });
    await setCredits(0);
    service.asked = null;
    expectLioError(await tried({ email }), 402, "payment_required", "insufficient_credits");
    const bulk = await api.post("lead-enrichment/enrich/bulk", { leads: [{ email }] });
    expectLioError(bulk, 402, "payment_required", "insufficient_credits");
    expect(service.asked).toBeNull();
    await setCredits(1);
    const answers = await Promise.all(Array.from({ length: 10 }, () => tried({ email })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(9).fill(402)]);
    expect(await credits()).toEqual([0, 0]);
  });
});

describe("a service that fails", () => {
  const cut = { cut: "after" } as const;
  const failing = { status: 500, body: "Oops" };
  const half = { status: 200, body: '{"data": {"city": "Ber' };
  const huge = { status: 200, body: { data: { city: "x".repeat(50_000_000) } } };
  const wrong = { status: 200, body: { data: ["Berlin"] } };
  const wait = { status: 429, headers: { "retry-after": "60" }, body: { error: "slow_down" } };

  test.each([
    ["answers half", [half], null],
    ["answers 50 MB", [huge], null],
    ["answers something else", [wrong], null],
    ["refuses its key", [{ status: 401, body: { error: { code: "invalid_key" } } }], "invalid_key"],
    ["is asked too often", [wait], "slow_down"],
    ["fails again and again", [failing, cut, failing, failing], null],
  ])("and %s changes nothing, and costs nothing", async (_, mishaps, code) => {
    const { api, tried, knows, credits } = await enrichmentWorld(gateway);
    const lead = await leadOf(api, { email: `jane.doe@${randomUUID()}.example.com` });
    knows(lead.email, { city: "Berlin" });
    service.mishaps.push(...mishaps);
    const answer = await tried({ lead_id: lead.id });
    expectLioError(answer, 502, "provider_error", code);
    expect(answer.text).not.toContain("enrichment-key");
    expect(service.mishaps).toEqual([]);
    expect(await credits()).toEqual([100, 0]);
    const now = await api.read(`lead/view/${lead.id}`);
    expect([now.city, now.ai_information.enrichment, now.country]).toEqual([null, undefined, null]);
  });

  test("for a while is asked again, after the time that it asks for", async () => {
    const { enrich, knows, credits } = await enrichmentWorld(gateway);
    const email = `${randomUUID()}@example.com`;
    knows(email, { city: "Berlin" }, "much");
    service.mishaps.push({ status: 503 }, { status: 429, headers: { "retry-after": "1" } });
    const start = performance.now();
    expect(await enrich({ email })).toMatchObject({ provider: "found", confidence: null });
    expect(performance.now() - start).toBeGreaterThan(1_000);
    expect(await credits()).toEqual([99, 0]);
  });
});

describe("a field that a user fills meanwhile is never overwritten:", () => {
  const found = { city: "Berlin", company: "Acme", job_title: "CEO" };

  test("while the service is asked", async () => {
    const { api, knows, enrich } = await enrichmentWorld(gateway);
    const { id, email } = await leadOf(api);
    knows(email, found);
    const go = service.hold();
    service.asked = null;
    const enriching = enrich({ lead_id: id });
    await eventually(() => Promise.resolve(service.asked !== null));
    const { company_id } = await api.done(`lead/update/${id}`, {
      city: "Rome",
      company: "Initech",
    });
    go();
    expect(await enriching).toMatchObject({ applied: ["job_title"] });
    expect(await api.read(`lead/view/${id}`))
      .toMatchObject({ city: "Rome", company: "Initech", company_id, job_title: "CEO" });
  });

  test("while it is written", async () => {
    const { workspace, api, knows, enrich } = await enrichmentWorld(gateway);
    const { id, email } = await leadOf(api);
    const { id: company_id } = await api.made("company/add", { company_name: "Initech" });
    knows(email, found);
    const changed = await besides(workspace.id, [
      `update crm.leads set city = 'Rome', company_id = (select id from crm.companies where number = $2)
        where number = $1`,
      id,
      company_id,
    ], () => enrich({ lead_id: id }));
    expect(changed).toMatchObject({ applied: ["job_title"] });
    expect(await api.read(`lead/view/${id}`)).toMatchObject({ city: "Rome", company_id });
    expect((await api.get("company/list")).body.total).toBe(1);
  });
});
