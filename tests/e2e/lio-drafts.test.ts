import { describe, expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { expectLioError, expectLioFields, type LioClient, TIME } from "../support/lio.ts";
import { draftWorld } from "../support/lio-drafts.ts";

const MISSING = 999_999_999;

describe("a draft", () => {
  test("is listed with its lead, and approved as it is or with another text", async () => {
    const { admin, user, lead, stored } = await draftWorld();
    const { id: leadId } = await lead();
    const number = await stored(leadId);
    const written = {
      id: number,
      lead_id: leadId,
      subject: "For you",
      body: "<p>Dear Jane</p>",
      persona: "professional",
      status: "draft",
      created_by: null,
      approved_by: null,
      approved_at: null,
      sent_at: null,
      message_id: null,
      created_at: TIME,
    };
    const { body } = await admin.api.get(`ai-email/drafts/lead/${leadId}`);
    expect(body).toMatchObject({ data: [written], total: 1, page: 1, limit: 10 });
    const manager = await user("manager");
    const approved = await approve(manager.api, number);
    expect(approved).toEqual({
      ...written,
      status: "approved",
      approved_by: manager.number,
      approved_at: TIME,
    });
    // Whoever approves what is approved already changes nothing, unless they change its text.
    expect(await approve(admin.api, number)).toEqual(approved);
    const subject = "Für dich 日本 👩‍👩‍👧‍👦";
    const changed = await approve(admin.api, number, { subject });
    expect(changed).toMatchObject({ subject, body: written.body, approved_by: admin.number });
    expect(await approve(admin.api, number, { body: "Dear\nJane" }))
      .toMatchObject({ subject, body: "Dear\nJane" });
  });

  test("is approved on one line, with a text", async () => {
    const { admin: { api }, lead, stored } = await draftWorld();
    const at = `ai-email/draft/${await stored((await lead()).id)}/approve`;
    const put = (body: object) => api.send("PUT", at, { body });
    expectLioFields(await put({ subject: "A\r\nBcc: b@example.com" }), 422, "subject");
    expectLioFields(await put({ subject: "x".repeat(999), body: 1 }), 422, "subject", "body");
    expectLioFields(await put({ body: "x".repeat(400 * 1024 + 1), text: "" }), 422, "body", "text");
    expectLioFields(await api.send("PUT", "ai-email/draft/x/approve"), 400, "draft_id");
    expectLioError(await api.send("PUT", `ai-email/draft/${MISSING}/approve`), 404, "not_found");
    expectLioError(await api.get(`ai-email/drafts/lead/${MISSING}`), 404, "not_found");
  });

  test("of another's lead is none for a Rep, and a Viewer only reads", async () => {
    const { user, lead, stored } = await draftWorld();
    const rep = await user("rep");
    const other = await user("rep");
    const { id } = await lead({ assigned_to: other.number });
    const number = await stored(id);
    expectLioError(await rep.api.get(`ai-email/drafts/lead/${id}`), 404, "not_found");
    const at = `ai-email/draft/${number}/approve`;
    expectLioError(await rep.api.send("PUT", at), 404, "not_found");
    const viewer = await user("viewer");
    expect(await viewer.api.read(`ai-email/drafts/lead/${id}`)).toMatchObject([{ id: number }]);
    expectLioError(await viewer.api.send("PUT", at), 403, "permission_error", "role");
    expect(await approve(other.api, number)).toMatchObject({ approved_by: other.number });
  });
});

/** Approves a draft. */
async function approve(api: LioClient, number: number, given?: object): Promise<Json> {
  const answer = await api.send("PUT", `ai-email/draft/${number}/approve`, { body: given });
  expect(answer.status, answer.text).toBe(200);
  return answer.body.data;
}
