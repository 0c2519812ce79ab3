import { expect, test } from "vitest";
import type { Json } from "../support/api-client.ts";
import { MASKED, TYPES } from "../support/integration-types.ts";
import { expectInvalid, expectMissing, leadHub, record } from "../support/leadhub.ts";
import { asOwner } from "../support/workspace.ts";

test("a change merges settings by name; a masked secret stays, null clears what may be null", async () => {
  const { api } = await leadHub();
  const { host, port, from_email } = TYPES.smtp!.given;
  const settings = { host, port, from_email, username: "me", password: "s3cret", daily_limit: 5 };
  const made = await api.made("integrations", { type: "smtp", settings });
  const path = `integrations/${made.id}`;
  const change = async (given: Json) => record(await api.patch(path, { settings: given })).settings;
  expect(await change({ port: 587, password: MASKED })).toEqual({ ...made.settings, port: 587 });
  expect(await change({ daily_limit: null, username: null, security: "tls" }))
    .toMatchObject({ daily_limit: null, username: null, security: "tls", password: MASKED });
  expect(await change({ password: null })).toMatchObject({ password: null, port: 587 });
  expectInvalid(
    await api.patch(path, { settings: { host: null, security: null, from_email: null } }),
    {
      "settings.host": ["Must be a string; it is null."],
      "settings.security": ["Must be one of tls, starttls, none."],
      "settings.from_email": ["The settings.from_email field must be a valid email address."],
    },
  );
  expect(record(await api.put(path, { name: "Mail" })))
    .toMatchObject({ name: "Mail", settings: { port: 587, password: null } });
});

test("each mistake is told at once, by its path", async () => {
  const { api } = await leadHub();
  const types = "Must be one of facebook, google_ads, smtp, mailgun, gmail, microsoft, webhook";
  expectInvalid(await api.post("integrations?x=1", { typ: "webhook" }), {
    x: ["Unknown; none are known here."],
    type: ["The type field is required."],
    settings: ["The settings field is required."],
    typ: ["Unknown; did you mean type?"],
  });
  expectInvalid(
    await api.post("integrations", { type: "webhok", settings: [], is_active: "yes" }),
    {
      type: [`${types}; did you mean webhook?`],
      settings: ["Must be an object; it is an array."],
      is_active: ["Must be a boolean; it is a string."],
    },
  );
  const smtp = { host: "a b", port: "25", securty: "tls", from_email: "x", daily_limit: 0 };
  expectInvalid(
    await api.post("integrations", { type: "smtp", name: "n".repeat(256), settings: smtp }),
    {
      name: ["Must have at most 255 characters."],
      "settings.host": ["Must be a host name or an address."],
      "settings.port": ["Must be a whole number from 1 to 65535."],
      "settings.securty": ["Unknown; did you mean security?"],
      "settings.from_email": ["The settings.from_email field must be a valid email address."],
      "settings.daily_limit": ["Must be a whole number from 1 to 1000000, or null for no limit."],
    },
  );
  const made = await api.made("integrations", {
    type: "google_ads",
    settings: { google_key: "k" },
  });
  const path = `integrations/${made.id}`;
  expectInvalid(await api.patch(path, { type: "smtp", settings: { google_kee: "k" }, nam: 1 }), {
    type: ["Cannot change; it is google_ads."],
    "settings.google_kee": ["Unknown; did you mean google_key?"],
    nam: ["Unknown; did you mean name?"],
  });
  expectInvalid(await api.patch(path, {}), { body: ["The body must have at least one field."] });
  expectMissing(await api.patch("integrations/1", { name: "x" }), "No integration with id 1.");
});

test("what is not wanted of a new one may be null or left out", async () => {
  const { api } = await leadHub();
  const settings = { url: "https://shop.example.com/hook", secret: null, events: null };
  const made = await api.made("integrations", {
    type: "webhook",
    name: null,
    is_active: null,
    settings,
  });
  expect(made).toMatchObject({ name: "Webhook", is_active: true, settings: { events: [] } });
  const path = `integrations/${made.id}`;
  const events = ["lead.deleted", "lead.created", "lead.deleted"];
  expect(record(await api.patch(path, { settings: { events } })).settings.events)
    .toEqual(["lead.created", "lead.deleted"]);
  expectInvalid(
    await api.patch(path, { name: null, is_active: null, settings: { secret: null } }),
    {
      name: ["Must be a string; it is null."],
      is_active: ["Must be a boolean; it is null."],
      "settings.secret": ["Must be a string; it is null."],
    },
  );
});

test("a list is filtered by type", async () => {
  const { api } = await leadHub();
  for (const type of ["google_ads", "mailgun", "google_ads"]) {
    await api.made("integrations", { type, settings: TYPES[type]!.given });
  }
  const found = await api.get("integrations?type=google_ads&sort=name");
  expect(found.body.data.map((one: Json) => one.type)).toEqual(["google_ads", "google_ads"]);
  expect(found.body.meta).toMatchObject({ total: 2 });
  expect(await api.listed("integrations?type=smtp")).toEqual([]);
  expect(await api.listed("integrations")).toHaveLength(3);
  const { status, body } = await api.get("integrations?type=imap");
  expect([status, Object.keys(body.errors)]).toEqual([422, ["type"]]);
});

test("status tells whether its users or the system stopped it; setting it active ends a pause", async () => {
  const { id: workspaceId, api } = await leadHub();
  const { id } = await api.made("integrations", {
    type: "google_ads",
    settings: { google_key: "k" },
  });
  const path = `integrations/${id}`;
  await asOwner(
    "update crm.integrations set paused_at = now(), last_error = 'No.' where workspace_id = $1",
    [workspaceId],
  );
  const stands = async (change: Json) => {
    const { is_active, status } = record(await api.patch(path, change));
    return [is_active, status];
  };
  expect(await stands({ name: "x" })).toEqual([true, "paused"]);
  expect(await stands({ status: "active" })).toEqual([true, "paused"]);
  expect(await stands({ is_active: false })).toEqual([false, "inactive"]);
  expect(await stands({ is_active: true })).toEqual([true, "active"]);
  expect(record(await api.get(path)).last_error).toBe("No.");
});

test("mail is sent in the clear only to an address of a network that is allowed", async () => {
  const { api } = await leadHub();
  const { port, from_email } = TYPES.smtp!.given;
  const refused = {
    "settings.security": [
      "Must be tls or starttls; none only for a host that is an address within " +
      "OUTBOUND_PRIVATE_NETWORKS.",
    ],
  };
  const body = (host: string, security = "none") => ({
    type: "smtp",
    settings: { host, port, from_email, security },
  });
  for (
    const host of ["smtp.example.com", "192.0.2.25", "10.0.0.1", "localhost", "127.0.0.2", "::1"]
  ) {
    expectInvalid(await api.post("integrations", body(host)), refused);
  }
  const made = await api.made("integrations", body("127.0.0.1"));
  const path = `integrations/${made.id}`;
  expectInvalid(await api.patch(path, { settings: { host: "10.0.0.1" } }), refused);
  record(await api.patch(path, { settings: { host: "10.0.0.1", security: "tls" } }));
  expectInvalid(await api.patch(path, { settings: { security: "none" } }), refused);
});
