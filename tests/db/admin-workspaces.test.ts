import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, expect, inject, onTestFinished, test } from "vitest";
import {
  createApiKey,
  listApiKeys,
  revokeApiKey,
  rotateApiKey,
} from "../../supabase/local/admin/api-keys.ts";
import { withOwnerDatabase } from "../../supabase/local/admin/owner-database.ts";
import {
  createWorkspace,
  listWorkspaces,
  setCountry,
  setLimits,
} from "../../supabase/local/admin/workspaces.ts";
import { applyMigrations } from "../support/migrations.ts";
import { ownDatabase } from "../support/own-database.ts";

const admin = new pg.Pool({ connectionString: inject("adminUrl"), max: 10 });

afterAll(() => admin.end());

const newSlug = () => `w-${randomUUID()}`;

test("a workspace gets the default limits, or those it is made with", async () => {
  const slug = newSlug();
  const plain = await createWorkspace(admin, { slug, name: "Ünï" });
  expect(plain).toMatchObject({
    slug,
    name: "Ünï",
    requestsPerMinute: 100,
    contactsPerDay: 10_000,
    activitiesPerDay: 50_000,
  });
  expect(plain.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  const limits = { requestsPerMinute: 2_147_483_647, contactsPerDay: 0, activitiesPerDay: 7 };
  const limited = await createWorkspace(admin, { slug: newSlug(), name: "L", limits });
  expect(limited).toMatchObject(limits);

  const all = await listWorkspaces(admin);
  for (const workspace of [plain, limited]) expect(all).toContainEqual(workspace);
});

test("changing one limit keeps the others", async () => {
  const made = await createWorkspace(admin, { slug: newSlug(), name: "L" });
  const changed = await setLimits(admin, made.slug, { contactsPerDay: 0 });
  expect(changed).toEqual({ ...made, contactsPerDay: 0 });
  expect(await setLimits(admin, made.slug, { requestsPerMinute: 5, activitiesPerDay: 6 }))
    .toEqual({ ...changed, requestsPerMinute: 5, activitiesPerDay: 6 });
});

test("a workspace has a country when it is given one, until it is taken off", async () => {
  const made = await createWorkspace(admin, { slug: newSlug(), name: "C", defaultCountry: "DE" });
  expect(made).toMatchObject({ defaultCountry: "DE" });
  expect(await setCountry(admin, made.slug, "US")).toEqual({ ...made, defaultCountry: "US" });
  const none = { ...made, defaultCountry: null };
  expect(await setCountry(admin, made.slug, null)).toEqual(none);
  expect(await listWorkspaces(admin)).toContainEqual(none);
  await expect(setCountry(admin, "nowhere", "DE")).rejects.toThrow("There is no workspace");
});

test("limits of an unknown workspace are refused", async () => {
  await expect(setLimits(admin, "nowhere", { contactsPerDay: 1 })).rejects.toThrow(
    'There is no workspace "nowhere": see `npm run admin -- workspaces list`, or make it with',
  );
});

test("of ten creates of one slug at once, one makes it and nine are told it is taken", async () => {
  const slug = newSlug();
  const results = await Promise.allSettled(
    Array.from({ length: 10 }, () => createWorkspace(admin, { slug, name: "Race" })),
  );
  const refused = results.filter((result) => result.status === "rejected");
  expect(refused).toHaveLength(9);
  for (const { reason } of refused) {
    expect(String(reason)).toContain(
      `There is a workspace "${slug}" already: choose another slug.`,
    );
  }
  expect((await listWorkspaces(admin)).filter((one) => one.slug === slug)).toHaveLength(1);
});

test("everything works for an owner who obeys row-level security", async () => {
  const { ownerUrl, drop } = await ownDatabase();
  onTestFinished(drop);
  const env = { DATABASE_URL: ownerUrl };
  await expect(withOwnerDatabase(env, listWorkspaces)).rejects.toThrow(
    "The database has no Lumenbase tables yet: apply the migrations with `npm start` or",
  );
  const owner = new pg.Client(ownerUrl);
  await owner.connect();
  await applyMigrations(owner).finally(() => owner.end());

  await withOwnerDatabase(env, async (database) => {
    const { slug } = await createWorkspace(database, { slug: "acme", name: "Acme" });
    await setLimits(database, slug, { contactsPerDay: 3 });
    const first = await createApiKey(database, { workspace: slug, name: "k", scopes: ["admin"] });
    const second = await rotateApiKey(database, { id: first.id, overlapSeconds: 60 });
    await revokeApiKey(database, { id: second.id });
    expect((await listApiKeys(database)).map(({ state }) => state)).toEqual([
      "rotating",
      "revoked",
    ]);
    expect(await listWorkspaces(database)).toMatchObject([{ slug, contactsPerDay: 3 }]);
  });
});

test("a role that is not the owner is told so, instead of seeing empty lists", async () => {
  await expect(withOwnerDatabase({ DATABASE_URL: inject("apiUrl") }, listWorkspaces)).rejects
    .toThrow("The database user lumenbase_api may not administer keys: connect as postgres, who");
});
