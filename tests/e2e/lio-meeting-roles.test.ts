import { describe, expect, test } from "vitest";
import { expectLioError, expectLioFields } from "../support/lio.ts";
import { leadOf } from "../support/lio-leads.ts";
import { meetingWorld } from "../support/lio-meetings.ts";

describe("a Rep", () => {
  test("has the own meetings, and those of leads that they see", async () => {
    const { admin, user, meeting } = await meetingWorld();
    const [rep, other] = [await user("rep"), await user("rep")];
    const [free, own, others] = [
      await leadOf(admin.api),
      await leadOf(admin.api, { assigned_to: rep.number }),
      await leadOf(admin.api, { assigned_to: other.number }),
    ];
    const ofFree = await meeting({ lead_id: free.id });
    const ofOwn = await meeting({ lead_id: own.id }, other.api).catch(() =>
      meeting({ lead_id: own.id })
    );
    const theirs = await meeting({}, rep.api);
    const hidden = [await meeting(), await meeting({ lead_id: others.id })];
    const { body } = await rep.api.get("meeting/list?order_in=asc");
    expect(body.data.map(({ id }: { id: number }) => id)).toEqual([ofFree.id, ofOwn.id, theirs.id]);
    expect(body.total).toBe(3);
    for (const { id } of hidden) {
      expectLioError(await rep.api.get(`meeting/view/${id}`), 404, "not_found");
      expectLioError(await rep.api.get(`meeting/${id}/transcript`), 404, "not_found");
      expectLioError(await rep.api.post(`meeting/update/${id}`, { title: "X" }), 404, "not_found");
      expectLioError(await rep.api.send("DELETE", `meeting/delete/${id}`), 404, "not_found");
    }
    for (const { id } of [ofFree, theirs]) {
      expect(await rep.api.done(`meeting/update/${id}`, { title: "X" })).toMatchObject({
        title: "X",
      });
    }
    const { status } = await rep.api.send("DELETE", `meeting/delete/${ofFree.id}`);
    expect(status).toBe(200);
    const seen = async (query: string) => (await rep.api.get(`feed/list?${query}`)).text;
    expect(await seen("model_type=meeting")).not.toContain("Call of others");
  });

  test("meets no leads of others, and does not lose sight of somebody else's meeting", async () => {
    const { admin, user, meeting } = await meetingWorld();
    const rep = await user("rep");
    const [free, others] = [
      await leadOf(admin.api),
      await leadOf(admin.api, { assigned_to: admin.number }),
    ];
    const { id } = await meeting({ lead_id: free.id });
    const change = (lead_id: number | null) => rep.api.post(`meeting/update/${id}`, { lead_id });
    expectLioFields(await change(others.id), 422, "lead_id");
    expectLioFields(await change(null), 422, "lead_id");
    const own = await meeting({ lead_id: free.id }, rep.api);
    expect(await rep.api.done(`meeting/update/${own.id}`, { lead_id: null }))
      .toMatchObject({ lead_id: null });
  });
});

test("a Viewer reads all meetings and writes none", async () => {
  const { user, meeting } = await meetingWorld();
  const { api } = await user("viewer");
  const { id } = await meeting();
  expect(await api.read(`meeting/view/${id}`)).toMatchObject({ id });
  expectLioError(await api.post("meeting/add", {}), 403, "permission_error", "role");
  expectLioError(await api.post(`meeting/update/${id}`, {}), 403, "permission_error", "role");
  expectLioError(await api.send("DELETE", `meeting/delete/${id}`), 403, "permission_error", "role");
});

test("meetings stay without their user, lead, contact and company", async () => {
  const { admin: { api }, user, meeting } = await meetingWorld();
  const manager = await user("manager");
  const lead = await leadOf(api, { company: "Acme" });
  const links = { lead_id: lead.id, company_id: lead.company_id };
  const { id } = await meeting(links, manager.api);
  await api.send("DELETE", "lead/delete", { body: { ids: [lead.id] } });
  await api.send("DELETE", `company/delete/${lead.company_id}`);
  await api.done("user/delete", { user_id: manager.number });
  expect(await api.read(`meeting/view/${id}`))
    .toMatchObject({ user_id: null, lead_id: null, company_id: null, title: "Intro call" });
});
