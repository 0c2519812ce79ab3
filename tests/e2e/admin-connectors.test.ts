import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { admin, adminJson } from "../support/admin-cli.ts";
import { commandKeys } from "../support/command-keys.ts";
import { afterwards, asOwner, testWorkspace } from "../support/workspace.ts";

const API = { LUMENBASE_PUBLIC_URL: `${inject("gatewayUrl")}/functions/v1` };
const MAP = { email: "mail", first_name: "name.first", source: '"Web form"' };

async function file(name: string, text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "lumenbase-connectors-"));
  afterwards(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, name), text);
  return join(folder, name);
}

/** A workspace with a connector `web`, made on the command line. */
async function stage(map: Record<string, string> = MAP) {
  const workspace = await testWorkspace();
  const { connector } = await adminJson(
    ["connectors", "create", "--workspace", workspace.slug, "--name", "Web", "--slug", "web"]
      .concat("--target", "contact", "--field-map", JSON.stringify(map)),
    API,
  );
  return { ...workspace, connector };
}

test("a connector's life, as JSON for scripts", async () => {
  const { id, slug } = await testWorkspace();
  const secret = await file("secret", "s3cret\n");
  const { connector } = await adminJson(
    ["connector", "create", "--workspace", slug, "--preset", "typeform", "--name", "Contact form"]
      .concat("--slug", "contact-form", "--secret", `@${secret}`),
    API,
  );
  expect(connector).toMatchObject({
    slug: "contact-form",
    preset: "typeform",
    verification: { type: "signature" },
    secrets_set: ["secret"],
  });
  expect(connector.url).toBe(
    `https://api.lumenbase.test/functions/v1/v1-public-contacts?connector=${connector.token}`,
  );
  const { connectors } = await adminJson(["connectors", "list", "--workspace", slug], API);
  expect(connectors).toMatchObject([{ id: connector.id, slug: "contact-form" }]);

  const of = ["contact-form", "--workspace", slug];
  const rotated = await adminJson(["connectors", "rotate-token", ...of, "--overlap", "1h"], API);
  expect(rotated.token).not.toBe(connector.token);
  const left = Date.parse(rotated.previous_token_expires_at) - Date.now();
  expect(left).toBeGreaterThan(3_500_000);
  expect(left).toBeLessThanOrEqual(3_600_000);

  const deleted = await adminJson(["connectors", "delete", ...of], API);
  expect(deleted.connector.id).toBe(connector.id);
  expect((await adminJson(["connectors", "list", "--workspace", slug], API)).connectors).toEqual(
    [],
  );
  expect(await commandKeys(id)).toEqual([]);
});

test("for people: the URL to paste, where it goes, and what there is", async () => {
  const { slug } = await testWorkspace();
  const created = await admin(
    [
      "connectors",
      "create",
      "--workspace",
      slug,
      "--preset",
      "tally",
      "--name",
      "Tally",
      "--slug=t",
    ],
    API,
  );
  expect(created).toMatchObject({ code: 0, stderr: "" });
  const [url = "", ...lines] = created.stdout.split("\n");
  expect(url).toMatch(/^https:\/\/api\.lumenbase\.test\/.*\?connector=lb_hook_\w{62}$/);
  expect(lines.join("\n")).toMatch(
    /it is not shown again\.\n\nPublish the form, open[^]*\nSLUG +NAME/,
  );
  const listed = await admin(["connectors", "list", "--workspace", slug], API);
  expect(listed.stdout).toMatch(
    /^SLUG +NAME +PRESET +TARGET +PROOF[^]*\nt +Tally +tally +contact/,
  );
  expect(listed.stdout).not.toContain("lb_hook_");
});

test("a sample shows what it would become, and is not kept", async () => {
  const { id, slug, api } = await stage();
  const of = ["test", "web", "--workspace", slug, "--sample"];
  const json = await file("a.json", '{"mail": "a@example.com", "name": {"first": "Ada"}}');
  const { code, stdout } = await admin(["connectors", ...of, json], API);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^Outcome +created$/m);
  expect(stdout).toMatch(/^first_name +"Ada"$/m);
  const form = await file("a.txt", "mail=b%40example.com");
  expect(await adminJson(["connectors", ...of, form], API)).toMatchObject({
    outcome: "created",
    mapped: { email: "b@example.com", source: "Web form" },
  });
  const wrong = await admin(["connectors", ...of, await file("b.json", '{"mail": 1}')], API);
  expect(wrong).toMatchObject({ code: 1, stdout: "" });
  expect(wrong.stderr).toMatch(/^The API refused it \(VALIDATION_ERROR\): .*\n {2}email: /);
  expect((await api.get("v1-public-connector-deliveries")).body.data.items).toEqual([]);
  expect((await api.get("v1-public-contacts-crud")).body.data.items).toEqual([]);
  expect(await commandKeys(id)).toEqual([]);
});

test("failed deliveries are listed, and replayed once the field map is mended", async () => {
  const { slug, api, connector } = await stage({ email: "e_mail" });
  for (const mail of ["a", "b", "not an address "]) {
    const body = { mail: mail.length > 1 ? mail : `${mail}@example.com` };
    const sent = await api.post("v1-public-contacts?connector=web", body);
    expect(sent.status).toBe(400);
  }
  const failed = ["deliveries", "--workspace", slug, "--connector", "web", "--status", "failed"];
  const { deliveries, total } = await adminJson(["connectors", ...failed, "--limit", "2"], API);
  expect([deliveries.length, total]).toEqual([2, 3]);
  const shown = await admin(["connectors", ...failed], API);
  expect(shown.stdout).toMatch(/^RECEIVED +CONNECTOR +STATUS[^]*Z +web +failed +1 [^]*email: /);

  const replay = ["connectors", "replay", "--workspace", slug, "--failed", "--connector", "web"];
  expect((await admin(replay, API)).code).toBe(1);
  const mended = { field_map: { email: "mail" } };
  const path = `v1-public-connectors?id=${connector.id}`;
  expect((await api.patch(path, mended)).status).toBe(200);
  const rehearsed = await admin([...replay, "--dry-run"], API);
  expect(rehearsed.stdout.match(/ created/g)).toHaveLength(2);
  expect((await api.get("v1-public-contacts-crud")).body.data.items).toEqual([]);

  const done = await admin([...replay, "--json"], API);
  expect(done).toMatchObject({ code: 1, stderr: "" });
  const statuses = JSON.parse(done.stdout).replays.map(({ status }: { status: string }) => status);
  expect(statuses).toEqual(["accepted", "accepted", "failed"]);
  const [last] = (await adminJson(["connectors", ...failed], API)).deliveries;
  expect(last).toMatchObject({ attempts: 3, error: { code: "VALIDATION_ERROR" } });
  const one = await admin(["connectors", "replay", last.id, "--dry-run"], API);
  expect(one).toMatchObject({ code: 1, stderr: "" });
  expect(one.stdout).toMatch(new RegExp(`^${last.id} +failed +email: `, "m"));
});

test("the API's refusals come with their fields, as text and as JSON", async () => {
  const { slug } = await stage();
  const create = [
    "connectors",
    "create",
    "--workspace",
    slug,
    "--name",
    "X",
    "--target",
    "contact",
  ];
  const broken = [...create, "--field-map", '{"email": "a b", "nonsense": "x"}'];
  const text = await admin(broken, API);
  expect(text).toMatchObject({ code: 1, stdout: "" });
  expect(text.stderr).toMatch(
    /^The API refused it \(VALIDATION_ERROR\): .*\n {2}field_map\.email: /,
  );
  const taken = await admin([...create, "--slug", "web", "--field-map", "{}", "--json"], API);
  expect(taken.code).toBe(1);
  expect(JSON.parse(taken.stderr).error).toMatchObject({
    details: { code: expect.any(String), details: { fields: expect.any(Array) } },
  });
  const status = ["connectors", "deliveries", "--workspace", slug, "--status", "fail"];
  expect((await admin(status, API)).stderr).toMatch(/\n {2}status: Must be one of pending, /);
  const missing = await admin(["connectors", "delete", "gone", "--workspace", slug], API);
  expect(missing.stderr).toMatch('The workspace has no connector "gone": see');
});

test("a workspace need not be named where only one has such a connector", async () => {
  const first = await stage();
  const second = await stage();
  const json = await file("a.json", '{"mail": "a@example.com"}');
  const unclear = await admin(["connectors", "test", "web", "--sample", json], API);
  expect(unclear.stderr).toContain(
    'Several workspaces have a connector "web": add --workspace, one',
  );
  expect(unclear.stderr).toContain(first.slug);
  await asOwner("update crm.connectors set slug = $2 where workspace_id = $1", [
    second.id,
    second.slug,
  ]);
  const command = ["connectors", "test", second.slug, "--sample", json];
  expect(await adminJson(command, API)).toMatchObject({ outcome: "created" });
});
