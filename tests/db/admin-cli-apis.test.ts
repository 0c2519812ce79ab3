import { randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { verifyPassword } from "../../shared/auth/password.ts";
import { admin, adminJson } from "../support/admin-cli.ts";
import { afterwards, asOwner } from "../support/workspace.ts";

const newSlug = () => `c-${randomUUID()}`;

test("keys of the four APIs, as JSON and for people", async () => {
  const slug = newSlug();
  const { workspace } = await adminJson([
    "workspaces",
    "create",
    slug,
    "--requests-per-minute",
    "77",
  ]);
  expect((await adminJson(["workspaces", "list"])).workspaces).toContainEqual(
    expect.objectContaining({ id: workspace.id, slug, name: slug }),
  );
  const create = (
    ...args: string[]
  ) => ["keys", "create", "--workspace", slug, "--name", "K", ...args];
  const made = [
    await adminJson(create("--scopes", "read")),
    await adminJson(create("--api", "leadhub", "--scopes", "read:leads,write:leads")),
    await adminJson(create("--api=leadhub", "--scopes=delete:forms", "--requests-per-hour=20")),
    await adminJson(create("--api", "crm", "--scopes", "read:crm")),
    await adminJson(create("--api", "crm", "--scopes", "write:crm", "--requests-per-minute", "9")),
    await adminJson(create("--api", "lio", "--allowed-domains", "acme.com,*.Acme.com")),
  ].map(({ api_key: key }) => key);
  expect(made.map(({ key, api, rate_limit }) => [key.slice(0, 3), api, rate_limit])).toEqual([
    ["lb_", "lumenbase", 77],
    ["lh_", "leadhub", 1000],
    ["lh_", "leadhub", 20],
    ["ak_", "crm", 600],
    ["ak_", "crm", 9],
    ["lio", "lio", 600],
  ]);
  expect(made[5]).toMatchObject({
    scopes: ["leads:write", "leads:read", "web_forms"],
    allowed_domains: ["acme.com", "*.acme.com"],
  });
  const { api_key: rotated, replaces } = await adminJson(["keys", "rotate", made[2].key]);
  expect(rotated).toMatchObject({ api: "leadhub", rate_limit: 20, scopes: ["delete:forms"] });
  expect(rotated.key).toMatch(/^lh_/);
  expect(replaces.id).toBe(made[2].id);
  const revoked = await adminJson(["keys", "revoke", `ak_${made[3].public_id}`]);
  expect(revoked).toMatchObject({ changed: true, api_key: { id: made[3].id, api: "crm" } });

  const { stdout: listed } = await admin(["keys", "list", "--workspace", slug]);
  for (const { key, public_id } of made) {
    expect(listed).toContain(`${key.split(public_id)[0]}${public_id}_…`);
    expect(listed).not.toContain(key.split("_").at(-1));
  }
  const { stdout } = await admin(create("--api", "leadhub", "--scopes", "read:leads"));
  expect(stdout).toContain("It may make 1000 requests a UTC hour.");
  const wrong = await admin(create("--api", "leadhub", "--scopes", "contacts:read", "--json"));
  expect(wrong).toMatchObject({ code: 2, stdout: "" });
  expect(JSON.parse(wrong.stderr).error.message).toContain("is one of lumenbase keys");
  const page = await admin(create("--api", "crm", "--scopes=read:crm", "--allowed-domains=a.com"));
  expect(page).toMatchObject({ code: 2, stdout: "" });
  const other = await admin(create("--api", "crm", "--scopes=read:crm", "--requests-per-hour=5"));
  expect(other).toMatchObject({ code: 2, stdout: "" });
});

test("users with roles and passwords, as JSON and for people", async () => {
  const slug = newSlug();
  await adminJson(["workspaces", "create", slug]);
  const email = `jane-${randomUUID()}@example.com`;
  const folder = await mkdtemp(join(tmpdir(), "lumenbase-password-"));
  afterwards(() => rm(folder, { recursive: true }));
  const file = join(folder, "password");
  await writeFile(file, "correct horse battery\n");
  const create = [
    "users",
    "create",
    email,
    "--workspace",
    slug,
    "--name",
    "Jane",
    "--role",
    "admin",
  ];
  const { user } = await adminJson([...create, "--password", `@${file}`]);
  expect(user).toMatchObject({
    email,
    name: "Jane",
    role: "admin",
    role_name: "Admin",
    number: expect.any(Number),
    status: "active",
  });
  expect(user.id).toMatch(/^[0-9a-f-]{36}$/);
  const stored = async () => {
    const select = "select password_hash from crm.accounts where email = $1";
    return (await asOwner<{ password_hash: string }>(select, [email]))[0]!.password_hash;
  };
  expect(await verifyPassword("correct horse battery", await stored())).toBe(true);

  const set = await adminJson([
    "users",
    "set-password",
    email,
    "--password",
    "Zürich-".concat("😀😀"),
  ]);
  expect(set).toEqual({ user, workspaces: [slug] });
  expect(await verifyPassword("Zürich-😀😀", await stored())).toBe(true);
  const short = await admin(["users", "set-password", email, "--password", "hunter2"]);
  expect(short).toMatchObject({ code: 2, stdout: "" });
  expect(short.stderr).not.toContain("hunter2");
  const { stdout } = await admin(["users", "list", "--workspace", slug]);
  expect(stdout).toMatch(/^EMAIL +NAME +ROLE +STATUS +SINCE +ID\n.* Jane +Admin +active +\d{4}-/);
});
