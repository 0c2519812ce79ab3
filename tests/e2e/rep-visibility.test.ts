import { expect, test } from "vitest";
import { lioUser } from "../support/lio.ts";
import { person, signedIn } from "../support/people.ts";
import { asOwner } from "../support/workspace.ts";

test("a Rep sees as little through a session of the CRM as through LIO's search", async () => {
  const rep = await person();
  const { id: workspaceId } = rep.workspace;
  await asOwner("update crm.users set is_rep = true where id = $1", [rep.userId]);
  const manager = await lioUser(rep.workspace, "manager");
  await asOwner(
    `insert into crm.deals (workspace_id, title, value, currency, assigned_to)
      values ($1, 'Licence mine', 1, 'USD', $2), ($1, 'Licence theirs', 1000, 'USD', $3),
        ($1, 'Licence nobody', 10, 'USD', null)`,
    [workspaceId, rep.userId, manager.id],
  );
  const api = await signedIn(rep);
  const { leads, total } = (await api.get("leads?search=licence")).body;
  const titles = leads.map(({ title }: { title: string }) => title);
  expect([titles.toSorted(), total]).toEqual([["Licence mine", "Licence nobody"], 2]);
  expect((await api.get("leads")).body.total).toBe(2);
  const [theirs] = await asOwner<{ id: string }>(
    "select id from crm.deals where workspace_id = $1 and title = 'Licence theirs'",
    [workspaceId],
  );
  expect((await api.get(`leads/${theirs?.id}`)).status).toBe(404);
  expect((await api.patch(`leads/${theirs?.id}`, { title: "x" })).status).toBe(404);
  const given = await api.post("leads", { title: "Given away", ownerId: manager.id });
  expect(given.status, given.text).toBe(403);
  const { text } = await api.get("dashboard");
  expect(text).not.toContain("1000");

  const other = await lioUser(rep.workspace, "rep");
  const found = async (user: typeof other) => {
    const { body } = await user.api.get("user/global-search?search_value=licence");
    expect(body.total).toBe(body.data.deals.length);
    return body.data.deals.map(({ title }: { title: string }) => title).toSorted();
  };
  expect(await found(other)).toEqual(["Licence nobody"]);
  expect(await found(manager)).toEqual(["Licence mine", "Licence nobody", "Licence theirs"]);
});
