import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { ApiClient, type Json } from "../support/api-client.ts";
import { testGateway } from "../support/gateway.ts";
import { graphServer } from "../support/graph.ts";
import { MASKED, TYPES } from "../support/integration-types.ts";
import { leadHub, LeadHubClient, type LeadHubWorld, record } from "../support/leadhub.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";

const { app_secret, verify_token, access_token } = TYPES.facebook!.given;
const META_LEAD = {
  id: "741",
  created_time: "2026-03-01T10:00:00+0000",
  field_data: [
    { name: "email", values: ["lead@acme.com"] },
    { name: "full_name", values: ["Lee Ada"] },
    { name: "how_many_seats?", values: ["40"] },
  ],
};

function googleLead(changes: Json = {}): Json {
  return {
    lead_id: "lead-1",
    api_version: "1.0",
    form_id: 7,
    campaign_id: 9,
    google_key: "s3cret",
    user_column_data: [
      { column_id: "FULL_NAME", string_value: "Sarah Johnson", column_name: "Full Name" },
      { column_id: "EMAIL", string_value: "sarah@example.com", column_name: "User Email" },
      { column_id: "PHONE_NUMBER", string_value: "+14155551234", column_name: "User Phone" },
      { column_id: "COMPANY_NAME", string_value: "Tech Corp", column_name: "Company Name" },
    ],
    ...changes,
  };
}

async function googleAds(world: LeadHubWorld) {
  const settings = { google_key: "s3cret" };
  const made = await world.api.made("integrations", { type: "google_ads", settings });
  const sender = new ApiClient(world.api.baseUrl, null);
  const path = made.webhook_url.split("/functions/v1/")[1];
  return { made, path, send: (body: Json) => sender.post(path, body) };
}

test("a lead of Google Ads becomes a lead with that source, once", async () => {
  const world = await leadHub();
  const { made, send } = await googleAds(world);
  expect(made.webhook_url).toMatch(
    `${FUNCTIONS_ENVIRONMENT.LUMENBASE_PUBLIC_URL}/v1-public-contacts?`,
  );
  expect(record(await world.api.get(`integrations/${made.id}`)).webhook_url).toBeNull();
  expect((await send(googleLead())).status).toBe(200);
  expect((await send(googleLead())).status).toBe(200);
  const [lead, ...others] = await world.api.listed("leads");
  expect(others).toEqual([]);
  expect(lead).toMatchObject({
    first_name: "Sarah",
    last_name: "Johnson",
    email: "sarah@example.com",
    phone: "+14155551234",
    company: "Tech Corp",
    source: "google_ads",
    status: "new",
  });
  const { body } = await world.native.get("v1-public-activities-crud");
  expect(body.data.items).toMatchObject([{
    type: "lead_intake",
    data: { lead_id: "lead-1", form_id: 7 },
  }]);
  expect(JSON.stringify(body)).not.toContain("s3cret");
  const kept = await world.native.get("v1-public-connector-deliveries");
  expect(kept.body.data.items).toMatchObject([{ status: "accepted", outcome: "created" }]);
});

test("another lead of a person completes the one that is there", async () => {
  const world = await leadHub();
  const { send } = await googleAds(world);
  const given = { first_name: "S.", email: "sarah@example.com", source: "website", notes: "First" };
  const { id } = await world.api.made("leads", given);
  expect((await send(googleLead())).status).toBe(200);
  const [lead, ...others] = await world.api.listed("leads");
  expect(others).toEqual([]);
  expect(lead).toMatchObject({ id, first_name: "S.", last_name: "Johnson", source: "website" });
  expect(lead!.notes).toMatch(/^First\n\n/);
});

test("who does not know the key makes no lead; what is a test or cut short neither", async () => {
  const world = await leadHub();
  const { made, path, send } = await googleAds(world);
  expect((await send(googleLead({ google_key: "other" }))).status).toBe(401);
  expect((await send(googleLead({ is_test: true }))).status).toBe(200);
  const stranger = new ApiClient(world.api.baseUrl, null);
  const another = path.replace(/.$/, (last: string) => last === "x" ? "y" : "x");
  expect((await stranger.post(another, googleLead())).status).toBe(401);
  record(await world.api.patch(`integrations/${made.id}`, { settings: { google_key: "an0ther" } }));
  expect((await send(googleLead())).status).toBe(401);
  expect(await world.api.listed("leads")).toEqual([]);
  expect((await send(googleLead({ lead_id: "2", google_key: "an0ther" }))).status).toBe(200);
  expect(await world.api.listed("leads")).toHaveLength(1);
});

test("while it is inactive what is sent is kept and makes no lead; deleted it takes nothing", async () => {
  const world = await leadHub();
  const { made, send } = await googleAds(world);
  const one = `integrations/${made.id}`;
  record(await world.api.patch(one, { is_active: false }));
  expect((await send(googleLead())).status).toBe(200);
  expect(await world.api.listed("leads")).toEqual([]);
  const { body } = await world.native.get("v1-public-connector-deliveries");
  expect(body.data.items).toMatchObject([
    { status: "ignored", error: { message: "The integration is inactive." } },
  ]);
  record(await world.api.patch(one, { is_active: true }));
  const delivery = body.data.items[0].id;
  const replayed = await world.native.send(
    "POST",
    `v1-public-connector-deliveries?id=${delivery}`,
    {},
  );
  expect(replayed.status, replayed.text).toBe(201);
  expect(await world.api.listed("leads")).toHaveLength(1);
  expect((await world.api.delete(one)).status).toBe(204);
  // A token is remembered for a few seconds, its connector is not.
  expect((await send(googleLead({ lead_id: "2" }))).status).toBeOneOf([401, 404]);
});

async function facebook(settings: Json = {}) {
  const graph = await graphServer({ 741: META_LEAD, 742: { ...META_LEAD, id: "742" } });
  const { url } = await testGateway({ META_GRAPH_URL: graph.url });
  const world = await leadHub();
  const api = new LeadHubClient(url, world.api.key);
  const given = { app_secret, verify_token, access_token, ...settings };
  const made = await api.made("integrations", { type: "facebook", settings: given });
  expect(made.settings).toMatchObject({ app_secret: MASKED, access_token: MASKED });
  const path = made.webhook_url.split("/functions/v1/")[1];
  const sender = new ApiClient(url, null);
  const send = (page = "1", secret: string = app_secret, leadgen_id = "741") => {
    const value = { leadgen_id, form_id: "5", page_id: page };
    const body = { object: "page", entry: [{ id: page, changes: [{ field: "leadgen", value }] }] };
    const text = JSON.stringify(body);
    const signature = createHmac("sha256", secret).update(text).digest("hex");
    const headers = {
      "content-type": "application/json",
      "x-hub-signature-256": `sha256=${signature}`,
    };
    return sender.send("POST", path, { raw: text, headers });
  };
  return { api, graph, url, path, send };
}

test("a lead of Facebook is fetched and becomes a lead with that source", async () => {
  const { api, graph, url, path, send } = await facebook();
  const ask = (token: string) =>
    fetch(
      `${url}/functions/v1/${path}&hub.mode=subscribe&hub.challenge=77&hub.verify_token=${token}`,
    );
  expect(await (await ask(verify_token)).text()).toBe("77");
  expect((await ask("other")).status).toBe(403);
  expect((await send("1", "other")).status).toBe(401);
  expect((await send()).status).toBe(200);
  const [lead, ...others] = await api.listed("leads");
  expect(others).toEqual([]);
  expect(lead).toMatchObject({
    first_name: "Lee",
    last_name: "Ada",
    email: "lead@acme.com",
    source: "facebook",
  });
  expect(lead!.notes).toContain("40");
  expect(graph.requests).toHaveLength(1);
});

test("with a page_id leads of other pages are passed over", async () => {
  const { api, send } = await facebook({ page_id: "12" });
  expect((await send("13")).status).toBe(200);
  expect(await api.listed("leads")).toEqual([]);
  expect((await send("12", app_secret, "742")).status).toBe(200);
  expect(await api.listed("leads")).toHaveLength(1);
});
