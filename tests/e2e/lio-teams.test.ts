import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { connectApp } from "../support/connected-accounts.ts";
import { expectLioError, expectLioFields, lioWorld } from "../support/lio.ts";

async function teamsWorld(what: string | null = "teams") {
  const { workspace, admin: { api, id } } = await lioWorld();
  const credentials = { access_token: `microsoft-${what}-${randomUUID()}` };
  // A user's own does not count.
  await connectApp(workspace.id, "microsoft", { userId: id, credentials });
  if (what !== null) await connectApp(workspace.id, "microsoft", { credentials });
  return api;
}

test("channels of Teams are listed, of all teams or of one", async () => {
  const api = await teamsWorld();
  const { body } = await api.get("teams/channels");
  expect(body).toMatchObject({ total: 12, page: 1, limit: 10 });
  expect(body.data).toHaveLength(10);
  expect(body.data[1]).toEqual({
    id: "19:team-sales-1@thread.tacv2",
    name: "Channel 1",
    description: "About 1",
    team_id: "team-sales",
    team_name: "Sales",
    web_url: "https://teams.microsoft.com/l/channel/team-sales-1",
    membership_type: "private",
  });
  expect((await api.get("teams/channels?page=2&limit=10")).body.data).toHaveLength(2);
  const one = await api.get("teams/channels?team_id=team-support&limit=500");
  expect(one.body).toMatchObject({ total: 10, limit: 500 });
  expect(one.body.data[0]).toMatchObject({
    name: "General",
    description: null,
    team_name: "Support",
  });
  for (const id of ["team-none", "../me/events", "日本", ".", ".."]) {
    const query = new URLSearchParams({ team_id: id });
    expectLioError(await api.get(`teams/channels?${query}`), 404, "not_found");
  }
  expectLioFields(await api.get("teams/channels?team_id=&team=1"), 400, "team_id", "team");
});

test("Teams has to be connected for the organisation, and to answer", async () => {
  expectLioError(
    await (await teamsWorld(null)).get("teams/channels"),
    409,
    "not_connected",
    "microsoft",
  );
  const failing = async (what: string, code: string | null) =>
    expectLioError(
      await (await teamsWorld(what)).get("teams/channels"),
      502,
      "provider_error",
      code,
    );
  await Promise.all([
    failing("revoked", "token_rejected"),
    failing("dying", "token_rejected"),
    failing("patient", "ApplicationThrottled"),
    failing("huge", null),
  ]);
});
