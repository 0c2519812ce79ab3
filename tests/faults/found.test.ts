import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { expect, inject, test } from "vitest";
import { testGateway } from "../support/gateway.ts";
import { afterwards, testWorkspace } from "../support/workspace.ts";

// What these tests found before: each is kept as the smallest request that showed it.

test.each([
  ["a verification", { verification: { type: { toString: 1 } } }],
  ["a preset", { preset: { toString: 1 } }],
])("%s of an object that is no text is refused, not a fault", async (_, body) => {
  const { api } = await testWorkspace();
  const connector = { name: "Form", target: "contact", field_map: { email: "email" } };
  expect((await api.post("v1-public-connectors", { ...connector, ...body })).status).toBe(400);
});

test("a refusal reaches a sender that has more to send", async () => {
  const { api } = await testWorkspace();
  const large = { first_name: "x".repeat(60_000) };
  const client = async () => {
    for (let n = 0; n < 20; n++) {
      await api.get("v1-public-deals");
      expect((await api.post("v1-public-contacts", large)).status).toBe(413);
    }
  };
  await Promise.all(Array.from({ length: 16 }, client));
});

const READY = Buffer.from("Z\0\0\0\x05I", "latin1");

/** PostgreSQL, which ends each connection right behind its n-th readiness. */
async function endingAfter(n: number): Promise<string> {
  const target = new URL(inject("apiUrl"));
  const { hostname, port } = target;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    for (const socket of [client, upstream]) socket.on("error", () => {});
    let ready = 0;
    client.on("data", (data) => upstream.write(data));
    client.on("close", () => upstream.destroy());
    upstream.on("data", (data: Buffer) => {
      if (data.includes(READY)) ready++;
      if (ready < n) client.write(data);
      else client.end(data);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  afterwards(async () => void server.close());
  target.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return target.href;
}

test.each([1, 2, 3])(
  "a connection that ends behind its readiness no. %i fails its request alone",
  async (n) => {
    const { url, log } = await testGateway({}, await endingAfter(n));
    const { api } = await testWorkspace({}, url);
    for (let i = 0; i < 5; i++) {
      expect([200, 503]).toContain((await api.get("v1-public-deals")).status);
    }
    expect(log.filter((line) => line.includes("outside a request"))).toEqual([]);
  },
);
