import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { ApiClient } from "../support/api-client.ts";
import { testConnector } from "../support/connector.ts";
import { expectError } from "../support/expect-error.ts";
import { testGateway } from "../support/gateway.ts";
import { graphServer } from "../support/graph.ts";
import { testWorkspace } from "../support/workspace.ts";

const SECRETS = { secret: "app-secret", verify_token: "hand-shake", access_token: "page-token" };
const LEAD = {
  id: "741",
  created_time: "2026-03-01T10:00:00+0000",
  field_data: [{ name: "email", values: ["lead@acme.com"] }, {
    name: "full_name",
    values: ["Lee Ada"],
  }],
};
const EVENT = {
  object: "page",
  entry: [{
    id: "1",
    time: 1772359200,
    changes: [{ field: "leadgen", value: { leadgen_id: "741", form_id: "5", page_id: "1" } }],
  }],
};

async function metaConnector() {
  const graph = await graphServer({ 741: LEAD });
  const { url } = await testGateway({ META_GRAPH_URL: graph.url });
  const workspace = await testWorkspace({}, url);
  const connector = await testConnector(workspace, { preset: "meta_lead_ads", ...SECRETS });
  const body = JSON.stringify(EVENT);
  const signature = createHmac("sha256", SECRETS.secret).update(body).digest("hex");
  const headers = { "x-hub-signature-256": `sha256=${signature}` };
  const sender = new ApiClient(url, null);
  const path = connector.url.split("/functions/v1/")[1] ?? "";
  return { graph, workspace, connector, path, sender, send: () => connector.send(body, headers) };
}

test("the handshake repeats the challenge to who knows the token, and to no other", async () => {
  const { workspace, path, sender } = await metaConnector();
  const ask = (token: string, challenge = "1158201444", mode = "subscribe") =>
    fetch(
      `${workspace.api.baseUrl}/functions/v1/${path}&hub.mode=${mode}&hub.challenge=` +
        `${encodeURIComponent(challenge)}&hub.verify_token=${token}`,
    );
  const right = await ask("hand-shake");
  expect([right.status, await right.text()]).toEqual([200, "1158201444"]);
  expect(right.headers.get("content-type")).toBe("text/plain; charset=utf-8");
  expect(right.headers.get("x-content-type-options")).toBe("nosniff");
  expect((await ask("another")).status).toBe(403);
  expect((await ask("")).status).toBe(403);
  expect((await ask("hand-shake", "<script>")).status).toBe(400);
  expect((await ask("hand-shake", "1", "unsubscribe")).status).toBe(400);
  const another = path.replace(/.$/, (last) => last === "x" ? "y" : "x");
  expect((await sender.get(another)).status).toBe(401);
});

test("the lead is fetched with the page's token and the app's proof, and kept with the delivery", async () => {
  const { graph, workspace, connector, send } = await metaConnector();
  expect((await send()).body.data).toMatchObject({ status: "accepted" });
  expect(graph.requests).toHaveLength(1);
  const [{ path, query, authorization }] = graph.requests as [typeof graph.requests[0]];
  expect(path).toBe("/v24.0/741");
  expect(authorization).toBe("Bearer page-token");
  expect(query.get("appsecret_proof")).toBe(
    createHmac("sha256", "app-secret").update("page-token").digest("hex"),
  );
  const [{ id, mapped }] = await connector.deliveries();
  expect(mapped).toMatchObject({ email: "lead@acme.com", first_name: "Lee", last_name: "Ada" });
  const kept = await workspace.api.get(`v1-public-connector-deliveries?id=${id}`);
  expect(kept.body.data.looked_up).toEqual(LEAD);
  expect(kept.text).not.toMatch(/page-token|app-secret|hand-shake/);
  expect((await send()).body.data).toMatchObject({ status: "duplicate" });
});

test("a Graph API that is away is a 503 to Meta, which tries again; nothing is lost", async () => {
  const { graph, connector, send } = await metaConnector();
  const tooMany = { message: "Application request limit reached", code: 4 };
  graph.failures.push({ status: 500, body: {} }, { status: 400, body: { error: tooMany } });
  for (let tries = 1; tries <= 2; tries++) {
    const away = await send();
    expectError(away, 503, "SERVICE_UNAVAILABLE");
    expect(away.headers.get("retry-after")).toBe("60");
    expect(await connector.deliveries()).toMatchObject([{ status: "failed" }]);
  }
  expect((await send()).status).toBe(200);
  expect(await connector.deliveries()).toMatchObject([{ status: "accepted", error: null }]);
});

test.each([
  ["an object that does not exist", 400, { error: { message: "No such object", code: 100 } }],
  ["another object", 200, { id: "445", field_data: [] }],
  ["no lead", 200, { id: "741" }],
])(
  "a lead that Meta answers with %s ends the retries, and can be replayed",
  async (_, status, body) => {
    const { graph, workspace, connector, send } = await metaConnector();
    graph.failures.push({ status, body });
    const told = await send();
    expect([told.status, told.body.data.status]).toEqual([200, "failed"]);
    expect(told.body.data.error.fields).toMatchObject([{ field: "leadgen_id" }]);
    const [{ id, status: kept }] = await connector.deliveries();
    expect(kept).toBe("failed");
    const replayed = await workspace.api.send(
      "POST",
      `v1-public-connector-deliveries?id=${id}`,
      {},
    );
    expect(replayed.status, replayed.text).toBe(201);
  },
);

test("what Meta refuses is kept as failed, with Meta's reason, and can be replayed", async () => {
  const { graph, workspace, connector, send } = await metaConnector();
  const expired = { message: "Error validating access token", code: 190 };
  graph.failures.push({ status: 401, body: { error: expired } });
  const refused = await send();
  expectError(refused, 400, "VALIDATION_ERROR");
  expect(refused.body.error.details.fields[0].message).toContain("190: Error validating");
  const [{ id }] = await connector.deliveries();
  const replayed = await workspace.api.send("POST", `v1-public-connector-deliveries?id=${id}`, {});
  expect(replayed.status, replayed.text).toBe(201);
});
