import { expect, test } from "vitest";
import { ApiClient, type Json } from "../support/api-client.ts";
import { testGateway } from "../support/gateway.ts";
import { TYPES } from "../support/integration-types.ts";
import { leadHub, LeadHubClient } from "../support/leadhub.ts";
import { ownMigratedDatabase } from "../support/own-migrated-database.ts";
import { verified, webhookReceiver } from "../support/webhook-receiver.ts";
import { leadEvent, tell } from "../support/webhooks.ts";
import { asOwner, databaseUrl, eventually } from "../support/workspace.ts";

ownMigratedDatabase();

const WORKER_SECRET = "what-only-the-caller-of-the-worker-knows";

test("secrets of integrations are in no log line, no other answer, no event and no job", async () => {
  const env = { LUMENBASE_WORKER_SECRET: WORKER_SECRET };
  const { url, log } = await testGateway(env, databaseUrl("apiUrl"));
  const { id, api: { key } } = await leadHub();
  const api = new LeadHubClient(url, key);
  const receiver = await webhookReceiver(500);
  const settings = { url: receiver.url, events: ["lead.created"] };
  const made = await api.post("integrations", { type: "webhook", settings });
  const one = `integrations/${made.body.data.id}`;
  const rotated = await api.post(`${one}/rotate-secret`, {});
  const secrets = [made, rotated].map(({ body }) => body.data.settings.secret);
  const told: Json[] = [];
  for (const [type, { given }] of Object.entries(TYPES)) {
    const answer = await api.post("integrations", { type, settings: given });
    told.push(answer, await api.patch(`integrations/${answer.body.data.id}`, { settings: given }));
    told.push(await api.post("integrations", { type, settings: { ...given, nothing: 1 } }));
  }
  await tell(id, leadEvent());
  const worker = new ApiClient(url, WORKER_SECRET);
  await eventually(async () => {
    expect((await worker.post("worker", {})).status).toBe(200);
    return receiver.requests.length > 1;
  });
  told.push(await api.get("integrations"), await api.get(`${one}/deliveries`), await api.get(one));
  told.push(await api.patch(one, { settings: { secret: secrets[0] } }));
  for (const secret of secrets) verified(receiver.requests[0]!, secret);
  expect(log.join("\n")).toContain("webhooks.deliver");
  const stored = await asOwner<{ text: string }>(
    `select coalesce(string_agg(row::text, ' '), '') as text from (
      select to_jsonb(e) as row from crm.events e union all select to_jsonb(j) from crm.jobs j
      union all select to_jsonb(d) from crm.webhook_deliveries d
      union all select to_jsonb(i) from crm.integrations i) everything`,
  );
  const seen = [...log, ...told.map(({ text }) => text), stored[0]!.text].join("\n");
  const others = ["s3cret", "r3fresh", "v3rify", "a3ccess", WORKER_SECRET];
  for (const secret of [...secrets.map((text) => text.slice(6)), ...others]) {
    expect(seen.includes(secret), secret).toBe(false);
  }
});
