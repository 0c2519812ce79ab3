import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { MASKED, TYPES } from "../support/integration-types.ts";
import { expectInvalid, expectMissing, leadHub, record } from "../support/leadhub.ts";
import { expectGone, TIME } from "../support/leadhub-records.ts";
import { asOwner } from "../support/workspace.ts";

test.each(Object.entries(TYPES))("%s is made, read and sent back", async (type, one) => {
  const { id: workspaceId, api } = await leadHub();
  const made = await api.made("integrations", { type, settings: one.given });
  expect({ ...made, webhook_url: null }).toEqual({
    id: expect.any(Number),
    type,
    name: one.name,
    is_active: true,
    status: "active",
    settings: one.answered,
    webhook_url: null,
    last_error: null,
    created_at: TIME,
    updated_at: TIME,
  });
  const path = `integrations/${made.id}`;
  const read = record(await api.get(path));
  expect(read).toEqual({ ...made, webhook_url: null });
  const back = record(await api.put(path, read));
  expect(back).toEqual({ ...read, updated_at: TIME });
  const [stored] = await asOwner<{ row: string }>(
    "select to_jsonb(i)::text as row from crm.integrations i where workspace_id = $1",
    [workspaceId],
  );
  expect(stored!.row).not.toMatch(/s3cret|r3fresh|v3rify|a3ccess/);
  const missing = Object.keys(one.given)
    .map((name) => [`settings.${name}`, [`The settings.${name} field is required.`]]);
  expectInvalid(
    await api.post("integrations", { type, settings: {} }),
    Object.fromEntries(missing),
  );
  expectGone(await api.delete(path));
  expectMissing(await api.get(path), `No integration with id ${made.id}.`);
});

test("the types are listed with the schema of their settings", async () => {
  const { api } = await leadHub();
  const { status, body } = await api.get("integrations/types");
  expect([status, Object.keys(body)]).toEqual([200, ["data"]]);
  const categories = Object.fromEntries(body.data.map((one: Json) => [one.type, one.category]));
  expect(categories).toEqual({
    facebook: "leads",
    google_ads: "leads",
    smtp: "email",
    mailgun: "email",
    gmail: "email",
    microsoft: "email",
    webhook: "webhook",
  });
  for (const { type, name, description, settings_schema: schema } of body.data as Json[]) {
    expect(name).toBe(TYPES[type]?.name ?? "Webhook");
    expect(description).toMatch(/\.$/);
    expect(schema).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      type: "object",
      additionalProperties: false,
    });
    const secrets = Object.keys(schema.properties)
      .filter((setting) => schema.properties[setting].writeOnly);
    const masked = Object.entries(TYPES[type]?.answered ?? { secret: MASKED })
      .filter(([, value]) => value === MASKED).map(([setting]) => setting);
    expect(secrets).toEqual(type === "smtp" ? ["password"] : masked);
    expect(schema.required ?? []).toEqual(Object.keys(TYPES[type]?.given ?? { url: "" }));
  }
});
