import pg from "pg";
import { afterEach, expect, inject, test, vi } from "vitest";
import { withApi } from "../../supabase/local/admin/api.ts";
import { afterwards, asOwner, testWorkspace } from "../support/workspace.ts";

const DAY = 86_400_000;

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

test.each([["a day ahead", DAY], ["a day behind", -DAY]])(
  "a command's key works for ten minutes of the database's time: a clock %s",
  async (_, shift) => {
    const { id, slug: workspace } = await testWorkspace();
    const ownerUrl = inject("adminUrl");
    const database = new pg.Pool({ connectionString: ownerUrl, max: 1 });
    afterwards(() => database.end());
    vi.stubEnv("LUMENBASE_PUBLIC_URL", `${inject("gatewayUrl")}/functions/v1`);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + shift });
    const left = await withApi({ database, ownerUrl, workspace }, async (api) => {
      expect(await api.all("v1-public-connectors")).toEqual([]);
      return await asOwner(
        `select expires_at between now() + '9 minutes' and now() + '10 minutes' as right
          from crm.api_keys where workspace_id = $1 and name = 'admin command'`,
        [id],
      );
    });
    expect(left).toEqual([{ right: true }]);
  },
);
