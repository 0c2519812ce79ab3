import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { expectLioError, expectLioFields, TIME } from "../support/lio.ts";
import { enrichmentGateway, enrichmentWorld } from "../support/lio-enrichment.ts";
import { leadOf, person } from "../support/lio-leads.ts";

const gateway = await enrichmentGateway();
const bare = await enrichmentGateway({ ENRICHMENT_URL: "", ENRICHMENT_API_KEY: "" });

const emailOf = (local = "jane.doe") => `${local}@n${randomUUID().slice(0, 8)}.example.com`;

describe("a person", () => {
  test("of no lead is answered, and nothing of them stored", async () => {
    const { knows, enrich, credits, api } = await enrichmentWorld(gateway);
    const email = emailOf();
    knows(email, { job_title: " CEO ", company: "Acme", phone_number: "+49 30 901820", salary: 1 });
    expect(await enrich({ email })).toEqual({
      lead_id: null,
      data: {
        first_name: "Jane",
        last_name: "Doe",
        job_title: "CEO",
        company: "Acme",
        phone_number: "+4930901820",
        country: "DE",
      },
      sources: {
        first_name: "derived",
        last_name: "derived",
        job_title: "provider",
        company: "provider",
        phone_number: "provider",
        country: "derived",
      },
      is_free_email: false,
      domain: email.split("@")[1],
      applied: [],
      provider: "found",
      confidence: 0.9,
      credits_used: 1,
    });
    expect(await credits()).toEqual([99, 0]);
    expect((await api.get("lead/list")).body.total).toBe(0);
  });

  test("is asked for by all that is known, as the wire has it", async () => {
    const { enrich } = await enrichmentWorld(gateway);
    const [name, company] = ["Jane van der Berg", "Acme"];
    const given = {
      email: "jane@gmail.com",
      linkedin_url: "https://linkedin.com/in/j",
      name,
      company,
    };
    expect(await enrich(given)).toMatchObject({
      data: { first_name: "Jane", last_name: "van der Berg" },
      is_free_email: true,
      domain: "gmail.com",
      provider: "not_found",
      confidence: null,
      credits_used: 0,
    });
    const { asked } = gateway.service;
    expect(JSON.parse(String(asked?.body))).toEqual({ kind: "person", ...given });
    expect(asked?.headers).toMatchObject({
      authorization: "Bearer enrichment-key",
      "content-type": "application/json",
    });
  });

  test("has what was derived where no service is configured, for nothing", async () => {
    const { enrich, credits, setCredits } = await enrichmentWorld(bare);
    await setCredits(0);
    expect(await enrich({ email: "JANE_DOE@yahoo.co.jp" })).toMatchObject({
      data: { first_name: "Jane", last_name: "Doe" },
      is_free_email: true,
      provider: "not_configured",
      credits_used: 0,
    });
    expect(await credits()).toEqual([0, 0]);
  });

  test("has the company of the organisation with their domain", async () => {
    const { enrich, api } = await enrichmentWorld(bare);
    await api.made("company/add", {
      company_name: "Bücher AG",
      website: "https://bücher.example.com",
    });
    for (const domain of ["BÜCHER.example.com", "www.xn--bcher-kva.example.com"]) {
      const found = await enrich({ domain });
      expect(found).toMatchObject({
        data: { company: "Bücher AG" },
        sources: { company: "derived" },
        domain: "xn--bcher-kva.example.com",
        is_free_email: null,
      });
    }
    expect((await enrich({ email: "info@bücher.example.com" })).data).toEqual({
      company: "Bücher AG",
    });
  });

  test("who cannot be is told by field", async () => {
    const { tried } = await enrichmentWorld(bare);
    const all = ["lead_id", "email", "linkedin_url", "name", "company", "domain"];
    expectLioFields(await tried({}), 422, ...all);
    expectLioFields(await tried({ email: null }), 422, ...all);
    expectLioFields(await tried({ lead_id: 999_999_999 }), 422, "lead_id");
    expectLioFields(await tried({ lead_id: "1", email: "jane" }), 422, "lead_id", "email");
    expectLioFields(await tried({ linkedin_url: "https://acme.com" }), 422, "linkedin_url");
    expectLioFields(await tried({ domain: "acme", name: "x".repeat(256) }), 422, "name", "domain");
    expectLioFields(await tried({ emial: "jane@acme.com" }), 422, "emial");
  });
});

describe("a lead", () => {
  test("has what is empty filled, and what is not kept", async () => {
    const { api, knows, enrich } = await enrichmentWorld(gateway);
    const { email } = person();
    const lead = await leadOf(api, { email, city: "Rome", phone_number: "+81312345678" });
    knows(email, {
      first_name: "Janet",
      job_title: "CEO",
      company: "Acme 日本",
      city: "Berlin",
      website: "acme.example.com",
      linkedin_url: "https://www.linkedin.com/in/jane",
      state: null,
      industry: "x".repeat(256),
    });
    const found = await enrich({ lead_id: lead.id });
    expect(found).toMatchObject({
      lead_id: lead.id,
      applied: ["job_title", "linkedin_url", "company", "website", "country"],
      sources: { first_name: "provider", country: "derived", job_title: "provider" },
    });
    expect(found.data).toEqual({
      first_name: "Janet",
      job_title: "CEO",
      company: "Acme 日本",
      city: "Berlin",
      website: "https://acme.example.com",
      linkedin_url: "https://www.linkedin.com/in/jane",
      country: "JP",
    });
    expect(await api.read(`lead/view/${lead.id}`)).toMatchObject({
      first_name: "Jane",
      city: "Rome",
      job_title: "CEO",
      company: "Acme 日本",
      website: "https://acme.example.com",
      linkedin_url: "https://www.linkedin.com/in/jane",
      country: "JP",
      ai_information: { enrichment: { at: TIME, sources: found.sources } },
    });
    expect(await enrich({ lead_id: lead.id })).toMatchObject({ applied: [] });
  });

  test("keeps its enrichment, whatever is written to it", async () => {
    const { api, enrich } = await enrichmentWorld(bare);
    const { id } = await leadOf(api, { email: emailOf() });
    await enrich({ lead_id: id });
    const read = await api.read(`lead/view/${id}`);
    const { enrichment } = read.ai_information;
    const written = { ...read, ai_information: { enrichment: { at: "never" }, mood: "good" } };
    const { ai_information } = await api.done(`lead/update/${id}`, written);
    expect(ai_information).toMatchObject({ enrichment, mood: "good" });
  });

  test("is not given the profile of another", async () => {
    const { api, knows, enrich } = await enrichmentWorld(gateway);
    const linkedin_url = `https://www.linkedin.com/in/${randomUUID()}`;
    await leadOf(api, { linkedin_url });
    const { id, email } = await leadOf(api);
    knows(email, { linkedin_url, city: "Berlin" });
    expect(await enrich({ lead_id: id })).toMatchObject({ applied: ["city"] });
  });

  test("of others is none for a Rep; a Viewer enriches nothing", async () => {
    const { user, through, admin, api } = await enrichmentWorld(bare);
    const [rep, viewer] = await Promise.all([user("rep"), user("viewer")]);
    const { id } = await leadOf(api, { assigned_to: admin.number });
    const tried = await through(rep).post("lead-enrichment/enrich", { lead_id: id });
    expectLioFields(tried, 422, "lead_id");
    const seen = await through(viewer).post("lead-enrichment/enrich", { lead_id: id });
    expectLioError(seen, 403, "permission_error", "role");
  });
});
