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

  const other = await lioUser(rep.workspace, "rep");
  const found = async (user: typeof other) => {
    const { body } = await user.api.get("user/global-search?search_value=licence");
    expect(body.total).toBe(body.data.deals.length);
    return body.data.deals.map(({ title }: { title: string }) => title).toSorted();
  };
  expect(await found(other)).toEqual(["Licence nobody"]);
  expect(await found(manager)).toEqual(["Licence mine", "Licence nobody", "Licence theirs"]);
});

test("a Rep's dashboard of the CRM adds up what they see, a manager's everything", async () => {
  const rep = await person();
  const { id: workspaceId } = rep.workspace;
  const manager = await person({ workspace: rep.workspace });
  await asOwner("update crm.users set is_rep = true where id = $1", [rep.userId]);
  await asOwner(
    `insert into crm.deals (workspace_id, title, value, currency, probability, assigned_to, pipeline_id, stage_id)
      select $1, 'D', given.value, 'USD', given.probability, given.owner::uuid, s.pipeline_id, s.id
      from (values (1.5, 50, $2), (10, null, null), (1000, 10, $3)) given (value, probability, owner),
        crm.stages s where s.workspace_id = $1 and s.position = 1`,
    [workspaceId, rep.userId, manager.userId],
  );
  await asOwner(
    `insert into crm.leads (workspace_id, pipeline_id, first_name, assigned_to)
      select workspace_id, id, 'Theirs', $2 from crm.pipelines where workspace_id = $1`,
    [workspaceId, manager.userId],
  );
  await asOwner(
    `insert into crm.tasks (workspace_id, title, due_date, lead_id)
      select workspace_id, 'T', '2026-01-01'::date, id from crm.leads where workspace_id = $1
      union all select $1, 'T', '2026-01-01', null union all select $1, 'T', null, null`,
    [workspaceId],
  );
  const dashboard = async (who: typeof rep) => (await (await signedIn(who)).get("dashboard")).body;
  const shown = (count: number, value: number, weightedValue: number, tasks: object) => {
    const values = [{ currency: "USD", value }];
    return {
      open: { count, values: [{ currency: "USD", value, weightedValue }] },
      won: { count: 0, values: [] },
      funnel: expect.arrayContaining([
        expect.objectContaining({ name: "Lead", count, values, reached: count }),
      ]),
      tasks,
    };
  };
  expect(await dashboard(rep)).toMatchObject(shown(2, 11.5, 1.75, { open: 2, overdue: 1 }));
  expect(await dashboard(manager)).toMatchObject(shown(3, 1011.5, 101.75, { open: 3, overdue: 2 }));
});

test("a Rep's stages and timelines of the CRM count what they see", async () => {
  const rep = await person();
  const { id: workspaceId } = rep.workspace;
  const manager = await person({ workspace: rep.workspace });
  await asOwner("update crm.users set is_rep = true where id = $1", [rep.userId]);
  const deals = await asOwner<{ id: string; title: string }>(
    `insert into crm.deals (workspace_id, title, stage, assigned_to)
      values ($1, 'Mine', 'Lead', $2), ($1, 'Nobody''s', 'Odd', null), ($1, 'Theirs', 'Lead', $3)
      returning id, title`,
    [workspaceId, rep.userId, manager.userId],
  );
  const mine = deals.find(({ title }) => title === "Mine")?.id;
  await asOwner(
    `with lead as (
      insert into crm.leads (workspace_id, pipeline_id, first_name, assigned_to)
      select workspace_id, id, 'Theirs', $2 from crm.pipelines where workspace_id = $1 returning id)
    insert into crm.activities (workspace_id, type, title, deal_id, lead_id)
      values ($1, 'call', 'Seen', $3, null), ($1, 'call', 'Hidden', $3, (select id from lead))`,
    [workspaceId, manager.userId, mine],
  );
  const counted = async (who: typeof rep) => {
    const api = await signedIn(who);
    const { stages } = (await api.get("pipeline-stages")).body;
    const timeline = (await api.get(`leads/${mine}/timeline`)).body;
    return [
      stages.find(({ name }: { name: string }) => name === "Lead").leadCount,
      timeline.total - timeline.items.length,
      timeline.items.filter(({ type }: { type: string }) => type === "activity").length,
      (await api.get("leads?stage=odd")).body.total,
    ];
  };
  expect(await counted(rep)).toEqual([1, 0, 1, 1]);
  expect(await counted(manager)).toEqual([2, 0, 2, 1]);
});
