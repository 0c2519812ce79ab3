import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import {
  createMarketingList,
  listMarketingLists,
} from "../../supabase/local/admin/marketing-lists.ts";
import { createWorkspace } from "../../supabase/local/admin/workspaces.ts";
import { admin as run, adminJson } from "../support/admin-cli.ts";
import { admin } from "../support/admin-keys.ts";

async function workspace(): Promise<string> {
  return (await createWorkspace(admin, { slug: `m-${randomUUID()}`, name: "Lists" })).slug;
}

test("lists are made, and listed by name, each in their workspace", async () => {
  const [mine, other] = [await workspace(), await workspace()];
  const spring = await createMarketingList(admin, { workspace: mine, name: "Spring fair" });
  const autumn = await createMarketingList(admin, { workspace: mine, name: "autumn fair" });
  expect(spring).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    name: "Spring fair",
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
  });
  expect(await listMarketingLists(admin, mine)).toEqual([autumn, spring]);
  expect(await listMarketingLists(admin, other)).toEqual([]);
  await createMarketingList(admin, { workspace: other, name: "Spring fair" });
});

test("a name is taken regardless of case, and a workspace must exist", async () => {
  const slug = await workspace();
  await createMarketingList(admin, { workspace: slug, name: "Spring fair" });
  await expect(createMarketingList(admin, { workspace: slug, name: "SPRING Fair" })).rejects
    .toThrow(`The workspace "${slug}" has a marketing list "SPRING Fair" already.`);
  for (
    const work of [
      createMarketingList(admin, { workspace: "nowhere", name: "Spring fair" }),
      listMarketingLists(admin, "nowhere"),
    ]
  ) await expect(work).rejects.toThrow('There is no workspace "nowhere"');
});

test("of two that make one list at once, one does", async () => {
  const slug = await workspace();
  const made = await Promise.allSettled(
    Array.from({ length: 4 }, () => createMarketingList(admin, { workspace: slug, name: "One" })),
  );
  expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await listMarketingLists(admin, slug)).toHaveLength(1);
});

test("the commands answer as JSON and for people", async () => {
  const slug = await workspace();
  const group = ["marketing-lists"];
  const empty = await run([...group, "list", "--workspace", slug]);
  expect(empty).toMatchObject({ code: 0, stdout: "There are no marketing lists yet.\n" });
  const create = [...group, "create", "--workspace", slug, "--name", "Spring fair"];
  const { marketing_list: made } = await adminJson(create);
  expect(made).toEqual({
    id: expect.any(String),
    name: "Spring fair",
    created_at: expect.stringMatching(/Z$/),
  });
  expect(await adminJson([...group, "list", "--workspace", slug])).toEqual({
    marketing_lists: [made],
  });
  const { stdout } = await run([...group, "list", "--workspace", slug]);
  expect(stdout).toMatch(new RegExp(`ID +NAME +CREATED\n${made.id} +Spring fair +\\d{4}`));
  expect(await run(create)).toMatchObject({ code: 1, stdout: "" });
  expect(await run([...group, "create", "--workspace", slug])).toMatchObject({ code: 2 });
});
