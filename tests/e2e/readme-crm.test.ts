import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type Gateway, startGateway } from "../../supabase/local/gateway-process.ts";
import { browserPath } from "../support/browser.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { PASSWORD, person, signedIn } from "../support/people.ts";
import { readmeExamples } from "../support/readme.ts";
import { printedDocuments, printedIn } from "../support/run-example.ts";
import { sharedBrowser } from "../support/shared-browser.ts";
import { stubServer } from "../support/stub-server.ts";
import { afterwards } from "../support/workspace.ts";

// Not the one that other examples make.
const SLUG = `acme-${randomUUID()}`;

let gateway: Gateway;

beforeAll(async () => {
  const env = { ...process.env, ...FUNCTIONS_ENVIRONMENT };
  gateway = await startGateway({ apiUrl: inject("apiUrl"), port: 0, env });
});
afterAll(() => gateway?.stop());

test("the CRM's examples make a lead and list it, with a key", async () => {
  const [made, list] = await printedDocuments("crm", gateway, SLUG);
  expect(made).toMatchObject({ title: "40 seats", value: 1200, stage: "Lead" });
  expect(list.leads[0]).toEqual(made);
});

test("the CRM's examples sign a user in, and go on with the session", async () => {
  const [mine, next] = await printedDocuments("session", gateway, SLUG);
  expect(mine).toMatchObject({ leads: [], total: 0 });
  expect(next).toMatchObject({
    refresh_token: expect.stringMatching(/^lb_refresh_/),
    user: { email: "ada@acme.example", name: "Ada Byron" },
    entities: [{ slug: SLUG, role: "member" }],
  });
});

test("the CRM's examples make a marketing list", async () => {
  const printed = await printedIn(SLUG, "marketing-lists", gateway);
  expect(printed).toContain("Made the marketing list.");
  expect(printed.match(/Spring fair/g)).toHaveLength(2);
});

test("the README's page is short", () => {
  const [page] = readmeExamples("page");
  expect(page?.code.split("\n").length).toBeLessThanOrEqual(20);
});

test.runIf(browserPath())(
  "the README's page signs in from another origin and lists leads",
  async () => {
    const jane = await person();
    const api = await signedIn(jane);
    for (const title of ["Licence", "Zürich <b>"]) await api.post("leads", { title });
    const address = `http://127.0.0.1:${gateway.port}/functions/v1`;
    const html = readmeExamples("page")[0]?.code.replace(/http:.*?\/functions\/v1/, address);
    const origin = await stubServer((_, response) => {
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(html);
    });
    const page = await (await sharedBrowser()).newPage();
    afterwards(() => page.close());
    page.setDefaultTimeout(120_000);
    await page.goto(origin);
    await page.locator("#email").fill(jane.email);
    await page.locator("#password").fill("not the password");
    await page.getByRole("button").click();
    await page.getByText("No account has this email and password.").waitFor();
    await page.locator("#password").fill(PASSWORD);
    await page.getByRole("button").click();
    await page.getByText("Licence (Lead)").waitFor();
    expect((await page.locator("#list").innerText()).split("\n")).toEqual([
      "Zürich <b> (Lead)",
      "Licence (Lead)",
    ]);
  },
);
