import { randomUUID } from "node:crypto";
import { afterEach, expect, inject, test, vi } from "vitest";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";
import { HUBSPOT_TOKEN } from "../support/providers/hubspot-account.ts";
import { readmeExamples } from "../support/readme.ts";
import { documentsIn, runExample } from "../support/run-example.ts";
import { asOwner } from "../support/workspace.ts";

afterEach(() => vi.unstubAllEnvs());

test("LIO's example of HubSpot connects an account, imports its contacts, and waits for that", async () => {
  const slug = `acme-${randomUUID()}`;
  await asOwner("insert into crm.workspaces (slug, name) values ($1, 'Acme')", [slug]);
  // The account of the stand-in that the gateway of all tests is told of.
  const port = Number(new URL(inject("gatewayUrl")).port);
  vi.stubEnv("HUBSPOT_TOKEN", HUBSPOT_TOKEN);
  vi.stubEnv("LUMENBASE_ENCRYPTION_KEY", FUNCTIONS_ENVIRONMENT.LUMENBASE_ENCRYPTION_KEY);
  const [login] = readmeExamples("lio");
  const code = [login, ...readmeExamples("hubspot")].map((example) => example?.code ?? "")
    .join("\n\n").replaceAll(/\bacme\b(?!\.)/g, slug)
    .replaceAll("you@company.com", `${slug}@example.com`);
  const output = await runExample({ language: "sh", code }, { port });
  const [, , connected, properties, done] = documentsIn(output);
  expect(connected.app).toMatchObject({ provider: "hubspot", user: null, status: "connected" });
  expect(output).not.toContain(HUBSPOT_TOKEN);
  expect(properties.data.contacts).toMatchObject([{ name: "email", label: "Email" }]);
  expect(done.data).toMatchObject({ status: "completed", total: 3, created: 3, failed: 0 });
});
