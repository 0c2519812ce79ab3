import { describe, expect, test } from "vitest";
import type { ApiResponse } from "../support/api-client.ts";
import { testConnector } from "../support/connector.ts";
import { connectorCases } from "../support/contract-connectors.ts";
import { connectorWorld } from "../support/contract-connector-world.ts";
import { ContractDocument } from "../support/contract-document.ts";
import { ContractValidator } from "../support/contract-validator.ts";
import { testGateway } from "../support/gateway.ts";
import { testWorkspace } from "../support/workspace.ts";

const document = await ContractDocument.fetched();
const validator = new ContractValidator(document);
const operations = document.operations();

function operation(id: string) {
  return operations.find((one) => one.id === id)!;
}

function mistakes(id: string, schema: string, answer: ApiResponse): string[] {
  const value = answer.status < 300 ? answer.body.data : answer.body;
  return [
    ...validator.undeclared(operation(id), answer),
    ...validator.mistakes(`#/components/schemas/${schema}`, value),
  ];
}

describe.each(
  [["ingestContact", "contact"], ["createActivity", "activity"]] as const,
)("through a connector, %s", (id, target) => {
  const world = connectorWorld(target);

  test.each(connectorCases(target))("answers %s with %i, %s", async (_, status, schema, send) => {
    const answer = await send(await world);
    expect(answer.status, answer.text).toBe(status);
    expect(mistakes(id, schema, answer)).toEqual([]);
  });
});

test.each([
  [{ leadgen_id: "1" }, "LookupFailed"],
  [[{ leadgen_id: "1" }, { leadgen_id: "2" }], "LookupFailed"],
])(
  "an event %j whose sender does not give the rest is answered with 503",
  async (event, schema) => {
    const { url } = await testGateway({ META_GRAPH_URL: "http://127.0.0.1:1" });
    const workspace = await testWorkspace({}, url);
    const { token, id } = await testConnector(workspace, {
      target: "contact",
      field_map: { email: "lead.email" },
      lookup: "meta_lead",
      items: "$",
      access_token: "opens it",
    });
    const answer = await workspace.api.post(`v1-public-contacts?connector=${token}`, event);
    expect([answer.status, mistakes("ingestContact", schema, answer)]).toEqual([503, []]);
    const dry = await workspace.api.post(`v1-public-contacts?connector=${id}&dry_run=true`, event);
    expect([dry.status, mistakes("ingestContact", "ServiceUnavailable", dry)]).toEqual([503, []]);
    const { body } = await workspace.api.get("v1-public-connector-deliveries");
    const replayed = await workspace.api.send(
      "POST",
      `v1-public-connector-deliveries?id=${body.data.items[0].id}`,
      {},
    );
    expect([replayed.status, mistakes("replayConnectorDelivery", schema, replayed)])
      .toEqual([503, []]);
  },
);

describe("the handshake", () => {
  const hub = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=";

  test.each(
    [
      ["contacts", "contact", "handshakeContact"],
      ["activities", "activity", "handshakeActivity"],
    ] as const,
  )("of %s is answered with the challenge, to token and key", async (name, target, id) => {
    const { plain, workspace, path } = await connectorWorld(target);
    for (const reference of ["plain", plain.id, plain.token]) {
      const at = `${path}?connector=${reference}&hub.more=1&${hub}`;
      const answer = await workspace.api.get(`${at}told`);
      expect([name, answer.status, answer.text]).toEqual([name, 200, "1158201444"]);
      expect(validator.undeclared(operation(id), answer)).toEqual([]);
      const refused = await workspace.api.get(`${at}other`);
      expect([refused.status, mistakes(id, "Forbidden", refused)]).toEqual([403, []]);
    }
  });

  test("names each parameter that is missing or wrong", async () => {
    const { plain, workspace, path } = await connectorWorld("contact");
    const at = `${path}?connector=${plain.id}`;
    const fields = async (query: string) => {
      const answer = await workspace.api.get(`${at}&${query}`);
      expect([answer.status, mistakes("handshakeContact", "ValidationError", answer)])
        .toEqual([400, []]);
      return answer.body.error.details.fields.map(({ field }: { field: string }) => field);
    };
    expect(await fields("")).toEqual(["hub.mode", "hub.verify_token", "hub.challenge"]);
    expect(await fields("hub.mode=unsubscribe&hub.verify_token=told&hub.challenge=<b>"))
      .toEqual(["hub.mode", "hub.challenge"]);
  });
});

test("a sender that must authenticate is told how", async () => {
  const workspace = await testWorkspace();
  const challenges = [
    [{ type: "basic" }, 'Basic realm="connector"'],
    [{ type: "header", header: "X-Proof" }, "Bearer"],
  ];
  for (const [verification, challenge] of challenges) {
    const { send } = await testConnector(workspace, { verification, secret: "user:password" });
    const answer = await send({ email: "a@example.com" });
    expect([answer.status, answer.headers.get("www-authenticate")]).toEqual([401, challenge]);
  }
});

test("a request without a connector is held to the schema, and a form is refused", async () => {
  const { api } = await testWorkspace();
  for (const id of ["ingestContact", "createActivity"]) {
    const { path, method } = operation(id);
    expect(validator.bodyMistakes(operation(id), { any: "thing" })).not.toEqual([]);
    const json = await api.post(path, { any: "thing" });
    expect([json.status, mistakes(id, "ValidationError", json)]).toEqual([400, []]);
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const form = await api.send(method, path, { raw: "email=a@example.com", headers });
    expect([form.status, mistakes(id, "UnsupportedMediaType", form)]).toEqual([415, []]);
  }
});

test("a delivery that was taken apart is replayed after its connector takes it apart otherwise", async () => {
  const workspace = await testWorkspace();
  const { id } = await testConnector(workspace, { items: "nothing" });
  const rows = [{ email: "a@example.com" }, { email: "nobody@" }];
  const kept = await workspace.api.post(`v1-public-contacts?connector=${id}`, { rows });
  const at = `v1-public-connector-deliveries?id=${kept.body.data.delivery_id}`;
  const statuses = [];
  for (const items of ["rows", "rows.{'email': email, 'plan': 'gold'}"]) {
    await workspace.api.patch(`v1-public-connectors?id=${id}`, { items });
    const answer = await workspace.api.send("POST", at, {});
    expect([answer.status, mistakes("replayConnectorDelivery", "DeliveryResults", answer)])
      .toEqual([207, []]);
    statuses.push(answer.body.data.results.map(({ status }: { status: string }) => status));
  }
  expect(statuses).toEqual([["created", "failed"], ["duplicate", "failed"]]);
});
