import { expect, inject, test } from "vitest";
import { hashPassword } from "../../shared/auth/password.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { outboundWorld } from "../support/outbound-email.ts";
import { asOwner } from "../support/workspace.ts";

const PASSWORD = "correct horse battery";

test("who is signed in is told in the timeline, with the email and its activity", async () => {
  const { workspace, email, emails, leadId } = await outboundWorld();
  const address = `ada.${workspace.slug}@example.com`;
  const [user] = await asOwner<{ id: string }>(
    `insert into crm.users (workspace_id, name, email, role) values ($1, 'Ada', $2, 'member')
     returning id`,
    [workspace.id, address],
  );
  await apiDatabase().write(claimsOf(workspace.id), [{
    text: "select app.set_password($1, $2)",
    values: [user!.id, await hashPassword(PASSWORD)],
  }]);
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    fetch(`${inject("gatewayUrl")}/functions/v1/${path}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "content-type": "application/json", ...headers },
    });
  const session = await post("auth/sign-in", { email: address, password: PASSWORD });
  const { access_token: token } = await session.json() as { access_token: string };
  const sent = await post("crm/api/crm/outbound-email", email, {
    authorization: `Bearer ${token}`,
    "x-entity-id": workspace.id,
  });
  expect(sent.status, await sent.clone().text()).toBe(202);
  await expect.poll(async () => (await emails())[0]?.data.state).toBe("sent");
  expect(await emails()).toMatchObject([{ actorId: user!.id }]);
  const [activity] = await asOwner<{ user_id: string }>(
    "select user_id from crm.activities where deal_id = $1 and type = 'email'",
    [leadId],
  );
  expect(activity).toEqual({ user_id: user!.id });
});
