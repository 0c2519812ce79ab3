import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { signInTokens } from "../../shared/auth/sign-in-link.ts";
import { createUser } from "../../supabase/local/admin/users.ts";
import { createWorkspace } from "../../supabase/local/admin/workspaces.ts";
import { admin as run, adminJson } from "../support/admin-cli.ts";
import { admin } from "../support/admin-keys.ts";
import { signIn } from "../support/sign-in-links.ts";

const ENV = { LUMENBASE_PUBLIC_URL: "https://crm.example.com/functions/v1" };

async function invited() {
  const { slug } = await createWorkspace(admin, { slug: `l-${randomUUID()}`, name: "Links" });
  const email = `${randomUUID()}@example.com`;
  const user = await createUser(admin, { workspace: slug, name: "Jane", email, role: "rep" });
  return { slug, user, email };
}

test("users link prints a link to the console that signs in once, within 15 minutes", async () => {
  const { slug, user, email } = await invited();
  const made = await adminJson(["users", "link", email, "--workspace", slug], ENV);
  const [address, token = ""] = made.link.split("/#/link/");
  expect(address).toBe("https://crm.example.com/functions/v1/console");
  expect(made.user).toMatchObject({ id: user.id, email });
  const { rows } = await admin.query(
    `select token_hash, extract(epoch from expires_at - created_at)::int as seconds
     from crm.sign_in_links where user_id = $1`,
    [user.id],
  );
  expect(rows).toEqual([{
    token_hash: Buffer.from(signInTokens.parse(token)?.hash ?? []),
    seconds: 900,
  }]);
  const { status, text, body } = await signIn({ token });
  expect(status, text).toBe(200);
  expect(body.data).toMatchObject({ user: { id: user.id, role: "rep" }, workspace: { slug } });
  expect((await signIn({ token })).status).toBe(401);

  const { stdout } = await run(["users", "link", email, "--workspace", slug], ENV);
  expect(stdout).toMatch(
    /^https:\/\/crm\.example\.com\/\S+\/#\/link\/lb_link_\w+\n\nGood once, until \S+Z\.\n$/,
  );
});

test("whom no link lets in is refused, and so is a link that leads nowhere", async () => {
  const { slug, user, email } = await invited();
  const link = (of: string, env: NodeJS.ProcessEnv = ENV) =>
    run(["users", "link", of, "--workspace", slug], env);
  expect(await link("nobody@example.com")).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("has no user"),
  });
  await admin.query("update crm.users set status = 'inactive' where id = $1", [user.id]);
  expect(await link(email)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("is inactive there"),
  });
  const { rows } = await admin.query("select 1 from crm.sign_in_links where user_id = $1", [
    user.id,
  ]);
  expect(rows).toEqual([]);
});
