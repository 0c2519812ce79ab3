import { expect, test } from "vitest";
import { ApiClient } from "../support/api-client.ts";
import { testConnector } from "../support/connector.ts";
import { proxiedGateway } from "../support/gateway.ts";
import { eventually, testWorkspace } from "../support/workspace.ts";
import { tell } from "./form.ts";
import { requestOf, sendRaw } from "./raw-http.ts";

const INGEST = "v1-public-contacts";
const LIST = "v1-public-contacts-crud";
const PAYLOAD = "payload-that-nobody-logs";
const SECRET = "a-secret-of-the-sender";
const IN_BODY = {
  target: "contact",
  field_map: { email: "email", last_name: "name" },
  verification: { type: "body", field: "google_key" },
  secret: SECRET,
};

test("keys, tokens, secrets and payloads are in no log line, no error and no delivery", async () => {
  const { url, log, proxy } = await proxiedGateway();
  const workspace = await testWorkspace({}, url);
  const { api } = workspace;
  const key = api.key ?? "";
  const connector = await testConnector(workspace, IN_BODY);
  const revoked = await workspace.key({ revokedAt: new Date() });
  const person = { email: `${PAYLOAD}@example.com`, last_name: PAYLOAD };
  const event = { email: `${PAYLOAD}@example.com`, name: PAYLOAD, google_key: SECRET };
  const told = [
    await api.post(INGEST, person),
    await api.post(INGEST, { ...person, email: PAYLOAD }),
    await api.post(INGEST, { ...person, [key]: key }),
    await api.get(`${LIST}?apikey=${key}&search=${PAYLOAD}`),
    await api.get(`${LIST}?search=${PAYLOAD}&cursor=${key}`),
    await api.get(`${key}/${LIST}`),
    await new ApiClient(url, revoked).get(LIST),
    await new ApiClient(url, `${key}x`).get(LIST),
    await connector.send(event),
    await connector.send({ ...event, google_key: `${SECRET}-wrong` }),
    await connector.send({ ...event, email: PAYLOAD }),
    await new ApiClient(url, null).post(`${INGEST}?connector=${connector.token}x`, event),
  ];
  proxy.cut();
  told.push(await api.get(LIST), await api.post(INGEST, person), await connector.send(event));
  proxy.restore();
  const deliveries = await connector.deliveries();
  for (const { id } of deliveries) {
    told.push(await api.get(`v1-public-connector-deliveries?id=${id}`));
  }
  expect(deliveries.length).toBeGreaterThanOrEqual(2);
  expect(told.map(({ status }) => status)).toEqual(
    expect.arrayContaining([200, 201, 400, 401, 404, 503]),
  );
  await eventually(async () => log.filter((line) => line.includes('"status":503')).length >= 3);
  const lines = log.join("\n");
  const secrets = { key, revoked, token: connector.token, SECRET, url: connector.url };
  for (const [name, secret] of Object.entries(secrets)) {
    expect(lines, name).not.toContain(secret.split("_").at(-1)!);
    // Only a field name that the client made up is told back, to the client alone.
    const answers = told.filter(({ text }) => text.includes(secret));
    expect(answers.every(({ status }) => status === 400 && name === "key"), name).toBe(true);
  }
  expect(lines).not.toContain(PAYLOAD);
  tell("secrets searched for", { "log lines": log.length, answers: told.length, found: 0 });
});

test("nothing a client sends makes a log line that is not the request's own", async () => {
  const { url, log } = await proxiedGateway();
  const { api } = await testWorkspace({}, url);
  const evil = '","status":200,"evil":"yes';
  const auth = `Authorization: Bearer ${api.key}`;
  const sent = [
    requestOf("GET", `${LIST}?search=%0a%7b%22evil%22%3a1%7d%0d%0a`, [auth]),
    requestOf("GET", `${LIST}/%0a%7b%22evil%22%3a1%7d`, [auth]),
    requestOf("GET", LIST, [auth, `X-Request-Id: ${evil}`]),
    requestOf("GET", LIST, [auth, 'User-Agent: \x1b[2J{"evil":1}', "X-Forwarded-For: evil"]),
    requestOf("GET", LIST, [`Authorization: Bearer ${evil}`]),
    requestOf("EVIL", LIST, [auth]),
    requestOf("POST", INGEST, [auth, "Content-Type: evil", "Content-Length: 0"]),
  ];
  for (const request of sent) await sendRaw(url, request);
  // The last to be sent; what the server itself refuses has no line.
  await eventually(async () => log.some((line) => line.includes('"method":"POST"')));
  expect(log.length).toBeGreaterThanOrEqual(4);
  expect(log.length).toBeLessThanOrEqual(sent.length);
  for (const line of log) {
    const entry = JSON.parse(line);
    expect(entry).not.toHaveProperty("evil");
    expect(entry.status).toBeLessThan(500);
    // oxlint-disable-next-line no-control-regex -- that is what must not be there
    expect(line).not.toMatch(/[\x00-\x1f\x7f]/);
  }
});
