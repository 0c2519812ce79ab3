import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { fetchChecked } from "../../shared/providers/outgoing/fetch-checked.ts";
import { isReachable, networksOf } from "../../shared/providers/outgoing/networks.ts";
import { urlRefusal } from "../../shared/providers/outgoing/url.ts";
import { nameServer, type Zone } from "../support/name-server.ts";
import { afterwards } from "../support/workspace.ts";

const NONE = networksOf("");

/** Ways to write the address of the machine itself, or one of a network that is not public. */
const HOSTS = [
  "127.0.0.1",
  "127.1",
  "127.0.1",
  "2130706433",
  "017700000001",
  "0x7f000001",
  "0x7f.1",
  "0177.0.0.1",
  "0x7f.0x0.0x0.0x1",
  "127.0.0.1.",
  "127.255.255.254",
  "0",
  "0.0.0.0",
  "０",
  "１２７.0.0.1",
  "127。0。0。1",
  "%31%32%37.0.0.1",
  "localhost",
  "localhost.",
  "LOCALHOST",
  "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[::]",
  "[::ffff:127.0.0.1]",
  "[::ffff:7f00:1]",
  "[::127.0.0.1]",
  "[64:ff9b::127.0.0.1]",
  "[64:ff9b:1::7f00:1]",
  "[2002:7f00:1::]",
  "[2001:0:7f00:1::]",
  "[fe80::1]",
  "[fc00::1]",
  "[fec0::1]",
  "10.0.0.1",
  "172.16.0.1",
  "192.168.0.1",
  "169.254.169.254",
  "100.64.0.1",
  "192.0.0.8",
  "198.18.0.1",
  "224.0.0.1",
  "255.255.255.255",
];

/** Listens on all addresses of the machine; answers the port, and the connections it got. */
async function listener(host?: string): Promise<{ port: number; got: string[]; server: Server }> {
  const got: string[] = [];
  const server = createServer((request, response) => {
    response.writeHead(request.url === "/redirect" ? 307 : 200, {
      location: request.url === "/redirect" ? "/elsewhere" : "",
    }).end();
  });
  server.on("connection", (socket) => got.push(String(socket.localAddress)));
  server.on("request", (request) => got.push(String(request.url)));
  await new Promise<void>((resolve) =>
    host ? server.listen(0, host, resolve) : server.listen(0, resolve)
  );
  afterwards(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { port: (server.address() as AddressInfo).port, got, server };
}

const ask = { method: "POST", headers: {}, body: "{}", timeoutMs: 15_000 };

test.each(HOSTS)("http://%s is refused when it is saved, and at each attempt", async (host) => {
  const { port, got } = await listener();
  for (const scheme of ["http", "https"]) {
    const url = `${scheme}://${host}:${port}/`;
    // A name that is looked up may have no address here.
    const refusal = await urlRefusal(url, { networks: NONE }) ?? "no address";
    const isName = /^\p{L}|^ⓛ/u.test(host);
    expect(refusal).toMatch(isName ? /./ : /private or reserved|whole address/);
    await expect(fetchChecked(url, { ...ask, networks: NONE })).rejects
      .toThrow(/private or reserved|whole address|no address/);
  }
  expect(got).toEqual([]);
});

test.each([
  ["ftp://example.com/", /https/],
  ["file:///etc/passwd", /https/],
  ["gopher://127.0.0.1/", /https/],
  ["http://user@example.com/", /user or a password/],
  ["http://user:secret@example.com/", /user or a password/],
  ["http://127.0.0.1:80@example.com/", /user or a password/],
  ["http://example.com@127.0.0.1/", /user or a password/],
  ["http://example.com:0/", /port/],
  ["http://example.com:65536/", /whole address/],
  ["http://[fe80::1%25eth0]/", /whole address/],
  ["//example.com/", /whole address/],
  ["example.com/hook", /whole address/],
])("%s is refused", async (url, reason) => {
  expect(await urlRefusal(url, { networks: NONE })).toMatch(reason);
  await expect(fetchChecked(url, { ...ask, networks: NONE })).rejects.toThrow(reason);
});

/** What is asked of names that a name server of the test answers. */
async function asking(zone: Zone, networks: string) {
  const rules = { networks: networksOf(networks), resolve: await nameServer(zone) };
  return {
    saved: (url: string) => urlRefusal(url, rules),
    sent: (url: string) => fetchChecked(url, { ...ask, ...rules }),
  };
}

test("a name is refused when any of its addresses is", async () => {
  const { port, got } = await listener();
  const { saved, sent } = await asking({
    "inside.test": [["127.0.0.1"]],
    "both.test": [["93.184.215.14", "127.0.0.1"]],
  }, "");
  for (const host of ["inside.test", "both.test", "INSIDE.test", "xn--inside-.test"]) {
    const url = `http://${host}:${port}/`;
    await expect(sent(url)).rejects.toThrow(/private or reserved|no address/);
  }
  expect(await saved(`http://both.test:${port}/`)).toContain("private or reserved");
  expect(await saved(`http://unknown.test:${port}/`)).toBeNull();
  expect(got).toEqual([]);
});

test("a name that changes its address is connected to where it was checked", async () => {
  const inside = await listener("127.0.0.1");
  const zone = {
    "moves.test": [["127.0.0.2"], ["127.0.0.1"]],
    "comes.test": [["93.184.215.14"], ["127.0.0.1"]],
  };
  const { saved, sent } = await asking(zone, "127.0.0.2/32");
  // Refused, as nobody listens there: never sent to where the name points by then.
  await expect(sent(`http://moves.test:${inside.port}/`)).rejects.toThrow("refused");
  expect(await saved(`http://comes.test:${inside.port}/`)).toBeNull();
  await expect(sent(`http://comes.test:${inside.port}/`)).rejects.toThrow("private or reserved");
  expect(inside.got).toEqual([]);
});

test("the host that is asked for is the name's, the address the checked one", async () => {
  const { port, got, server } = await listener("127.0.0.1");
  const hosts: unknown[] = [];
  server.on("request", ({ headers }) => hosts.push(headers.host));
  const { sent } = await asking({ "shop.test": [["127.0.0.1"]] }, "127.0.0.0/8, ::1/128");
  expect(await sent(`http://Shop.test:${port}/a?b=c d#e`)).toMatchObject({ status: 200 });
  expect(hosts).toEqual([`shop.test:${port}`]);
  expect(got).toEqual(["127.0.0.1", "/a?b=c%20d"]);
});

test("a redirect is answered, not followed", async () => {
  const { port, got } = await listener("127.0.0.1");
  const { sent } = await asking({}, "127.0.0.1/32");
  const answer = await sent(`http://127.0.0.1:${port}/redirect`);
  expect(answer).toMatchObject({ status: 307, headers: { location: "/elsewhere" } });
  expect(got).toEqual(["127.0.0.1", "/redirect"]);
});

test("networks that are allowed are reached, and no others", () => {
  const allowed = networksOf("10.0.0.0/8, fd00::/8");
  const reached = (address: string) => isReachable(address, allowed);
  expect(
    ["10.1.2.3", "::ffff:10.1.2.3", "fd00::1", "93.184.215.14", "2606:4700::1111"].map(reached),
  )
    .toEqual(Array(5).fill(true));
  expect(["11.0.0.256", "127.0.0.1", "fe80::1", "64:ff9b::a00:1", "2002:a00:1::", ""].map(reached))
    .toEqual(Array(6).fill(false));
  expect(() => networksOf("10.0.0.0/8, 10.0.0.1")).toThrow("10.0.0.1");
  expect(() => networksOf("10.0.0.0/33")).toThrow("OUTBOUND_PRIVATE_NETWORKS");
});
