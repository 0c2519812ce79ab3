import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createWorkspace } from "../../supabase/local/admin/workspaces.ts";
import { admin as run, adminJson } from "../support/admin-cli.ts";
import { admin } from "../support/admin-keys.ts";

const group = ["forms"];

async function workspace(): Promise<string> {
  return (await createWorkspace(admin, { slug: `f-${randomUUID()}`, name: "Forms" })).slug;
}

const fieldsOf = async (id: string) =>
  (await admin.query<{ fields: { key: string; required: boolean }[]; tags: string[] }>(
    "select fields, tags from crm.forms where id = $1",
    [id],
  )).rows[0];

test("a form is made with the usual fields, and listed with the address of its page", async () => {
  const slug = await workspace();
  const create = [...group, "create", "Contact us", "--workspace", slug];
  const { form } = await adminJson(create) as { form: Record<string, unknown> };
  expect(form).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    number: expect.any(Number),
    name: "Contact us",
    is_active: true,
    form_link: expect.stringMatching(/^[\w-]{22}$/),
    url: form.url,
  });
  expect(form.url === null || String(form.url).endsWith(`/lio/api/v1/web-form/${form.form_link}`))
    .toBe(true);
  const made = await fieldsOf(String(form.id));
  expect(made?.fields.map(({ key, required }) => [key, required])).toEqual([
    ["first_name", false],
    ["last_name", false],
    ["email", true],
    ["phone", false],
    ["company", false],
  ]);
  expect(await adminJson([...group, "list", "--workspace", slug])).toEqual({ forms: [form] });
  const { stdout } = await run([...group, "list", "--workspace", slug]);
  expect(stdout).toContain("Contact us");
  const empty = await run([...group, "list", "--workspace", await workspace()]);
  expect(empty).toMatchObject({ code: 0, stdout: "There are no forms yet.\n" });
});

test("a definition says what a form asks; what is wrong with it is told", async () => {
  const slug = await workspace();
  const create = (definition: unknown) => {
    const text = typeof definition === "string" ? definition : JSON.stringify(definition);
    return [...group, "create", "Trial", "--workspace", slug, "--definition", text];
  };
  const fields = [{ key: "email", type: "email", required: true }];
  const { form } = await adminJson(create({ fields, tags: ["trial"], is_active: false })) as {
    form: { id: string; is_active: boolean };
  };
  expect(form.is_active).toBe(false);
  expect(await fieldsOf(form.id)).toMatchObject({ tags: ["trial"], fields: [{ key: "email" }] });
  const wrong = await run(create({ fields: [{ key: "E Mail", type: "mail" }] }));
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain("fields[0].key");
  expect((await run(create("{"))).stderr).toContain("--definition is not a JSON object");
  expect((await run(create({ pipeline_id: 999_999 }))).stderr).toContain("pipeline_id");
  const lost = await run([...group, "create", "Trial", "--workspace", "nowhere"]);
  expect(lost).toMatchObject({ code: 1 });
});
