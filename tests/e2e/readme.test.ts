import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import crm from "../../functions/crm/index.ts";
import leadhub from "../../functions/leadhub/index.ts";
import { type Gateway, startGateway } from "../../supabase/local/gateway-process.ts";
import lumenbaseRoutes from "../contract/lumenbase-routes.json" with { type: "json" };
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { type Example, PAGES, pageText, readmeExamples } from "../support/readme.ts";
import { afterwards, asOwner, testWorkspace } from "../support/workspace.ts";

/** Whether there is such a file, with such an anchor where one is given, as code hosts make them. */
function leadsSomewhere(path: string, anchor?: string): boolean {
  if (anchor === undefined) return existsSync(path);
  const headings = Array.from(
    pageText(path).matchAll(/^#+ (.+)$/gm),
    ([, heading = ""]) => heading,
  );
  return headings.some((heading) =>
    heading.toLowerCase().replace(/[^\w\s-]/g, "").replaceAll(" ", "-") === anchor
  );
}

/** What a program prints; when it fails, all that it printed is the error. */
async function printed(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const run = promisify(execFile)(program, args, { env });
  const { stdout } = await run.catch((error: Error & { stdout: string; stderr: string }) => {
    throw new Error(error.stdout + error.stderr);
  });
  return stdout;
}

let gateway: Gateway;

// The URL of a connector has to work as it is told, so this gateway tells its own.
beforeAll(async () => {
  const env = { ...process.env, ...FUNCTIONS_ENVIRONMENT, LUMENBASE_PUBLIC_URL: "" };
  gateway = await startGateway({ apiUrl: inject("apiUrl"), port: 0, env });
});
afterAll(() => gateway?.stop());

async function runExample({ language, code }: Pick<Example, "language" | "code">): Promise<string> {
  const { key } = await testWorkspace();
  const address = `http://127.0.0.1:${gateway.port}/functions/v1`;
  const env = {
    ...process.env,
    DATABASE_URL: inject("adminUrl"),
    LUMENBASE_PUBLIC_URL: address,
    LUMENBASE_URL: address,
    LUMENBASE_KEY: await key(),
  };
  if (language === "sh") {
    return await printed("bash", ["-euo", "pipefail", "-c", code], env);
  }
  const folder = await mkdtemp(join(tmpdir(), "lumenbase-readme-"));
  afterwards(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, "example.mts"), code);
  return await printed("node_modules/.bin/tsx", [join(folder, "example.mts")], env);
}

const examples = readmeExamples("run");
const providers = readmeExamples("provider").map(({ language, code }) => {
  const presets = code.matchAll(/"preset": "(\w+)"|for preset in (.+);/g);
  return { language, code, presets: Array.from(presets, ([, one, some]) => one ?? some).join(" ") };
});
const [helper] = readmeExamples("helper");

test("the README and its pages have examples to run", () => {
  const languages = (page: string) =>
    examples.flatMap((example) => example.page === page ? [example.language] : []).join(" ");
  expect(languages("README.md")).toBe("sh ts sh sh sh");
  expect(languages("shared/connectors/README.md")).toBe("sh sh sh sh");
  expect(languages("shared/dialects/lumenbase/README.md")).toBe("sh sh sh");
  expect(providers.map(({ presets }) => presets).join(" ")).toBe(
    "typeform tally jotform gravity_forms webflow hubspot_workflow hubspot_app meta_lead_ads " +
      "google_ads zapier make",
  );
});

test("every page is known here, and every link between them leads to a file and a heading", () => {
  const found = ["functions", "shared", "supabase", "tests"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .flatMap((path) => path.endsWith("README.md") ? [`${folder}/${path}`] : [])
  );
  expect(["README.md", ...found].toSorted()).toEqual(PAGES.toSorted());
  const broken = PAGES.flatMap((page) =>
    Array.from(pageText(page).matchAll(/\]\(([\w./-]*)(?:#([\w-]+))?\)/g))
      .filter(([, path, anchor]) =>
        !leadsSomewhere(path ? join(dirname(page), path) : page, anchor)
      )
      .map(([link]) => `${page}: ${link}`)
  );
  expect(broken).toEqual([]);
});

test("the README is short, and starts and tests the product in one line each", () => {
  const text = pageText("README.md");
  expect(text.split("\n").length).toBeLessThan(250);
  expect(text).toContain("\n```sh\nnpm install && npm start\n```\n");
  expect(text).toContain("\n```sh\nnpm install && npm test\n```\n");
});

test.each(examples)("$page: $title", async (example) => {
  const output = await runExample(example);
  expect(output).toMatch(/"success":true|is new|lb_live_|lb_hook_|Added the user|"openapi": "3\.1/);
  expect(output).not.toContain('"success":false');
});

test("LeadHub's examples make a lead and list it", async () => {
  const [example] = readmeExamples("leadhub");
  await asOwner(
    "insert into crm.workspaces (slug, name) values ('acme', 'Acme') on conflict do nothing",
  );
  const output = await runExample({ language: "sh", code: example?.code ?? "" });
  const [made, list] = output.split(/(?<=\})\s*(?=\{)/).map((text) => JSON.parse(text));
  const lead = { first_name: "Sarah", email: "sarah@example.com", source: "api", status: "new" };
  expect(made.data).toMatchObject(lead);
  expect(list).toMatchObject({
    data: [made.data],
    meta: { current_page: 1, per_page: 25, total: 1 },
  });
});

/** What LeadHub serves beyond its reference. */
const BEYOND = /\/runs|\/deliveries|\/rotate-secret$/;

test("the README counts the operations that work", async () => {
  const counts = Array.from(
    pageText("README.md").matchAll(/^\| (\S+).*\| (\d+) of (\d+) +\|$/gm),
    ([, api, works, all]) => [api, Number(works), Number(all)],
  );
  const ofLeadHub = (await leadhub.routes()).filter((route) =>
    "operation" in route && !BEYOND.test(route.path)
  );
  const ofCrm = (await crm.routes()).filter((route) => "operation" in route);
  expect(counts).toEqual([
    ["Lumenbase", lumenbaseRoutes.length, 24],
    ["LeadHub", ofLeadHub.length, 54],
    ["CRM", ofCrm.length, 34],
    ["LIO", 0, 160],
  ]);
});

describe("a provider's example shows what comes of it:", () => {
  test.each(providers)("$presets", async ({ language, code }) => {
    const output = await runExample({ language, code: `${helper?.code}\n${code}` });
    const promised = Array.from(code.matchAll(/^# (.+)$/gm), ([, line]) => line);
    expect(promised).not.toEqual([]);
    for (const line of promised) expect(output).toContain(line);
    expect(output).not.toContain('"success":false');
  });
});
