import { expect, test } from "vitest";
import { presets } from "../../shared/connectors/presets.ts";
import { expectError } from "../support/expect-error.ts";
import { asOwner, testWorkspace } from "../support/workspace.ts";

const PATH = "v1-public-connectors";

test("secrets are kept sealed, and a kept answer tells its token to a retry alone", async () => {
  const { api, id } = await testWorkspace();
  const headers = { "idempotency-key": "make-it" };
  const body = { name: "x", preset: "typeform", secret: "very-secret" };
  const first = await api.post(PATH, body, headers);
  const retry = await api.post(PATH, body, headers);
  expect([retry.status, retry.text]).toEqual([201, first.text]);
  expect(retry.headers.get("idempotency-replayed")).toBe("true");
  const stored = await asOwner<{ text: string }>(
    `select c::text || k::text || t::text as text from crm.connectors c, crm.idempotency_keys k,
      crm.connector_tokens t where c.workspace_id = $1 and k.workspace_id = $1 and t.workspace_id = $1`,
    [id],
  );
  expect(stored).toHaveLength(1);
  expect(stored[0]?.text).not.toContain("very-secret");
  expect(stored[0]?.text).not.toContain(first.body.data.token);
});

test("a secret can be replaced and, where none is needed, removed", async () => {
  const { api } = await testWorkspace();
  const { body } = await api.post(PATH, { name: "x", preset: "google_ads", secret: "a" });
  const one = `${PATH}?id=${body.data.id}`;
  expectError(await api.patch(one, { secret: null }), 400, "VALIDATION_ERROR");
  const open = await api.patch(one, { secret: null, verification: { type: "none" } });
  expect(open.body.data).toMatchObject({ secrets_set: [], verification: { type: "none" } });
});

test("a secret given later needs a verification that uses it", async () => {
  const { api } = await testWorkspace();
  const { body } = await api.post(PATH, { name: "x", preset: "tally" });
  const one = `${PATH}?id=${body.data.id}`;
  expectError(await api.patch(one, { secret: "s3cret" }), 400, "VALIDATION_ERROR");
  const { verification } = presets.tally;
  const proven = await api.patch(one, { secret: "s3cret", verification });
  expect(proven.body.data).toMatchObject({ secrets_set: ["secret"], verification });
});
