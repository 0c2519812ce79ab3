import { expect, test } from "vitest";
import { secretBox } from "../../shared/auth/secret-box.ts";
import {
  noteFailure,
  openIntegration,
  replaceSecrets,
} from "../../shared/integrations/open-integration.ts";
import { storeDelivery } from "../../shared/webhooks/listen.ts";
import { session } from "../support/as-role.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { TYPES } from "../support/integration-types.ts";
import { leadHub, record } from "../support/leadhub.ts";
import { asJob, leadEvent, webhook } from "../support/webhooks.ts";
import { asOwner, databaseUrl } from "../support/workspace.ts";

const box = secretBox(FUNCTIONS_ENVIRONMENT.LUMENBASE_ENCRYPTION_KEY);

function opening(workspaceId: string) {
  return { workspace: asJob(workspaceId), secrets: () => box };
}

async function idOf(number: number): Promise<string> {
  const [row] = await asOwner<{ id: string }>(
    "select id from crm.integrations where number = $1",
    [number],
  );
  return row!.id;
}

test("who uses an integration gets its settings with the secrets, in its workspace alone", async () => {
  const { id: workspaceId, api } = await leadHub();
  const { given } = TYPES.gmail!;
  const made = await api.made("integrations", { type: "gmail", settings: given });
  const id = await idOf(made.id);
  const open = await openIntegration(opening(workspaceId), id);
  expect(open).toEqual({
    id,
    number: made.id,
    type: "gmail",
    name: "Gmail",
    status: "active",
    settings: { ...given, from_name: null, daily_limit: null },
  });
  const other = await leadHub();
  expect(await openIntegration(opening(other.id), id)).toBeNull();
});

test("a secret that a service replaced is kept, and the others with it", async () => {
  const { id: workspaceId, api } = await leadHub();
  const made = await api.made("integrations", { type: "gmail", settings: TYPES.gmail!.given });
  const [id, other] = [await idOf(made.id), await leadHub()];
  await replaceSecrets(opening(other.id), id, { refresh_token: "theirs" });
  await replaceSecrets(opening(workspaceId), id, { refresh_token: "n3w" });
  expect(await openIntegration(opening(workspaceId), id)).toMatchObject({
    settings: { client_secret: TYPES.gmail!.given.client_secret, refresh_token: "n3w" },
  });
});

test("a failure is told with the integration, and pauses it when it is final", async () => {
  const { id: workspaceId, api } = await leadHub();
  const made = await api.made("integrations", { type: "gmail", settings: TYPES.gmail!.given });
  const id = await idOf(made.id);
  const workspace = asJob(workspaceId);
  const stands = async () => {
    const { status, last_error } = record(await api.get(`integrations/${made.id}`));
    return [status, last_error];
  };
  await workspace.write([noteFailure(id, "The mailbox is full.")]);
  expect(await stands()).toEqual(["active", "The mailbox is full."]);
  await workspace.write([noteFailure(id, null)]);
  expect(await stands()).toEqual(["active", null]);
  await workspace.write([noteFailure(id, "The access was withdrawn.", true)]);
  expect(await stands()).toEqual(["paused", "The access was withdrawn."]);
});

test("what an automation sends is kept once for its step, with the automation in it", async () => {
  const { id: workspaceId, api } = await leadHub();
  const made = await webhook(api, "http://127.0.0.1:1/");
  const id = await idOf(made.id);
  const [workspace, event] = [asJob(workspaceId), leadEvent({ type: "lead.tag_added" })];
  const store = async (of: string, cause: string) => {
    const automation = { id: 7, name: "Welcome" };
    const [[row] = []] = await workspace.write([storeDelivery(of, cause, event, automation)]);
    return row?.id;
  };
  const first = await store(id, "run 1 step 2");
  expect(first).toEqual(expect.any(String));
  expect(await store(id, "run 1 step 2")).toBeNull();
  expect(await store(id, "run 1 step 3")).toEqual(expect.any(String));
  const ads = await api.made("integrations", { type: "google_ads", settings: { google_key: "k" } });
  expect([await store(await idOf(ads.id), "1"), await store(workspaceId, "1")]).toEqual([
    null,
    null,
  ]);
  const [kept] = await asOwner<{ body: string }>(
    "select body from crm.webhook_deliveries where id = $1",
    [first],
  );
  const { type, at: timestamp, data } = event;
  const automation = { id: 7, name: "Welcome" };
  expect(JSON.parse(kept!.body)).toEqual({ type, timestamp, data: { ...data, automation } });
});

test("deliveries are kept for 30 days", async () => {
  const { id: workspaceId, api } = await leadHub();
  await webhook(api, "http://127.0.0.1:1/");
  // In one transaction, of which the housekeeping of others sees nothing.
  const owner = await session(databaseUrl("adminUrl"));
  await owner.query("begin");
  await owner.query(
    `insert into crm.webhook_deliveries
        (workspace_id, integration_id, webhook_id, cause, event_type, body, status, created_at)
      select workspace_id, id, 'msg', age, 'lead.created', '{}', 'failed', now() - age::interval
      from crm.integrations, unnest('{29 days 23 hours,30 days 1 hour,31 days,90 days}'::text[]) age
      where workspace_id = $1`,
    [workspaceId],
  );
  const left = async () =>
    (await owner.query(
      "select cause from crm.webhook_deliveries where workspace_id = $1 order by cause",
      [workspaceId],
    )).rows;
  const prune = async (most: number) =>
    (await owner.query("select app.prune_webhook_deliveries($1) as n", [most])).rows;
  expect(await prune(2)).toEqual([{ n: 2 }]);
  expect(await left()).toEqual([{ cause: "29 days 23 hours" }, { cause: "30 days 1 hour" }]);
  expect(await prune(1_000)).toEqual([{ n: 1 }]);
  expect(await left()).toEqual([{ cause: "29 days 23 hours" }]);
});
