import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { expectLioError, expectLioFields, lioWorld, TIME } from "../support/lio.ts";
import { leadOf } from "../support/lio-leads.ts";

describe("LinkedIn leads", () => {
  test("are listed the newest first, and found by their words", async () => {
    const { admin: { api } } = await lioWorld();
    const url = (name: string) => `https://www.linkedin.com/in/${name}-${randomUUID()}`;
    const first = await leadOf(api, { linkedin_url: url("zoe-100%"), company: "Åkerlund" });
    await leadOf(api);
    const second = await leadOf(api, { linkedin_url: url("bob"), first_name: "Zoë" });
    const listed = async (query = "") => {
      const { body } = await api.get(`lead-enrichment/linkedin-leads/recent?${query}`);
      expect(body.total).toBe(body.data.length);
      return body.data.map(({ id }: { id: number }) => id);
    };
    expect(await listed()).toEqual([second.id, first.id]);
    expect(await listed("search=akerlund%20jane%20zoe")).toEqual([first.id]);
    expect(await listed("search=zoe")).toEqual([second.id, first.id]);
    expect(await listed("search=100%25")).toEqual([first.id]);
    expect(await listed(`search=${encodeURIComponent(second.email)}`)).toEqual([second.id]);
    expect(await listed("search=nobody")).toEqual([]);
    expectLioFields(await api.get("lead-enrichment/linkedin-leads/recent?serch=x"), 400, "serch");
  });

  test("are shown with where what was found of them comes from", async () => {
    const { admin: { api } } = await lioWorld();
    const linkedin_url = `https://www.linkedin.com/in/${randomUUID()}`;
    const lead = await leadOf(api, { linkedin_url, phone_number: "+442079460958" });
    const at = `lead-enrichment/linkedin-leads/${lead.id}`;
    expect(await api.read(at)).toMatchObject({ id: lead.id, linkedin_url, enrichment: null });
    const { sources } = await api.done("lead-enrichment/enrich", { lead_id: lead.id });
    expect(await api.read(at)).toMatchObject({ country: "GB", enrichment: { at: TIME, sources } });
    const { id } = await leadOf(api);
    expectLioError(await api.get(`lead-enrichment/linkedin-leads/${id}`), 404, "not_found");
    expectLioError(await api.get("lead-enrichment/linkedin-leads/999999999"), 404, "not_found");
  });
});
