import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import crm from "../../functions/crm/index.ts";
import leadhub from "../../functions/leadhub/index.ts";
import lio from "../../functions/lio/index.ts";
import { type Gateway, startGateway } from "../../supabase/local/gateway-process.ts";
import lumenbaseRoutes from "../contract/lumenbase-routes.json" with { type: "json" };
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { PAGES, pageText, readmeExamples } from "../support/readme.ts";
import { printedDocuments, runExample } from "../support/run-example.ts";

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

let gateway: Gateway;

// The URL of a connector has to work as it is told, so this gateway tells its own.
beforeAll(async () => {
  const env = { ...process.env, ...FUNCTIONS_ENVIRONMENT, LUMENBASE_PUBLIC_URL: "" };
  gateway = await startGateway({ apiUrl: inject("apiUrl"), port: 0, env });
});
afterAll(() => gateway?.stop());

const examples = readmeExamples("run");
const providers = readmeExamples("provider").map(({ language, code }) => {
  const presets = code.matchAll(/"preset": "(\w+)"|for preset in (.+);/g);
  return { language, code, presets: Array.from(presets, ([, one, some]) => one ?? some).join(" ") };
});
const [helper] = readmeExamples("helper");

test("the README and its pages have examples to run", () => {
  const languages = (page: string) =>
    examples.flatMap((example) => example.page === page ? [example.language] : []).join(" ");
  expect(languages("README.md")).toBe("sh ts sh sh");
  expect(languages("shared/connectors/README.md")).toBe("sh sh sh sh");
  expect(languages("shared/dialects/lumenbase/README.md")).toBe("sh sh sh sh");
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
  const output = await runExample(example, gateway);
  expect(output).toMatch(/"success":true|is new|lb_live_|lb_hook_|Added the user|"openapi": "3\.1/);
  expect(output).not.toContain('"success":false');
});

test("LeadHub's examples make a lead, list it and complete it", async () => {
  const [made, list, taken] = await printedDocuments("leadhub", gateway);
  const lead = { first_name: "Sarah", email: "sarah@example.com", source: "api", status: "new" };
  expect(made.data).toMatchObject(lead);
  expect(list).toMatchObject({
    data: [made.data],
    meta: { current_page: 1, per_page: 25, total: 1 },
  });
  expect(JSON.stringify(taken)).toContain(String(made.data.id));
});

/** What LeadHub serves beyond its reference. */
const BEYOND = /\/runs|\/deliveries|\/rotate-secret$/;
/** What LIO serves beyond its reference: forms' answers, and deletions without the id in the path. */
const BEYOND_LIO = /^POST .*\/web-form\/|^DELETE .*\/(company|contact)\/delete$/;

test("the README counts the operations that work", async () => {
  const counts = Array.from(
    pageText("README.md").matchAll(/^\| (\S+).*\| (\d+) of (\d+) +\|$/gm),
    ([, api, works, all]) => [api, Number(works), Number(all)],
  );
  const ofLeadHub = (await leadhub.routes()).filter((route) =>
    "operation" in route && !BEYOND.test(route.path)
  );
  const ofCrm = (await crm.routes()).filter((route) =>
    "operation" in route && route.path.startsWith("/crm/api/")
  );
  const ofLio = (await lio.routes()).filter(({ method, path, ...route }) =>
    "operation" in route && path.startsWith("/lio/api/") && !BEYOND_LIO.test(`${method} ${path}`)
  );
  expect(counts).toEqual([
    ["Lumenbase", lumenbaseRoutes.length, 24],
    ["LeadHub", ofLeadHub.length, 54],
    ["CRM", ofCrm.length, 34],
    ["LIO", ofLio.length, 160],
  ]);
});

describe("a provider's example shows what comes of it:", () => {
  test.each(providers)("$presets", async ({ language, code }) => {
    const output = await runExample(
      { language, code: `${helper?.code}\n${code}` },
      gateway,
    );
    const promised = Array.from(code.matchAll(/^# (.+)$/gm), ([, line]) => line);
    expect(promised).not.toEqual([]);
    for (const line of promised) expect(output).toContain(line);
    expect(output).not.toContain('"success":false');
  });
});
