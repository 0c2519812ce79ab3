import { describe, expect, test } from "vitest";
import { besides } from "../support/as-role.ts";
import { mailWorld, messageRow } from "../support/mail.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { asOwner } from "../support/workspace.ts";

ownMigratedDatabase();

describe("the activity", () => {
  const activities = (workspaceId: string) =>
    asOwner("select * from crm.activities where workspace_id = $1", [workspaceId]);

  async function lead(workspaceId: string, contactId: string | null) {
    const [row] = await asOwner<{ id: string }>(
      `insert into crm.leads (workspace_id, first_name, contact_id, pipeline_id)
       select $1, 'Ada', $2, id from crm.pipelines where workspace_id = $1 limit 1 returning id`,
      [workspaceId, contactId],
    );
    return row!.id;
  }

  test("of mail that was sent is its contact's, once", async () => {
    const { workspace, store, work } = await mailWorld();
    const [company] = await asOwner<{ id: string }>(
      "insert into crm.companies (workspace_id, name) values ($1, 'Acme') returning id",
      [workspace.id],
    );
    const [contact] = await asOwner<{ id: string }>(
      "insert into crm.contacts (workspace_id, email, company_id) values ($1, 'ada@example.org', $2) returning id",
      [workspace.id, company!.id],
    );
    const leadId = await lead(workspace.id, contact!.id);
    const { id } = await store({ leadId });
    await work();
    const found = await activities(workspace.id);
    expect(found).toMatchObject([{
      type: "email",
      title: "Hello",
      contact_id: contact!.id,
      company_id: company!.id,
      deal_id: null,
      data: { message_id: id, channel: "smtp", from: "sales@example.com", to: ["ada@example.org"] },
    }]);
    expect(await messageRow(id)).toMatchObject({ activity_id: found[0]!.id, lead_id: leadId });
    await store({ contactId: contact!.id });
    await work();
    expect(await activities(workspace.id)).toHaveLength(2);
  });

  test.each(["contacts", "companies"])("is kept without what %s lose meanwhile", async (table) => {
    const { workspace, store, work } = await mailWorld();
    const [ids] = await asOwner<Record<string, string>>(
      `with company as (
        insert into crm.companies (workspace_id, name) values ($1, 'Acme') returning id)
      insert into crm.contacts (workspace_id, email, company_id) select $1, 'ada@example.org', id from company
        returning id as contacts, company_id as companies`,
      [workspace.id],
    );
    const [deal] = await asOwner<{ id: string }>(
      "insert into crm.deals (workspace_id, title) values ($1, 'D') returning id",
      [workspace.id],
    );
    const { id } = await store({
      leadId: await lead(workspace.id, ids!.contacts!),
      dealId: deal!.id,
    });
    await besides(workspace.id, [`delete from crm.${table} where id = $1`, ids![table]], work);
    expect(await messageRow(id)).toMatchObject({ state: "sent", attempts: 1 });
    expect(await activities(workspace.id)).toMatchObject([{
      contact_id: table === "contacts" ? null : ids!.contacts,
      company_id: null,
    }]);
  });

  test("there is none of a lead without a contact, and of mail that was not sent", async () => {
    const { workspace, box, store, work } = await mailWorld();
    await store({ leadId: await lead(workspace.id, null) });
    await work();
    expect(box.arrived).toHaveLength(1);
    box.behaviour.data = 554;
    const [contact] = await asOwner<{ id: string }>(
      "insert into crm.contacts (workspace_id, email) values ($1, 'b@example.org') returning id",
      [workspace.id],
    );
    await store({ contactId: contact!.id });
    await work();
    expect(await activities(workspace.id)).toEqual([]);
  });

  test("is kept although the workspace has used up its activities of the day", async () => {
    const { workspace, store, work } = await mailWorld();
    await asOwner("update crm.workspaces set activities_per_day = 0 where id = $1", [workspace.id]);
    const [contact] = await asOwner<{ id: string }>(
      "insert into crm.contacts (workspace_id, email) values ($1, 'b@example.org') returning id",
      [workspace.id],
    );
    const { id } = await store({ contactId: contact!.id });
    await work();
    expect(await messageRow(id)).toMatchObject({ state: "sent" });
    expect(await activities(workspace.id)).toHaveLength(1);
  });
});
