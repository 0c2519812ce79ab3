import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { outcome } from "../../supabase/local/child-process.ts";
import { admin, startAdmin } from "../support/admin-cli.ts";
import { commandKeys } from "../support/command-keys.ts";
import { quietPort } from "../support/quiet-port.ts";
import { stubServer } from "../support/stub-server.ts";
import { afterwards, eventually, testWorkspace } from "../support/workspace.ts";

test("it says so when no API, another one, or one of another database answers", async () => {
  const { id, slug } = await testWorkspace();
  const list = ["connectors", "list", "--workspace", slug, "--json"];
  const refusal = async (env: NodeJS.ProcessEnv) => {
    const { code, stderr } = await admin(list, env);
    return [code, JSON.parse(stderr).error];
  };
  const folder = await mkdtemp(join(tmpdir(), "lumenbase-none-"));
  afterwards(() => rm(folder, { recursive: true }));
  const page = await stubServer((_, response) => response.end("<p>Hello"));
  const envelope = { success: false, error: { code: "UNAUTHORIZED", message: "No." } };
  const other = await stubServer((_, response) =>
    response.writeHead(401).end(JSON.stringify(envelope))
  );
  const api = (message: string) => [1, {
    code: "api",
    message: expect.stringContaining(message),
  }];
  expect(await refusal({ LUMENBASE_PUBLIC_URL: "", LUMENBASE_DATA_DIR: folder })).toEqual(
    api("It is not known where the API of this database is served: start the local stack"),
  );
  const nobody = `http://127.0.0.1:${await quietPort()}`;
  expect(await refusal({ LUMENBASE_PUBLIC_URL: nobody })).toEqual(
    api(`The API at ${nobody} cannot be reached (ECONNREFUSED): start the local stack`),
  );
  expect(await refusal({ LUMENBASE_PUBLIC_URL: page })).toEqual(
    api(`What answers at ${page} (HTTP 200) is not this API: set LUMENBASE_PUBLIC_URL`),
  );
  expect(await refusal({ LUMENBASE_PUBLIC_URL: other })).toEqual(
    api(`The API at ${other} does not know a key that was just made`),
  );
  expect((await refusal({ LUMENBASE_PUBLIC_URL: "api.example" }))[0]).toBe(2);
  expect(await commandKeys(id)).toEqual([]);
});

test("it waits for the rate limit, and Ctrl-C takes its key along", async () => {
  const { id, slug } = await testWorkspace();
  let requests = 0;
  const data = { items: [], pagination: { next_cursor: null } };
  const limited = await stubServer((_, response) => {
    if (++requests > 1) return response.end(JSON.stringify({ success: true, data }));
    response.writeHead(429, { "retry-after": "1" }).end();
  });
  const list = ["connectors", "list", "--workspace", slug];
  const waited = await admin(list, { LUMENBASE_PUBLIC_URL: limited });
  expect(waited).toMatchObject({ code: 0, stdout: "There are no connectors yet.\n" });
  expect(waited.stderr).toContain("has reached its rate limit: going on in 1 s.");

  let asked = false;
  const silent = await stubServer(() => asked = true);
  const child = startAdmin(list, { LUMENBASE_PUBLIC_URL: silent });
  const ended = outcome(child);
  await eventually(() => Promise.resolve(asked));
  expect(await commandKeys(id)).toHaveLength(1);
  child.kill("SIGINT");
  expect(await ended).toMatchObject({ code: 1, stderr: expect.stringContaining("Stopped before") });
  expect(await commandKeys(id)).toEqual([]);
});
