import { expect, test } from "vitest";
import { ingestBriefly } from "../../shared/crm/contact-ingest.ts";
import { apiDatabase, claimsOf } from "../support/as-role.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const people = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => ({ email: `person-${from + i}@example.com` }));

test("batches in parallel that share people all succeed, whatever their order", async () => {
  const { id } = await testWorkspace();
  const databases = Array.from({ length: 4 }, () => apiDatabase({ size: 10 }));
  const batches = Array.from({ length: 24 }, (_, i) => people(i % 8, 7))
    .map((batch, i) => i % 2 ? batch : batch.toReversed());
  const outcomes = await Promise.allSettled(
    batches.map((batch, i) => databases[i % 4]!.write(claimsOf(id), [ingestBriefly(batch)])),
  );
  expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
  const stored = await asOwner("select from crm.contacts where workspace_id = $1", [id]);
  expect(stored).toHaveLength(14);
});
