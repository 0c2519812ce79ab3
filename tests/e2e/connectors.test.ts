import { expect, test } from "vitest";
import { presets } from "../../shared/connectors/presets.ts";
import { expectError } from "../support/expect-error.ts";
import { testWorkspace } from "../support/workspace.ts";

const PATH = "v1-public-connectors";
const MAP = { email: "user.profile.email", first_name: '$split(user.name, " ")[0]' };

test("a connector is made, read, listed, changed and deleted", async () => {
  const { api } = await testWorkspace();
  const made = await api.post(PATH, { name: "Web form", target: "contact", field_map: MAP });
  expect(made.status, made.text).toBe(201);
  const { token, url, ...connector } = made.body.data;
  expect(token).toMatch(/^lb_hook_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/);
  expect(url).toBe(`https://api.lumenbase.test/functions/v1/v1-public-contacts?connector=${token}`);
  expect(connector).toEqual({
    id: expect.any(String),
    slug: expect.stringMatching(/^web-form-[0-9a-z]{4}$/),
    name: "Web form",
    preset: null,
    target: "contact",
    field_map: MAP,
    matching: {
      contact: ["email"],
      company: ["domain", "name"],
      deal: ["id", "title"],
      create_missing: true,
    },
    defaults: {},
    items: null,
    event_id: null,
    skip: null,
    test: null,
    lookup: null,
    prepare: null,
    verification: { type: "none" },
    secrets_set: [],
    requests_per_minute: 60,
    created_at: expect.any(String),
    updated_at: expect.any(String),
  });
  const one = `${PATH}?id=${connector.id}`;
  expect((await api.get(one)).body.data).toEqual(connector);
  const list = await api.get(`${PATH}?search=form`);
  expect(list.body.data).toMatchObject({ items: [connector], pagination: { total: 1 } });
  const changed = await api.patch(one, { slug: "site", requests_per_minute: 5 });
  expect(changed.body.data).toMatchObject({ slug: "site", requests_per_minute: 5, field_map: MAP });
  expect((await api.get(`${PATH}?slug=site`)).body.data.items).toHaveLength(1);
  expect((await api.delete(one)).body.data).toEqual({ deleted: true, id: connector.id });
  expect((await api.get(one)).status).toBe(404);
});

test("a preset fills in what is not given, and the owner's fields replace or remove its own", async () => {
  const { api } = await testWorkspace();
  const { body } = await api.post(PATH, {
    preset: "typeform",
    name: "Typeform",
    secret: "s3cret",
    field_map: { title: '"Head of Sales"', phone: null },
    defaults: { source: "landing page" },
  });
  expect(body.data).toMatchObject({
    preset: "typeform",
    target: "contact",
    secrets_set: ["secret"],
    verification: { type: "signature", header: "typeform-signature" },
    defaults: { source: "landing page" },
  });
  expect(body.data.field_map).toMatchObject({ title: '"Head of Sales"', email: "prepared.email" });
  expect(body.data.prepare).toBe(presets.typeform.prepare);
  expect(body.data.field_map).not.toHaveProperty("phone");
  expect(JSON.stringify(body.data)).not.toContain("s3cret");
});

test.each<[string, object, string, RegExp]>([
  ["no target", { name: "x", field_map: MAP }, "target", /contact or activity/],
  ["an unknown preset", { name: "x", preset: "typefrom" }, "preset", /did you mean typeform/],
  [
    "a preset of another target",
    { name: "x", preset: "zapier", target: "activity" },
    "target",
    /contact/,
  ],
  ["a missing secret", { name: "x", preset: "google_ads" }, "secret", /required/i],
  [
    "an expression that does not compile",
    { name: "x", target: "contact", field_map: { email: "a.b[" } },
    "field_map.email",
    /column \d/,
  ],
  [
    "an unknown target field",
    { name: "x", target: "contact", field_map: { emial: "a" } },
    "field_map.emial",
    /did you mean email/,
  ],
  [
    "nothing that identifies",
    { name: "x", target: "contact", field_map: { source: '"x"' } },
    "field_map",
    /at least one of email/,
  ],
  [
    "an activity without a type",
    { name: "x", target: "activity", field_map: { title: "t" } },
    "field_map",
    /Must fill type/,
  ],
  [
    "a default that does not fit",
    { name: "x", target: "contact", field_map: MAP, defaults: { email: "nobody" } },
    "defaults.email",
    /email address/,
  ],
  [
    "a basic secret without a colon",
    { name: "x", target: "contact", field_map: MAP, verification: { type: "basic" }, secret: "ab" },
    "secret",
    /user:password/,
  ],
  [
    "a header's secret with a blank at its end",
    {
      name: "x",
      target: "contact",
      field_map: MAP,
      verification: { type: "header", header: "x-proof" },
      secret: "ab ",
    },
    "secret",
    /printable ASCII/,
  ],
  [
    "a secret that proves nothing",
    { name: "x", target: "contact", field_map: MAP, secret: "s3cret" },
    "secret",
    /verification/,
  ],
  [
    "a slug that looks like an id",
    { name: "x", target: "contact", field_map: MAP, slug: "01890a5d-ac96-774b-bcce-b302099a8057" },
    "slug",
    /look like an id/,
  ],
  [
    "a default named like what every object has",
    { name: "x", target: "contact", field_map: MAP, defaults: { constructor: 1 } },
    "defaults.constructor",
    /Unknown/,
  ],
  [
    "a field map that is none",
    { name: "x", target: "contact", field_map: 1 },
    "field_map",
    /object/,
  ],
  ["an unknown field", { name: "x", target: "contact", field_maps: {} }, "field_maps", /field_map/],
])("refuses %s", async (_, body, field, message) => {
  const { api } = await testWorkspace();
  const answer = await api.post(PATH, body);
  expect(answer.status, answer.text).toBe(400);
  expect(answer.body.error.details.fields).toContainEqual({
    field,
    message: expect.stringMatching(message),
  });
});

test("a slug is unique in its workspace and free in another", async () => {
  const [one, other] = [await testWorkspace(), await testWorkspace()];
  const body = { name: "x", slug: "site", target: "contact", field_map: MAP };
  expect((await one.api.post(PATH, body)).status).toBe(201);
  expectError(await one.api.post(PATH, body), 409, "CONFLICT");
  expect((await other.api.post(PATH, body)).status).toBe(201);
});

test("a dry run makes and changes nothing", async () => {
  const { api } = await testWorkspace();
  const body = { name: "x", slug: "site", target: "contact", field_map: MAP };
  const rehearsed = await api.post(`${PATH}?dry_run=true`, body);
  expect(rehearsed.body.data).toMatchObject({
    dry_run: true,
    outcome: "created",
    record: { slug: "site" },
  });
  expect(rehearsed.text).not.toContain("lb_hook_");
  const { body: { data } } = await api.post(PATH, body);
  const change = await api.patch(`${PATH}?id=${data.id}&dry_run=true`, { name: "y" });
  expect(change.body.data).toMatchObject({
    outcome: "updated",
    changes: { name: { from: "x", to: "y" } },
  });
  expect((await api.get(`${PATH}?id=${data.id}`)).body.data.name).toBe("x");
});
