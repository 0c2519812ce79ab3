import { execFile } from "node:child_process";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { projectRoot } from "../../supabase/local/paths.ts";
import { authority, type Certificate } from "../support/certificates.ts";
import { denoBinary } from "../support/deno.ts";
import { stubServer } from "../support/stub-server.ts";
import { afterwards } from "../support/workspace.ts";

const MOST = 64 * 1024;

/** How a runtime runs a program given as text, and trusts an authority. */
const RUNTIMES = {
  deno: { command: denoBinary, options: ["eval"], trusting: "DENO_CERT" },
  node: {
    command: process.execPath,
    options: ["--import", "tsx", "--input-type=module", "--eval"],
    trusting: "NODE_EXTRA_CA_CERTS",
  },
};

/** Sends a POST to each address, with all names at 127.0.0.1; answers what came of it. */
const RUN = (urls: readonly string[]) => `
  import { fetchChecked } from "./shared/providers/outgoing/fetch-checked.ts";
  import { networksOf } from "./shared/providers/outgoing/networks.ts";
  const rules = { networks: networksOf("127.0.0.1/32"), resolve: async () => ["127.0.0.1"] };
  const request = { method: "POST", headers: { "X-Name": "Zo" }, body: "ünï", ...rules };
  const outcomes = [];
  for (const url of ${JSON.stringify(urls)}) {
    const timeoutMs = url.endsWith("/silent") ? 4000 : 60_000;
    outcomes.push(await fetchChecked(url, { ...request, timeoutMs }).then(
      ({ status, body }) => [status, new TextDecoder().decode(body.subarray(0, 100)), body.length],
      ({ name, message }) => [name, message],
    ));
  }
  console.log(JSON.stringify(outcomes));
  // Deno waits for time limits that nobody waits for any more.
  globalThis.Deno?.exit();
`;

async function outcomes(runtime: keyof typeof RUNTIMES, file: string, urls: readonly string[]) {
  const { command, options, trusting } = RUNTIMES[runtime];
  const { stdout } = await promisify(execFile)(command, [...options, RUN(urls)], {
    cwd: projectRoot,
    env: { ...process.env, [trusting]: file },
  });
  return JSON.parse(stdout) as unknown[];
}

/** A server that answers with what it was asked; answers its port. */
async function secureServer(certificate: Certificate): Promise<number> {
  const server = createServer(certificate, ({ headers }, response) => response.end(headers.host));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterwards(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

test.each(["deno", "node"] as const)("under %s TLS is verified for the name", async (runtime) => {
  const [trusted, stranger] = [await authority(), await authority()];
  const good = await secureServer(await trusted.certificateFor("shop.example.com"));
  const bad = await secureServer(await stranger.certificateFor("shop.example.com"));
  const unfit = ["OutgoingFailed", "The certificate is not valid for this host."];
  const urls = [
    `https://shop.example.com:${good}/`,
    `https://shop.example.com.:${good}/`,
    `https://other.example.com:${good}/`,
    `https://127.0.0.1:${good}/`,
    `https://shop.example.com:${bad}/`,
  ];
  const host = `shop.example.com:${good}`;
  const dotted = `shop.example.com.:${good}`;
  expect(await outcomes(runtime, trusted.file, urls)).toEqual([
    [200, host, host.length],
    [200, dotted, dotted.length],
    unfit,
    unfit,
    unfit,
  ]);
});

test.each(["deno", "node"] as const)("under %s answers of every kind are read", async (runtime) => {
  const { file } = await authority();
  const closed: string[] = [];
  const url = await stubServer((request, response) => {
    const path = request.url ?? "";
    response.on("close", () => closed.push(path));
    if (path === "/silent") return;
    if (path === "/garbage") return void request.socket.end("220 smtp.example.com ESMTP\r\n");
    if (path === "/cut") return void request.socket.destroy();
    if (path === "/early") response.writeEarlyHints({ link: "</a>; rel=preload" });
    if (path === "/endless") {
      const timer = setInterval(() => response.write("x".repeat(9_000)), 1);
      response.on("close", () => clearInterval(timer));
      return;
    }
    if (path === "/large") return void response.end("x".repeat(MOST + 1));
    if (path === "/empty") return void response.writeHead(204).end();
    if (path === "/moved") return void response.writeHead(301, { location: "/" }).end("moved");
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => body += text).on("end", () => {
      response.write(`${request.method} ${request.headers["x-name"]} `);
      response.end(body);
    });
  });
  const paths = ["/", "/early", "/large", "/endless", "/empty", "/moved"];
  const failing = ["/cut", "/garbage", "/silent"];
  const found = await outcomes(runtime, file, [...paths, ...failing].map((path) => url + path));
  const echo = [200, "POST Zo ünï", 13];
  const xs = [200, "x".repeat(100), MOST];
  expect(found.slice(0, 6)).toEqual([echo, echo, xs, xs, [204, "", 0], [301, "moved", 5]]);
  expect(found.slice(6)).toEqual([
    ["OutgoingFailed", expect.stringMatching(/without an answer|cut/)],
    ["OutgoingFailed", "The answer is not HTTP."],
    ["OutgoingFailed", "No answer within 4 s."],
  ]);
  await expect.poll(() => closed).toEqual(expect.arrayContaining(["/endless", "/silent"]));
});
