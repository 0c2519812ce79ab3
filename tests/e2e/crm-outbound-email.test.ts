import { describe, expect, test } from "vitest";
import { mailIntegration, messageRow } from "../support/mail.ts";
import { outboundWorld } from "../support/outbound-email.ts";
import { asOwner } from "../support/workspace.ts";

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
const ID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const NO_ID = "01890a5d-ac96-774b-bcce-b302099a8057";

describe("an email", () => {
  test("is queued, goes to the lead's contact, and stands in the timeline once", async () => {
    const { send, box, api, emails, timeline, leadId, contactId, connectionId, sent } =
      await outboundWorld();
    const { status, body } = await send();
    expect([status, body]).toEqual([202, {
      id: ID,
      leadId,
      connectionId,
      channel: "smtp",
      to: ["ada@example.org"],
      cc: [],
      bcc: [],
      subject: "Your licence",
      state: "queued",
      error: null,
      messageId: `<${body.id}@example.com>`,
      sentAt: null,
      createdAt: TIME,
    }]);
    await sent({ subject: "Another" });
    await expect.poll(async () => (await emails()).map(({ data }) => data.state)).toEqual([
      "sent",
      "sent",
    ]);
    const [, first] = await emails();
    expect(first).toEqual({
      id: body.id,
      type: "email",
      at: body.createdAt,
      title: "Your licence",
      body: null,
      actorId: null,
      data: {
        channel: "smtp",
        to: ["ada@example.org"],
        state: "sent",
        error: null,
        sentAt: TIME,
      },
    });
    const { items, total } = await timeline();
    expect(items.map(({ type }: { type: string }) => type)).toEqual([
      "email",
      "email",
      "stage_change",
    ]);
    expect(total).toBe(3);
    const activities = await api.get(`crm/api/crm/activities?leadId=${leadId}`);
    expect(activities.body).toMatchObject({
      total: 2,
      activities: [{ type: "email", contactId, leadId }, { type: "email", contactId, leadId }],
    });
    expect(box.arrived.map(({ email: { subject } }) => subject).toSorted()).toEqual([
      "Another",
      "Your licence",
    ]);
  });

  test("is text and HTML, text first, with a way to unsubscribe by one click", async () => {
    const { sent, box } = await outboundWorld();
    const { id } = await sent({
      cc: ["b@example.org"],
      bcc: ["c@example.org"],
      replyTo: "r@example.org",
    });
    const [{ raw, to, email } = { raw: "", to: [], email: null }] = box.arrived;
    expect(to).toEqual(["ada@example.org", "b@example.org", "c@example.org"]);
    expect(raw).toMatch(/^Content-Type: multipart\/alternative;/m);
    expect(raw.indexOf("text/plain")).toBeLessThan(raw.indexOf("text/html"));
    expect(raw).not.toContain("c@example.org");
    expect(email).toMatchObject({
      messageId: `<${id}@example.com>`,
      replyTo: [{ address: "r@example.org" }],
      html: expect.stringContaining("<b>Ada</b>"),
      text: expect.stringContaining("Hello Ada"),
    });
    expect(raw).toMatch(
      /^List-Unsubscribe: <https:\/\/api\.lumenbase\.test\/functions\/v1\/crm\/mail\/unsubscribe\/[\w-]{68}>\r$/m,
    );
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
  });

  test("answers a former one", async () => {
    const { sent, send, box } = await outboundWorld();
    const first = await sent();
    const messageId = `<${first.id}@example.com>`;
    await sent({ inReplyTo: messageId });
    await sent({ inReplyTo: messageId.slice(1, -1) });
    for (const { raw } of box.arrived.slice(1)) {
      expect(raw).toContain(`In-Reply-To: ${messageId}`);
      expect(raw).toContain(`References: ${messageId}`);
    }
    const stranger = await outboundWorld();
    for (const inReplyTo of [`<${NO_ID}@example.com>`, messageId]) {
      expect(await stranger.send({ inReplyTo })).toMatchObject({
        status: 400,
        body: { error: "inReplyTo: No message with this messageId." },
      });
    }
    expect((await send({ inReplyTo: "" })).status).toBe(202);
  });

  test("tells of what was refused: for good, and some recipients", async () => {
    const { sent, box } = await outboundWorld({ recipients: { "no@example.org": 550 } });
    expect((await sent({ cc: ["no@example.org"] })).data).toMatchObject({
      state: "sent",
      error: expect.stringContaining("no@example.org"),
    });
    box.behaviour.data = 554;
    expect((await sent()).data).toMatchObject({ state: "failed", sentAt: null });
    expect(box.arrived).toHaveLength(1);
  });

  test("is sent once under an idempotency key", async () => {
    const { send, emails } = await outboundWorld();
    const headers = { "idempotency-key": "once" };
    const [one, other] = await Promise.all([send({}, headers), send({}, headers)]);
    expect([one.status, other.status, one.text]).toEqual([202, 202, other.text]);
    expect(await emails()).toHaveLength(1);
    expect((await send({ subject: "Else" }, headers)).status).toBe(409);
  });
});

describe("connections", () => {
  test("are the integrations of category email, without a secret", async () => {
    const { api, workspace, connectionId } = await outboundWorld({}, {
      username: "sales",
      password: "s3cret-pass",
    });
    await mailIntegration(workspace.id, "webhook", { url: "https://example.com/" });
    const { status, body, text } = await api.get("crm/api/crm/outbound-email-connections");
    expect([status, body]).toEqual([200, {
      connections: [{
        id: connectionId,
        channel: "smtp",
        name: "smtp",
        fromEmail: "sales@example.com",
        fromName: "Sales",
        status: "active",
        dailyLimit: null,
        sentToday: 0,
        lastError: null,
        createdAt: TIME,
      }],
    }]);
    expect(text).not.toMatch(/s3cret|\*\*\*/);
    const stranger = await outboundWorld();
    expect((await stranger.api.get("crm/api/crm/outbound-email-connections")).text).not.toContain(
      connectionId,
    );
  });

  test("of others send nothing", async () => {
    const [mine, theirs] = [await outboundWorld(), await outboundWorld()];
    expect(
      (await mine.send({ connectionId: theirs.connectionId, leadId: theirs.leadId })).body.error,
    )
      .toBe("leadId: No lead with this id. connectionId: No connection with this id.");
    expect(await theirs.emails()).toEqual([]);
  });
});

test("a message of a lead that was moved or deleted is not told twice", async () => {
  const { sent, api, leadId } = await outboundWorld();
  const { id } = await sent();
  const { activity_id: activity } = await messageRow(id);
  const other = (await api.post("crm/api/crm/leads", { title: "Other" })).body.id;
  const timeline = async (lead: string) =>
    (await api.get(`crm/api/crm/leads/${lead}/timeline`)).body;
  await asOwner("update crm.activities set deal_id = $2 where id = $1", [activity, other]);
  expect(await timeline(leadId)).toMatchObject({ total: 2 });
  expect(await timeline(other)).toMatchObject({ total: 2, items: [{}, { id: activity }] });
  expect((await api.delete(`crm/api/crm/leads/${leadId}`)).status).toBe(204);
  expect(await messageRow(id)).toMatchObject({ deal_id: null, state: "sent" });
});
