import { describe, expect, test } from "vitest";
import { crmHttp } from "../support/crm-http.ts";
import { membershipsOf, memberWorld } from "../support/crm-members.ts";

describe("the company of a contact is that of its primary membership", () => {
  test("set here, it takes over, and those of before stay", async () => {
    const { api, contact, company, order } = await memberWorld();
    const [a, b] = [await company("A"), await company("B")];
    const set = (companyId: string) => api.changed(`contacts/${contact}`, { companyId });
    expect((await set(a)).companyId).toBe(a);
    expect((await set(b)).companyId).toBe(b);
    expect(await order()).toBe("B* A");
    await set(a);
    expect(await order()).toBe("A* B");
    await set(a);
    expect(await order()).toBe("A* B");
  });

  test("set by the native API, the former one ends; null ends all", async () => {
    const { api, native, contact, path, company, order } = await memberWorld();
    const [a, b, c] = [await company("A"), await company("B"), await company("C")];
    const set = async (company_id: string | null) => {
      const answer = await native.patch(`v1-public-contacts-crud?id=${contact}`, { company_id });
      expect(answer.status, answer.text).toBe(200);
      expect(answer.body.data.company_id).toBe(company_id);
    };
    await set(a);
    expect(await order()).toBe("A*");
    await api.made(path, { companyId: b });
    await set(c);
    expect(await order()).toBe("C* B A-");
    await set(b);
    expect(await order()).toBe("B* C- A-");
    await set(null);
    expect((await membershipsOf(api, contact)).every(({ endedAt }) => endedAt !== null)).toBe(true);
  });

  test("given to ingest, or found by its name, it has its membership", async () => {
    const { api, native } = await crmHttp();
    const company = (await api.made("companies", { name: "Acme", domain: "acme.com" })).id;
    const taken = async (given: object) => {
      const { status, body, text } = await native.post("v1-public-contacts", given);
      expect(status, text).toBe(201);
      return body.data.id;
    };
    const known = await taken({ email: "ada@acme.com", company_domain: "acme.com" });
    expect(await membershipsOf(api, known)).toMatchObject([{ companyId: company }]);
    const named = await taken({ email: "bob@other.example", company_name: "Other" });
    expect(await membershipsOf(api, named)).toMatchObject([{ companyName: "Other" }]);
  });
});
