import { expect, test } from "vitest";
import { presets } from "../../shared/connectors/presets.ts";
import type { Json } from "../support/api-client.ts";
import { type TestConnector, testConnector } from "../support/connector.ts";
import { expectError } from "../support/expect-error.ts";
import { testGateway } from "../support/gateway.ts";
import { graphServer } from "../support/graph.ts";
import { providerSamples } from "../support/provider-samples/index.ts";
import type { ProviderSample } from "../support/provider-samples/sample.ts";
import { asOwner, type TestWorkspace, testWorkspace } from "../support/workspace.ts";

const SAMPLES = providerSamples.map((sample): [string, ProviderSample] => [
  `${sample.preset}: ${sample.name}`,
  sample,
]);

async function workspaceFor({ lookups }: ProviderSample): Promise<TestWorkspace> {
  if (lookups === undefined) return await testWorkspace();
  const graph = await graphServer(lookups);
  const { url } = await testGateway({ META_GRAPH_URL: graph.url });
  return await testWorkspace({}, url);
}

async function connectorFor(sample: ProviderSample, workspace: TestWorkspace) {
  return await testConnector(workspace, {
    preset: sample.preset,
    name: sample.name,
    ...sample.secrets,
  });
}

async function headersOf(
  sample: ProviderSample,
  { url }: TestConnector,
  { secret = sample.secrets.secret ?? "", now = Date.now() } = {},
): Promise<Record<string, string>> {
  const request = { method: "POST", url, now };
  return {
    "content-type": sample.contentType,
    ...await sample.headers(secret, sample.body, request),
  };
}

test.each(SAMPLES)("%s makes what it should, once", async (_, sample) => {
  const workspace = await workspaceFor(sample);
  const connector = await connectorFor(sample, workspace);
  const send = async () => connector.send(sample.body, await headersOf(sample, connector));
  const answers = await Promise.all(Array.from({ length: 5 }, send));
  for (const { status, text } of answers) expect(status, text).toBe(200);
  const deliveries = await connector.deliveries();
  const known = sample.events.filter(({ event_id }) => event_id !== null);
  const found = (id: string | null) => deliveries.filter((one: Json) => one.event_id === id);
  expect(known.map(({ event_id }) => found(event_id).map(shapeOf))).toEqual(
    known.map(({ purpose = "record", mapped }) => [
      purpose === "record" ? { status: "accepted", mapped } : { status: purpose, mapped: null },
    ]),
  );
  // Without an id, each of the five is an event of its own.
  expect(await recordsOf(workspace)).toEqual(expectedRecords(sample, 5));
});

function shapeOf({ status, mapped }: Json): Json {
  return { status, mapped };
}

function expectedRecords({ events }: ProviderSample, sent: number) {
  const made = events.filter(({ purpose = "record" }) => purpose === "record");
  const times = made.some(({ event_id }) => event_id === null) ? sent : 1;
  const emails = made.flatMap(({ mapped }) => mapped.email ?? []);
  const others = made.filter(({ mapped }) => !("email" in mapped || "type" in mapped));
  const activities = made.filter(({ mapped }) => "type" in mapped || "message" in mapped);
  return {
    contacts: new Set(emails).size + others.length * times,
    activities: activities.length * times,
  };
}

async function recordsOf({ id }: TestWorkspace) {
  const [counts] = await asOwner<{ contacts: number; activities: number }>(
    `select (select count(*) from crm.contacts where workspace_id = $1)::int as contacts,
      (select count(*) from crm.activities where workspace_id = $1)::int as activities`,
    [id],
  );
  return counts;
}

const proofOf = ({ preset }: ProviderSample) =>
  presets[preset as keyof typeof presets].verification;
const withProof = (kinds: readonly string[]) =>
  SAMPLES.filter(([, sample]) => sample.secrets.secret && kinds.includes(proofOf(sample).type));

test.each(withProof(["signature", "header", "basic"]))(
  "%s is refused with another secret, or none",
  async (_, sample) => {
    const workspace = await testWorkspace();
    const connector = await connectorFor(sample, workspace);
    const wrong = await headersOf(sample, connector, { secret: "another secret" });
    for (const headers of [wrong, { "content-type": sample.contentType }]) {
      expectError(await connector.send(sample.body, headers), 401, "UNAUTHORIZED");
    }
    expect(await connector.deliveries()).toEqual([]);
  },
);

test.each(withProof(["signature"]))("%s is refused with a changed byte", async (_, sample) => {
  const workspace = await testWorkspace();
  const connector = await connectorFor(sample, workspace);
  const changed = Buffer.from(sample.body);
  changed.writeUInt8(changed.readUInt8(changed.length - 1) ^ 1, changed.length - 1);
  const headers = await headersOf(sample, connector);
  expectError(await connector.send(changed, headers), 401, "UNAUTHORIZED");
  expect(await connector.deliveries()).toEqual([]);
});

const TIMED = withProof(["signature"]).filter(([, sample]) => {
  const proof = proofOf(sample);
  return proof.type === "signature" && proof.timestamp !== null;
});

test.each(TIMED)("%s is refused an hour late or early", async (_, sample) => {
  const workspace = await testWorkspace();
  const connector = await connectorFor(sample, workspace);
  for (const hours of [-1, 1]) {
    const now = Date.now() + hours * 3_600_000;
    const headers = await headersOf(sample, connector, { now });
    expectError(await connector.send(sample.body, headers), 401, "UNAUTHORIZED");
  }
  expect(await connector.deliveries()).toEqual([]);
});

test("the providers that sign a time are these", () => {
  expect(new Set(TIMED.map(([, { preset }]) => preset))).toEqual(
    new Set(["webflow", "webflow_v1", "hubspot_app"]),
  );
});

test("Google's key is in the body: another is refused, and none is kept", async () => {
  const workspace = await testWorkspace();
  const [, sample] = SAMPLES.find(([, { preset }]) => preset === "google_ads")!;
  const connector = await connectorFor(sample, workspace);
  const { google_key, ...lead } = JSON.parse(String(sample.body));
  for (const body of [lead, { ...lead, google_key: "another" }]) {
    expectError(await connector.send(body), 401, "UNAUTHORIZED");
  }
  expect((await connector.send({ ...lead, google_key })).status).toBe(200);
  const [{ id }] = await connector.deliveries();
  const kept = await workspace.api.get(`v1-public-connector-deliveries?id=${id}`);
  expect(kept.body.data.body).toContain(lead.lead_id);
  expect(kept.text).not.toContain(google_key);
});
