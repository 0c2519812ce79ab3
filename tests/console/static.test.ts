import { createServer, type Server } from "node:http";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserPath } from "../support/browser.ts";
import { newPage } from "../support/console.ts";
import { PASSWORD } from "../support/people.ts";
import { lioUser } from "../support/lio.ts";
import { gatewayUrl, testWorkspace } from "../support/workspace.ts";

const TYPES = { html: "text/html", js: "text/javascript", css: "text/css" } as const;
let folder: string;
let host: Server;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lumenbase-console-"));
  host = createServer(async (request, response) => {
    const name = /^\/([\w.]*)/.exec(request.url ?? "")?.[1] || "index.html";
    response.setHeader("content-type", TYPES[name.split(".")[1] as keyof typeof TYPES]);
    response.end(await readFile(join(folder, name)));
  }).listen(0, "127.0.0.1");
  await once(host, "listening");
});

afterAll(async () => {
  host.close();
  await rm(folder, { recursive: true, force: true });
});

function written(functions: string): string {
  const command = ["--import", "tsx", "supabase/deploy/console.ts", folder, functions];
  return execFileSync(process.execPath, command, { encoding: "utf8" });
}

test("an address that is none is refused", () => {
  expect(() => written("lumenbase")).toThrow(/Usage: npm run console/);
});

describe.runIf(browserPath())("in a browser", () => {
  test("the console of a static host speaks to functions of another", async () => {
    expect(written(`${gatewayUrl()}/functions/v1/`)).toContain("index.html");
    const { email } = await lioUser(await testWorkspace());
    const page = await newPage();
    await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`);
    await page.getByLabel("Email").fill(email);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("heading", { name: "Bring in a lead" }).waitFor();
    await page.getByText("Waiting for your first lead").waitFor();
    await page.context().close();
  });
});
