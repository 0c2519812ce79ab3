import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { askEnrichment, enrichmentService } from "../../shared/providers/enrichment/enrichment.ts";
import { type EnrichmentApi, enrichmentApi } from "../support/providers/enrichment-api.ts";

let api: EnrichmentApi;
beforeAll(async () => {
  api = await enrichmentApi();
});
afterAll(() => api.stop());
beforeEach(() => api.known.clear());

function service(env: Record<string, string | undefined> = {}) {
  const made = enrichmentService({ ...api.environment, ...env });
  if (made === null) throw new Error("it is not configured");
  return made;
}

const JANE = { kind: "person", email: "jane@acme.com" } as const;

test("a service is configured by its address and its key", () => {
  for (const missing of ["ENRICHMENT_URL", "ENRICHMENT_API_KEY"]) {
    expect(enrichmentService({ ...api.environment, [missing]: "" })).toBeNull();
  }
});

test.each([
  [0.75, 0.75],
  [0, 0],
  [1, 1],
  [1.1, null],
  [-0.1, null],
  ["0.5", null],
  [undefined, null],
])("of the confidence %j it is told %j", async (confidence, expected) => {
  api.known.set(JANE.email, { data: { city: "Berlin" }, confidence });
  expect(await askEnrichment(service(), JANE))
    .toEqual({ data: { city: "Berlin" }, confidence: expected });
});

test("who is not known is nobody", async () => {
  expect(await askEnrichment(service(), JANE)).toBeNull();
});

test("a service that does not answer is not waited for", async () => {
  const go = api.hold();
  await expect(askEnrichment(service(), JANE, 200)).rejects.toMatchObject({
    kind: "provider_failed",
    status: null,
  });
  go();
});

test("what the service would refuse is told, without the key", async () => {
  await expect(askEnrichment(service({ ENRICHMENT_API_KEY: "secret" }), JANE)).rejects
    .toMatchObject({ code: "invalid_key", message: "Enrichment failed: invalid_key (401)." });
  await expect(askEnrichment(service(), { kind: "person" })).rejects
    .toMatchObject({ code: "wrong_fields" });
  api.mishaps.push({ status: 400, body: { error: "no enrichment-key of ours" } });
  await expect(askEnrichment(service(), JANE)).rejects.toSatisfy((error: Error) =>
    !error.message.includes("enrichment-key")
  );
});
