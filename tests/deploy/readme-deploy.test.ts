import { readdirSync } from "node:fs";
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect, test } from "vitest";
import { startPostgres } from "../../supabase/local/postgres.ts";
import { copyProject, runShell } from "../support/deploy.ts";
import { startManagementApi } from "../support/management-api.ts";
import { readmeExamples } from "../support/readme.ts";
import { afterwards } from "../support/workspace.ts";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

test("the page's steps migrate a database, set the secrets and deploy every function", async () => {
  const work = await realpath(await mkdtemp(join(tmpdir(), "lumenbase-hosted-")));
  afterwards(() => rm(work, { recursive: true, force: true }));
  const api = await startManagementApi();
  afterwards(() => api.stop());
  const postgres = await startPostgres({ dataDir: join(work, "data") });
  afterwards(() => postgres.stop());
  const root = join(work, "project");
  await copyProject(PROJECT, root);
  const certificate = join(work, "ca.crt");
  await writeFile(certificate, "-----BEGIN CERTIFICATE-----\nexample\n-----END CERTIFICATE-----\n");

  const [steps] = readmeExamples("deploy");
  const { code, output } = await runShell(steps?.code ?? "", {
    root,
    home: join(work, "home"),
    api,
  }, {
    DATABASE_URL: postgres.adminUrl,
    CERTIFICATE: certificate,
    LUMENBASE_ENCRYPTION_KEY: "a key",
    LUMENBASE_WORKER_SECRET: "a secret",
  });

  expect(code, output).toBe(0);
  const names = readdirSync(join(PROJECT, "functions")).toSorted();
  expect([...api.deployed].toSorted()).toEqual(names);
  const deployed = (name: string) => [...api.uploads.get(name)?.files.keys() ?? []];
  expect(names.flatMap(deployed).filter((path) => !path.endsWith("/index.js"))).toEqual([]);
  expect(api.secrets.get("LUMENBASE_DATABASE_CA")).toContain("BEGIN CERTIFICATE");
  expect(api.secrets.get("LUMENBASE_ENCRYPTION_KEY")).toBe("a key");
  expect(api.secrets.get("LUMENBASE_WORKER_SECRET")).toBe("a secret");
  const login = new URL(api.secrets.get("LUMENBASE_DATABASE_URL") ?? "");
  expect([login.username, login.port]).toEqual(["lumenbase_api", "6543"]);
  login.port = new URL(postgres.adminUrl).port;
  const client = new pg.Client({ connectionString: login.href });
  await client.connect();
  const { rows } = await client.query("select current_user, app.workspace_id() as workspace");
  await client.end();
  expect(rows).toEqual([{ current_user: "lumenbase_api", workspace: null }]);
});
