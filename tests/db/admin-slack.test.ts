import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { createWorkspace } from "../../supabase/local/admin/workspaces.ts";
import { admin as run, adminJson } from "../support/admin-cli.ts";
import { admin } from "../support/admin-keys.ts";
import { FUNCTIONS_ENVIRONMENT } from "../support/functions-environment.ts";

test("Slack is connected with the channel that notifications go to, which others have not", async () => {
  const { id, slug } = await createWorkspace(admin, { slug: `s-${randomUUID()}`, name: "Slack" });
  const connect = (
    provider: string,
    ...more: string[]
  ) => [
    "apps",
    "connect",
    provider,
    "--workspace",
    slug,
    "--credentials",
    '{"access_token": "t"}',
    ...more,
  ];
  const { app } = await adminJson(connect("slack", "--channel", "#sales"), FUNCTIONS_ENVIRONMENT);
  expect(app).toMatchObject({ provider: "slack", user: null, status: "connected" });
  const settings = async () =>
    (await admin.query("select settings from crm.connected_accounts where workspace_id = $1", [id]))
      .rows;
  expect(await settings()).toEqual([{ settings: { channel: "#sales" } }]);
  await adminJson(connect("slack"), FUNCTIONS_ENVIRONMENT);
  expect(await settings()).toEqual([{ settings: {} }]);
  for (const [provider, channel] of [["hubspot", "#sales"], ["slack", "two words"]] as const) {
    const { code, stderr } = await run(connect(provider, "--channel", channel));
    expect(code).toBe(2);
    expect(stderr).toContain("--channel");
  }
});
